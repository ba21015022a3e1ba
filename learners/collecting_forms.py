from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learners.collecting import LARGEST_BUNDLE
from people.models import User


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Every file that was chosen, as a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files if file]


class CollectForm(forms.Form):
    upload = ManyFilesField(
        label=_("Files from your learners"), required=False, help_text=_("You can choose several at once.")
    )
    text = forms.CharField(
        label=_("Or the text of a code"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LARGEST_BUNDLE,
    )  # fmt: skip
    learner = forms.ModelChoiceField(
        label=_("Whose steps are these?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("The file says it"),
        help_text=_("Choose a learner when the file does not say it."),
    )

    def __init__(self, *args: Any, learners: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["learner"].queryset = learners  # type: ignore[attr-defined]

    def clean_upload(self) -> list[UploadedFile]:
        for file in self.cleaned_data["upload"]:
            if (file.size or 0) > LARGEST_BUNDLE:
                raise forms.ValidationError(_("This file is too large."))
        return self.cleaned_data["upload"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("upload") and not cleaned.get("text"):
            raise forms.ValidationError(_("Choose a file first."))
        return cleaned

    def bundles(self) -> list[tuple[str, str]]:
        """(name of the file or "", its text)."""
        texts = [
            (file.name or "", file.read().decode(errors="replace")) for file in self.cleaned_data["upload"]
        ]
        return texts + ([("", self.cleaned_data["text"])] if self.cleaned_data["text"] else [])
