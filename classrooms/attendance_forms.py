from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from classrooms.enums import Status
from classrooms.models import Session
from classrooms.register import Line

MOST_MINUTES = 24 * 60
PROPOSED = "? "


class LineForm(forms.Form):
    """One learner of the attendance list. `was` is what stood there when the page was made: what was saved, or what
    was PROPOSED.

    Only what was changed on this page is written, and a proposal where nobody has saved anything: two trainers who
    save at once keep each other's ticks.
    """

    status = forms.ChoiceField(choices=Status, widget=forms.RadioSelect)
    minutes_late = forms.IntegerField(
        label=_("minutes late"), required=False, min_value=0, max_value=MOST_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, line: Line) -> None:
        initial = {
            "status": line.status,
            "minutes_late": line.minutes_late,
            "was": ("" if line.is_ticked else PROPOSED) + _spelled(line.status, line.minutes_late),
        }
        super().__init__(data, prefix=str(line.learner.pk), initial=initial)
        self.line = line

    def is_changed(self) -> bool:
        """A proposal too is to be written."""
        return self.cleaned_data["was"] != self._sent

    def is_as_proposed(self) -> bool:
        return self.cleaned_data["was"] == PROPOSED + self._sent

    @property
    def _sent(self) -> str:
        return _spelled(self.cleaned_data["status"], self.cleaned_data["minutes_late"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") != Status.LATE:
            cleaned["minutes_late"] = None
        elif cleaned.get("minutes_late") is None and "minutes_late" not in self.errors:
            self.add_error("minutes_late", _("How many minutes late? Type a number."))
        return cleaned


class ChildrenForm(forms.ModelForm):
    """How many children were looked after; empty while nobody has counted. `has_changed` on this page, whatever was
    counted since it was made."""

    class Meta:
        model = Session
        fields = ("children_came",)
        widgets = {"children_came": forms.NumberInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children_came"].show_hidden_initial = True


def _spelled(status: str, minutes_late: int | None) -> str:
    return f"{status} {minutes_late or 0 if status == Status.LATE else ''}".strip()
