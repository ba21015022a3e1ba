from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses import library


class HandoutForm(forms.Form):
    module = forms.ChoiceField(label=_("module"))
    language = forms.ChoiceField(label=_("language of the learners"), choices=settings.LANGUAGES)
    screen = forms.ChoiceField(label=_("language of the forms"), choices=settings.SCREEN_LANGUAGES)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].choices = [  # type: ignore[attr-defined]
            (entry.row.slug, f"{entry.row.number}. {entry.title}") for entry in library.modules(language)
        ]

    @property
    def title(self) -> str:
        """What was chosen, in words."""
        chosen = self.cleaned_data
        labels = [dict(self.fields[name].choices)[chosen[name]] for name in self.fields]  # type: ignore[attr-defined]
        return " · ".join(map(str, labels))
