"""django-allauth's forms in plain words. settings.ACCOUNT_FORMS names them."""

import unicodedata
from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.templatekit import get_entrance_context_data
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from people import sms
from people.models import User
from people.phones import PhoneField, clean_phone

PASSWORD_HINT = _("At least 8 signs. Choose something that only you know.")
ATTRIBUTES = {
    "username": {"autocapitalize": "none", "spellcheck": "false", "dir": "auto"},
    "login": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "auto"},
    "email": {"dir": "ltr"},
}


class PlainWords:
    """`words`: field → (label, hint). Placeholders go: they vanish while one types."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(ATTRIBUTES.get(name, {}))
            field.label, field.help_text = self.words.get(name, (field.label, field.help_text))
            field.error_messages["required"] = _("Please fill this in.")
            if name == "email":
                # Forms allow 320 signs, the column 254.
                field.validators.append(MaxLengthValidator(254))
                field.widget.attrs["maxlength"] = "254"


class CodeField(forms.CharField):
    """A code of digits, in whatever digits, groups and spaces it arrives; a copied one brings invisible signs along."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)
        self.widget.attrs.update(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "dir": "ltr"}
        )

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(str(unicodedata.decimal(sign, sign)) for sign in text if sign.isalnum())


class LoginForm(PlainWords, allauth_forms.LoginForm):
    words = {"login": (_("User name or e-mail address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sms.is_possible():
            self.fields["login"].label = _("User name, e-mail address or phone number")

    def user_credentials(self) -> dict:
        credentials = super().user_credentials()
        if phone := credentials.get("phone"):
            credentials["phone"] = clean_phone(phone)
        return credentials

    def clean_login(self) -> str:
        # As sign-up writes it: one name has one spelling, whatever keyboard it comes from.
        return unicodedata.normalize("NFKC", super().clean_login())


class SignupForm(PlainWords, allauth_forms.SignupForm):
    words = {
        "username": (_("User name"), _("You sign in with it. Use letters and numbers, no spaces.")),
        "password1": (_("Password"), PASSWORD_HINT),
        "email": (_("E-mail address"), _("For letters from us. You can learn without it.")),
        "phone": (
            _("Mobile phone number"),
            _("We send a code to it. Then you can sign in without a password."),
        ),
    }

    def _clean_phone(self) -> None:
        """Nothing yet: a number counts when its code came back, and only then is it told whose it is."""

    def save(self, request: HttpRequest) -> User:
        request.phone_to_prove = self.cleaned_data.get("phone", "")  # type: ignore[attr-defined]
        return super().save(request)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Two people who take the same name at once, or one who taps twice: the second is told so."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.full_clean()  # now that the other one stands there, it says which field it is
            if self.is_valid():
                self.add_error(None, _("Please press once more."))
            context = {**get_entrance_context_data(request), "form": self}
            return None, render(request, "account/signup.html", context)


class AddEmailForm(PlainWords, allauth_forms.AddEmailForm):
    words = {"email": (_("E-mail address"), _("We send a letter to it, to see that it is yours."))}

    def clean_email(self) -> str:
        email = super().clean_email()
        # allauth would let it pass and confirm it later; here an address belongs to one person only.
        if User.objects.filter(email__iexact=email).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("email_taken")
        return email


class ChangePasswordForm(PlainWords, allauth_forms.ChangePasswordForm):
    words = {
        "oldpassword": (_("Your password now"), ""),
        "password1": (_("New password"), PASSWORD_HINT),
        "password2": (_("New password, once more"), ""),
    }


class SetPasswordForm(PlainWords, allauth_forms.SetPasswordForm):
    words = {"password1": (_("Password"), PASSWORD_HINT), "password2": (_("Password, once more"), "")}


class ResetPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):
    words = {"email": (_("Your e-mail address"), _("The one you gave us."))}


class ResetPasswordKeyForm(PlainWords, allauth_forms.ResetPasswordKeyForm):
    words = {"password1": (_("New password"), PASSWORD_HINT), "password2": (_("New password, once more"), "")}


class ReauthenticateForm(PlainWords, allauth_forms.ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class RequestLoginCodeForm(PlainWords, allauth_forms.RequestLoginCodeForm):
    """One field, whatever it is that she gave us. Known and unknown get the same answer."""

    words = {"email": (_("Your e-mail address"), _("The one you gave us."))}
    _user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sms.is_possible():
            del self.fields["phone"]
            self.fields["email"] = forms.CharField(
                label=_("Your e-mail address or phone number"),
                help_text=_("The one you gave us."),
                max_length=254,
                widget=forms.TextInput(
                    attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "ltr"}
                ),
                error_messages={"required": _("Please fill this in.")},
            )

    def clean_email(self) -> str:
        given = self.cleaned_data["email"].strip()
        if sms.is_possible() and "@" not in given:
            self.cleaned_data["phone"] = PhoneField().clean(given)
            self.clean_phone()
            return ""
        self.cleaned_data["email"] = allauth_forms.EmailField().clean(given)
        email = super().clean_email()
        if not self._user:  # allauth looks for small letters only, editors write what they like
            self._user = User.objects.filter(email__iexact=email, is_active=True).first()
        return email


class ConfirmLoginCodeForm(PlainWords, allauth_forms.ConfirmLoginCodeForm):
    code = CodeField()
    words = {"code": (_("The 6 numbers of the code"), "")}


class ChangePhoneForm(PlainWords, allauth_forms.ChangePhoneForm):
    words = {"phone": (_("Mobile phone number"), _("We send a code to it, to see that it is yours."))}


class VerifyPhoneForm(PlainWords, allauth_forms.VerifyPhoneForm):
    code = CodeField()
    words = {"code": (_("The 6 numbers of the code"), "")}

    def clean_code(self) -> str:
        code = super().clean_code()
        # Said only to who holds the phone in her hand. A number in a trainer's notes is another's, too.
        if User.objects.filter(phone=self.phone).exclude(pk=self.user.pk).exists():
            raise get_adapter().validation_error("phone_taken")
        return code
