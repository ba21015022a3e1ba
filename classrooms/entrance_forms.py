from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import NameField
from people.models import User


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the class"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
        error_messages={"required": _("Type the code that you see on the wall.")},
    )


class WhoForm(forms.Form):
    """One of the names, or another one. Who has a name here already asks with that."""

    learner = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    name = NameField(label=_("Your name"), required=False)

    def __init__(self, *args: Any, names: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        learners = User.objects.filter(pk__in=[person.pk for person in names])
        self.fields["learner"].queryset = learners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("learner") and not cleaned.get("name"):
            self.add_error("name", _("Choose your name, or type it."))
        return cleaned
