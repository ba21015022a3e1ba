from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from people import cards, codes, comfort, pins
from people.models import Organisation
from people.names import clean_name, tidy
from people.resuming import fold


class NameField(forms.CharField):
    """A name in any script; what was typed stays in the form when it is refused."""

    def __init__(self, **kwargs) -> None:
        # The field takes more than can be printed, so that the message can say what is wrong.
        super().__init__(max_length=1000, **kwargs)
        self.widget.attrs.update({"autocomplete": "name", "dir": "auto", "spellcheck": "false"})

    def clean(self, value: str) -> str:
        # Tidied first: a name of invisible signs is an empty one.
        return clean_name(super().clean(tidy(value or "")))


class ChoicesField(forms.ModelMultipleChoiceField):
    """Rows by their keys. A number larger than any key is no choice either: SQLite cannot even be asked about it."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": max(value, key=lambda key: abs(int(key)))},
            ) from None


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
        user.comfort = comfort.chosen(request)
        user.save(update_fields=["name", "help_language", "screen_language", "comfort"])


OF_A_CODE = {
    "autocomplete": "off",
    "autocapitalize": "none",
    "autocorrect": "off",
    "spellcheck": "false",
    "dir": "ltr",
}


class ResumeForm(forms.Form):
    """The four words; the answer to wrong ones, and to too many, stands here because it is the same everywhere."""

    WRONG = _("This is not a code that works now. Look at your paper, letter by letter.")
    TOO_MANY = _("There were too many wrong codes. Please wait ten minutes, then try once more.")

    code = forms.CharField(
        label=_("Your code"),
        max_length=200,
        help_text=_("Four words. Capitals and spaces do not matter."),
        error_messages={"required": _("Please type the four words on your paper.")},
    )
    code.widget.attrs.update(OF_A_CODE)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not fold(code):
            raise forms.ValidationError(_("Please type the four words on your paper."), code="required")
        return code


class CardCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The letters and numbers on your card"),
        max_length=200,
        help_text=_("There are 12. Capitals and lines do not matter."),
        error_messages={"required": _("Please type what stands on your card.")},
    )
    code.widget.attrs.update({**OF_A_CODE, "autocapitalize": "characters"})

    def clean_code(self) -> str:
        code = codes.fold(self.cleaned_data["code"])
        if len(code) != cards.TOKEN_LENGTH:
            raise forms.ValidationError(
                _("There must be %(needed)d letters and numbers. You typed %(typed)d."),
                code="length",
                params={"needed": cards.TOKEN_LENGTH, "typed": len(code)},
            )
        return code


class DigitsForm(forms.Form):
    digits = forms.CharField(
        label=_("Your 4 digits"),
        max_length=200,
        error_messages={"required": _("Please type your 4 digits.")},
    )
    digits.widget.attrs.update({**OF_A_CODE, "inputmode": "numeric"})

    def clean_digits(self) -> pins.Pin:
        pin = pins.read_digits(self.cleaned_data["digits"])
        if len(pin) != pins.DIGITS_IN_A_PIN:
            raise forms.ValidationError(
                _("There must be 4 digits. You typed %(typed)d."), code="length", params={"typed": len(pin)}
            )
        return pin


class ContactForm(forms.ModelForm):
    """An organisation's contact card, as its coordinator writes it."""

    class Meta:
        model = Organisation
        fields = ("contact_phone", "contact_hours", "contact_place", "contact_email")
        widgets: ClassVar = {
            "contact_phone": forms.Textarea({"rows": 3}),
            "contact_hours": forms.Textarea({"rows": 4}),
            "contact_place": forms.Textarea({"rows": 3}),
        }
