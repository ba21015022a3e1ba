"""What a reader looks for on the agenda: a plain form, sent by GET, that can be kept as an address."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from classrooms import agenda
from classrooms.agenda import Wishes
from classrooms.enums import DayPart


class LanguageSelect(forms.Select):
    """Each language says its own name."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = value
        return option


class WishesForm(forms.Form):
    # Not a choice: a kept address stays right also in weeks without a class in that town.
    town = forms.CharField(label=_("Where?"), required=False, max_length=100, widget=forms.Select)
    spoken = forms.ChoiceField(
        label=_("Which language do people speak there?"), required=False, widget=LanguageSelect,
        choices=[("", _("any language")), *settings.LANGUAGES],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=_("Which day?"), required=False, coerce=int, empty_value=None,
        choices=[("", _("any day")), *((number + 1, name) for number, name in WEEKDAYS.items())],
    )  # fmt: skip
    day_part = forms.ChoiceField(
        label=_("What time?"), required=False, choices=[("", _("any time")), *DayPart.choices]
    )
    childcare = forms.BooleanField(label=_("Somebody looks after my children"), required=False)
    women = forms.BooleanField(label=_("For women only"), required=False)

    def __init__(self, data: Any, *, now: datetime) -> None:
        super().__init__(data)
        towns = agenda.towns(now=now)
        wanted = self.data.get("town", "")
        if wanted and wanted.casefold() not in map(str.casefold, towns):
            towns.append(wanted)
        self.fields["town"].widget.choices = [("", _("everywhere")), *((town, town) for town in towns)]

    @property
    def wishes(self) -> Wishes:
        """None at all when the address is none that this form made."""
        return Wishes(**self.cleaned_data) if self.is_valid() else Wishes()
