from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.models import StepNote


class NoteForm(forms.Form):
    """A note about a step; `key` says that it is the same one when it is sent twice."""

    language = forms.ChoiceField(label=_("In which language?"), required=False)
    text = forms.CharField(
        label=_("What goes wrong?"),
        max_length=StepNote.LONGEST,
        help_text=_("One or two sentences. Please no names of people and nothing about their lives."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("In all languages")), *settings.LANGUAGES]
