"""How an editor chooses: by looking, not by name."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.choices import CallableChoiceIterator

from courses import pictures


def drawing_choices() -> list[tuple[str, str]]:
    return [(name, name.replace("-", " ")) for name in pictures.names()]


class DrawingChoice(forms.Select):
    """A list of names that shows the drawing beside it and opens all of them; without JavaScript a list."""

    template_name = "courses/admin/drawing_choice.html"

    class Media:
        js = ("js/drawing-choice.js",)

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices or CallableChoiceIterator(_with_none))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["drawings_url"] = reverse("courses_admin:drawing_list")
        return context


def _with_none() -> list[tuple[str, str]]:
    return [("", "---------"), *drawing_choices()]
