"""The forms of allauth.mfa in plain words. settings.MFA_FORMS names them."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from people.account_forms import CodeField, PlainWords

CODE_IS_GOOD_FOR = 120  # seconds, with the tolerance before and after


class ActivateAppForm(PlainWords, totp_forms.ActivateTOTPForm):
    code = CodeField()
    words = {"code": (_("The 6 numbers that the app shows"), _("The app makes new ones every half minute."))}


class UsedOnce:
    """django-allauth lets go of a used code sooner than the tolerance does."""

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP  # type: ignore[attr-defined]
        key = f"people.second-factor.used:{self.user.pk}:{code}"  # type: ignore[attr-defined]
        if is_of_app and not cache.add(key, True, timeout=CODE_IS_GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


CODE_WORDS = {"code": (_("The numbers that the app shows"), _("Or one of the codes on your paper."))}


class AuthenticateForm(PlainWords, UsedOnce, base_forms.AuthenticateForm):
    code = CodeField()
    words = CODE_WORDS


class ReauthenticateForm(PlainWords, UsedOnce, base_forms.ReauthenticateForm):
    code = CodeField()
    words = CODE_WORDS


class AddPasskeyForm(PlainWords, webauthn_forms.AddWebAuthnForm):
    words = {"name": (_("A name for it"), _("So that you know it again: my phone, my computer."))}

    def clean(self) -> dict:
        try:
            return super().clean()
        except ValueError as error:  # base64 that is none, which allauth lets through
            raise get_adapter().validation_error("incorrect_code") from error


class RenamePasskeyForm(PlainWords, webauthn_forms.EditWebAuthnForm):
    name = forms.CharField(max_length=100)
    words = {"name": (_("A name for it"), _("So that you know it again: my phone, my computer."))}
