"""How an editor chooses: by looking, not by name."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import get_language

from courses import pictures, simulators


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


def simulator_choices() -> list[tuple[str, str]]:
    language = get_language() or simulators.SOURCE_LANGUAGE
    return [
        (name, simulators.words(one, language).get("title", name))
        for name, one in simulators.simulators().items()
    ]


def goal_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """[(simulator's title, [("simulator.goal", what it asks)])] in the editor's language."""
    language = get_language() or simulators.SOURCE_LANGUAGE
    return [
        (
            simulators.words(one, language).get("title", name),
            [(f"{name}.{goal}", _goal_sentence(one, goal, language)) for goal in one.goals],
        )
        for name, one in simulators.simulators().items()
    ]


def _goal_sentence(simulator: simulators.Simulator, goal: str, language: str) -> str:
    said = simulators.words(simulator, language)
    return said.get(f"goal.{goal}", goal).replace("{value}", "…")


class SimulatorChoice(forms.Select):
    """Tells the goals below which of them can be chosen."""

    template_name = "courses/admin/simulator_choice.html"

    class Media:
        js = ("js/goal-choice.js",)


class GoalChoice(forms.Select):
    """All goals, grouped by simulator; with JavaScript those of the chosen one only."""

    template_name = "courses/admin/goal_choice.html"
