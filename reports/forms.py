from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models import Session
from learners.models import Enrolment
from people.forms import ChoicesField
from people.models import Organisation
from reports.enums import By, Preset
from reports.figures import FIGURES
from reports.periods import A_YEAR, Period, month_of, preset, read_month, write_month
from reports.questions import Question

# Ten years: what is older was reported long ago, and each year is 17 numbers of the query.
MOST_MONTHS = 120


class MonthField(forms.CharField):
    widget = forms.TextInput(
        attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}", "placeholder": "2026-01"}
    )

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return read_month(text)
        except ValueError:
            raise forms.ValidationError(_("Write the year and the month, like 2026-01.")) from None


class PeriodForm(forms.Form):
    """Whose and when. Sent by GET, so that an answer has an address; what is not said is as it stands at first."""

    usual: ClassVar[dict[str, Any]] = {"period": Preset.THIS_YEAR.value}

    organisation = ChoicesField(
        Organisation.objects.none(), label=_("Organisation"), widget=forms.CheckboxSelectMultiple
    )
    period = forms.ChoiceField(label=_("Period"), choices=Preset)
    first = MonthField(label=_("From"), error_messages={"required": _("Which month?")})
    last = MonthField(label=_("To"), error_messages={"required": _("Which month?")})

    def __init__(self, asked: Any, organisations: list[Organisation]) -> None:
        month = month_of(timezone.now())
        usual = {
            **self.usual,
            "organisation": [str(one.pk) for one in organisations],
            "first": write_month(month - month % A_YEAR),
            "last": write_month(month),
        }
        sent = {name: asked.getlist(name) if name == "organisation" else asked[name] for name in asked}
        if sent.get("period") != Preset.BETWEEN:
            # Those two fields are out of sight then.
            sent = {name: value for name, value in sent.items() if name not in ("first", "last")}
        super().__init__({**usual, **sent})
        field = self.fields["organisation"]
        assert isinstance(field, ChoicesField)
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in organisations]).order_by(
            "name"
        )
        if len(organisations) == 1:
            field.widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors:
            first, last = found["first"], found["last"]
            if last < first:
                self.add_error("last", _("The last month is before the first."))
            elif last - first >= MOST_MONTHS:
                self.add_error("last", _("At most ten years at once."))
        return found

    @property
    def organisations(self) -> list[Organisation]:
        return list(self.cleaned_data["organisation"])

    def period_at(self, now: datetime) -> Period:
        found = self.cleaned_data
        if found["period"] == Preset.BETWEEN:
            return Period(found["first"], found["last"])
        return preset(found["period"], now, earliest=lambda: _earliest(self.organisations, now))


class QuestionForm(PeriodForm):
    usual: ClassVar = {**PeriodForm.usual, "by": By.NOTHING.value, "figure": "came"}

    by = forms.ChoiceField(label=_("A row for each"), choices=By)
    figure = forms.ChoiceField(
        label=_("Picture of"), choices=[(figure.id, figure.label) for figure in FIGURES]
    )

    def question(self, now: datetime) -> Question:
        found = self.cleaned_data
        return Question(
            self.organisations, self.period_at(now), By(found["by"]), compares=found["period"] != Preset.ALL
        )

    @property
    def rows_of(self) -> Organisation:
        """Of several organisations the one whose rows the page shows: the first, where the address says no other."""
        chosen = self.organisations
        return next((one for one in chosen if str(one.pk) == self.data.get("rows")), chosen[0])


def _earliest(organisations: list[Organisation], now: datetime) -> int:
    """The first month of which anything is known."""
    classes = Session.objects.filter(cohort__organisation__in=organisations)
    moments = [
        Enrolment.objects.filter(cohort__organisation__in=organisations).aggregate(at=Min("started_at"))[
            "at"
        ],
        *classes.aggregate(one=Min("opened_at"), other=Min("starts_at")).values(),
    ]
    month = month_of(min([moment for moment in moments if moment], default=now))
    return max(month, month_of(now) - MOST_MONTHS + 1)
