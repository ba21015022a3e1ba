from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.forms import MonthField
from reports.periods import A_YEAR, Period, month_of, write_month


class MonthsForm(forms.Form):
    first = MonthField(label=_("From"), error_messages={"required": _("Which month?")})
    last = MonthField(label=_("To"), error_messages={"required": _("Which month?")})

    def __init__(self, sent: Any = None, **more: Any) -> None:
        month = month_of(timezone.now())
        this_year = {"first": write_month(month - month % A_YEAR), "last": write_month(month)}
        super().__init__(sent, initial=this_year, **more)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and found["last"] < found["first"]:
            self.add_error("last", _("The last month is before the first."))
        return found

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])
