from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learners.models import Cohort
from people import seeds
from people.enums import PinKind
from people.forms import ChoicesField
from people.models import User


class CardsForm(forms.Form):
    """Cards for some learners of a cohort. The seed makes the same form, sent twice, the same cards."""

    learners = ChoicesField(User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)
    everybody = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=PinKind, initial=PinKind.PICTURES)
    works_at_home = forms.BooleanField(required=False)
    seed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["learners"].queryset = cohort.learners.who_may_have_card()  # type: ignore[attr-defined]
        self.new_seed = seeds.new_seed()

    def clean_seed(self) -> str:
        if not seeds.is_seed(self.cleaned_data["seed"]):
            raise forms.ValidationError(
                _("This page was open for long. Nothing was made yet. Press once more.")
            )
        return self.cleaned_data["seed"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("everybody", False):
            cleaned["learners"] = self.fields["learners"].queryset  # type: ignore[attr-defined]
        elif "learners" in cleaned and not cleaned["learners"]:
            self.add_error("learners", _("Choose at least one learner."))
        return cleaned

    def clean_kind(self) -> PinKind:
        return PinKind(self.cleaned_data["kind"])

    def chosen(self) -> set[str]:
        """Ids of the learners ticked in what was sent."""
        return set(self.data.getlist("learners")) if isinstance(self.data, QueryDict) else set()
