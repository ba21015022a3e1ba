from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms import NameField
from people.models import User

CHOOSE_OR_TYPE = _("Choose your name, or type it.")


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
    name = NameField(label=_("Your name"), error_messages={"required": CHOOSE_OR_TYPE})

    def __init__(self, *args: Any, names: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        learners = User.objects.filter(pk__in=[person.pk for person in names])
        self.fields["learner"].queryset = learners  # type: ignore[attr-defined]
        self.fields["name"].required = not self.data.get("learner")

    def clean(self) -> dict[str, Any]:
        """Who pressed a name that has gone meanwhile reads what she can do now."""
        if self.data.get("learner") and not self.cleaned_data.get("learner"):
            self.fields["name"].required = True
            self.add_error("name", CHOOSE_OR_TYPE)
        return self.cleaned_data
