from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.sound_files import MOST_BYTES


class SoundForm(forms.Form):
    """What to do with the voice of one text."""

    KEEP, DELETE, FITS = "keep", "delete", "fits"

    wish = forms.ChoiceField(choices=[(wish, wish) for wish in (KEEP, DELETE, FITS)])
    sound = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sound = cleaned.get("sound")
        if cleaned.get("wish") == self.KEEP and not (sound and sound.size):
            raise forms.ValidationError(_("Record something or choose a file first."))
        if sound and sound.size > MOST_BYTES:  # before its bytes are read
            raise forms.ValidationError(_("This file is too large. It may have 1 MB at the most."))
        return cleaned
