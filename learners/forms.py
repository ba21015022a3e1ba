from datetime import UTC, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from learners.enums import AttemptKind
from people.forms import NameField
from people.models import User


class StepForm(forms.Form):
    """One step, sent as a plain form; `shown_at` is when the page was made.

    `answer` is asked of a question only, `practice` is what the simulator reports when it ran, `helped` stands there
    while somebody sits beside her.
    """

    id = forms.UUIDField()
    lesson = forms.UUIDField()
    step = forms.UUIDField()
    kind = forms.ChoiceField(choices=AttemptKind)
    answer = forms.CharField(required=False, max_length=64)
    practice = forms.JSONField(required=False)
    helped = forms.BooleanField(required=False)
    shown_at = forms.IntegerField(required=False, min_value=0, max_value=2**40)
    here = forms.CharField(max_length=500)
    next = forms.CharField(max_length=500)
    help_language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    screen_language = forms.ChoiceField(choices=settings.SCREEN_LANGUAGES, required=False)

    def as_event(self, *, mark: float, now: datetime) -> dict[str, Any]:
        """The same shape that a script sends as JSON."""
        shown_at = self.cleaned_data["shown_at"]
        return {
            "id": str(self.cleaned_data["id"]),
            "lesson": str(self.cleaned_data["lesson"]),
            "step": str(self.cleaned_data["step"]),
            "kind": self.cleaned_data["kind"],
            "mark": mark,
            "seconds": max(0, int(now.timestamp()) - shown_at) if shown_at else 0,
            "practice": self.cleaned_data["practice"],
            "helped": self.cleaned_data["helped"],
            "happened_at": now.astimezone(UTC).isoformat(),
        }


class NameForm(forms.ModelForm):
    name = NameField(label=_("Your name"), help_text=_("As you want it written on your certificate."))

    class Meta:
        model = User
        fields = ("name",)


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete my work and my name."),
        error_messages={"required": _("Tick the box if you are sure. Nothing is deleted yet.")},
    )
