"""Telephone numbers: one spelling for each, and only those that a short message reaches."""

import phonenumbers
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumberFormat, PhoneNumberType

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def clean_phone(text: str) -> str:
    """E.164: "0470 12 34 56" gives "+32470123456". Raises ValidationError when no short message arrives there.

    A number without a country is one of PHONE_REGION. Costly numbers (0900) are refused with the others.
    """
    try:
        number = phonenumbers.parse(text, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("This is not a phone number we know. Write it like this: 0470 12 34 56"), code="invalid_phone"
        )
    if phonenumbers.number_type(number) not in MOBILE:
        raise ValidationError(_("We need the number of a mobile phone."), code="not_mobile")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def in_groups(phone: str) -> str:
    """For reading: "+32 470 12 34 56". What is no number comes back as it is."""
    try:
        number = phonenumbers.parse(phone, settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


class PhoneField(forms.CharField):
    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=64, **kwargs)
        self.widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"})
        self.widget.is_required = self.required

    def clean(self, value: str) -> str:
        text = super().clean(value)
        return clean_phone(text) if text else ""
