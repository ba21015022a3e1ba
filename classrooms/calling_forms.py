from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from classrooms.agenda_forms import LanguageSelect
from classrooms.call_list import Wish
from classrooms.enums import CallOrder, Reason
from learners.models import Cohort
from people.models import User


class CallForm(forms.Form):
    """What became of one call; nobody but `learners` can be chosen. `call` is the one that is taken back."""

    learner = forms.ModelChoiceField(User.objects.none())
    do = forms.ChoiceField(choices=[(one, one) for one in ("reached", "not_reached", "stop", "resume")])
    call = forms.IntegerField(required=False)

    def __init__(self, data: Any, *, learners: QuerySet[User]) -> None:
        super().__init__(data)
        self.fields["learner"].queryset = learners  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """Sent by GET, so that a choice can be kept as an address."""

    cohort = forms.TypedChoiceField(label=_("Cohort"), required=False, coerce=int, empty_value=None)
    reason = forms.TypedChoiceField(
        label=_("Why"), required=False, coerce=Reason, empty_value=None,
        choices=[("", _("any reason")), *Reason.choices],
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), required=False, widget=LanguageSelect,
        choices=[("", _("any language")), *settings.LANGUAGES],
    )  # fmt: skip
    order = forms.TypedChoiceField(
        label=_("Order"), required=False, coerce=CallOrder, empty_value=CallOrder.URGENT,
        choices=CallOrder.choices,
    )  # fmt: skip

    def __init__(self, data: Any, *, cohorts: Iterable[Cohort], names_houses: bool) -> None:
        super().__init__(data)
        choices = [(one.pk, f"{one} – {one.organisation}" if names_houses else str(one)) for one in cohorts]
        self.fields["cohort"].choices = [("", _("all cohorts")), *choices]  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish:
        """Everybody when the address is none that this form made."""
        return Wish(**self.cleaned_data) if self.is_valid() else Wish()
