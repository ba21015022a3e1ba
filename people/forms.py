from django import forms
from django.utils.translation import gettext_lazy as _

from people.names import clean_name, tidy


class NameField(forms.CharField):
    """A name in any script; what was typed stays in the form when it is refused."""

    def __init__(self, **kwargs) -> None:
        # The field takes more than can be printed, so that the message can say what is wrong.
        super().__init__(max_length=1000, **kwargs)
        self.widget.attrs.update({"autocomplete": "name", "dir": "auto", "spellcheck": "false"})

    def clean(self, value: str) -> str:
        # Tidied first: a name of invisible signs is an empty one.
        return clean_name(super().clean(tidy(value or "")))


class SignupNameForm(forms.Form):
    name = NameField(
        label=_("Your name"),
        required=False,
        help_text=_("As you want it written. It may be another name than on your card."),
    )

    field_order = ("name", "username", "password1", "email")

    def signup(self, request, user) -> None:
        user.name = self.cleaned_data["name"]
        user.help_language = request.LANGUAGE_CODE
        user.screen_language = request.screen_language
        user.save(update_fields=["name", "help_language", "screen_language"])
