from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learners.inviting import colleagues_to_invite
from learners.models import Cohort
from people.models import User


class InviteForm(forms.Form):
    """`colleague` is somebody who could lead the cohort too."""

    colleague = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Colleague"), empty_label=_("Choose a colleague")
    )

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data)
        self.fields["colleague"].queryset = colleagues_to_invite(cohort)  # type: ignore[attr-defined]
