from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from learners.enlisting import MOST_LINES, Line, read_lines
from people import seeds
from people.models import User

NEW = "new"


class EnlistForm(forms.Form):
    """Names, one a line. A name that she knows already is asked about before anything is made."""

    names = forms.CharField(
        label=_("Names, one on each line"),
        max_length=10_000,
        widget=forms.Textarea(
            attrs={"rows": 12, "dir": "auto", "spellcheck": "false", "autocomplete": "off"}
        ),
        help_text=_("As people want them written. Another name than on their papers is fine."),
    )
    help_language = forms.ChoiceField(
        label=_("Their language"),
        choices=[("", _("They choose it themselves")), *settings.LANGUAGES],
        required=False,
    )
    seed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: "list[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.new_seed = seeds.new_seed()

    @cached_property
    def lines(self) -> list[Line]:
        return read_lines(self.data.get("names", ""), self.known)

    @property
    def asked_about(self) -> list[Line]:
        """Whose name somebody has already, when there is nothing else to mend."""
        if not self.is_bound or any(line.error for line in self.lines):
            return []
        return [line for line in self.lines if line.doubles]

    def same(self) -> dict[int, User]:
        """{number of the line: who that is}, as she answered."""
        by_id = {str(person.pk): person for line in self.lines for person in line.doubles}
        answers = {line.number: by_id.get(self.data.get(line.field, "")) for line in self.asked_about}
        return {number: person for number, person in answers.items() if person}

    def clean_names(self) -> str:
        lines = self.lines
        if not lines:
            raise forms.ValidationError(_("Write at least one name."))
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                ngettext_lazy("At most %(n)d name at once.", "At most %(n)d names at once.", MOST_LINES)
                % {"n": MOST_LINES}
            )
        told = [
            _("Line %(number)d, “%(name)s”: %(error)s")
            % {"number": line.number, "name": line.name[:40], "error": line.error}
            for line in lines
            if line.error
        ]
        if told:
            raise forms.ValidationError(told)
        return self.cleaned_data["names"]

    def clean_seed(self) -> str:
        if not seeds.is_seed(self.cleaned_data["seed"]):
            raise forms.ValidationError(
                _("This page was open for long. Nothing was made yet. Press once more.")
            )
        return self.cleaned_data["seed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = self.same()
        for line in self.asked_about:
            answer = self.data.get(line.field, "")
            if line.number not in same and answer != NEW:
                raise forms.ValidationError(_("You teach somebody of this name already. Say who it is."))
        return cleaned
