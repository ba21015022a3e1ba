import logging
import unicodedata
from contextlib import suppress
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.phone_verification import ChangePhoneVerificationProcess
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse, RateLimited
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import second_factor, sms
from people.carrying import carry_over
from people.models import User
from people.phones import PhoneField

# The next page says that one of these is on its way: it must not be shown when none is.
AWAITED = ("account/email/login_code", "account/email/unknown_account", "account/email/password_reset_key")

logger = logging.getLogger("stepin.people")


class AccountAdapter(DefaultAccountAdapter):
    """Signing up asks for a user name and a password only: no e-mail stands on the learner's path."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Please ask your trainer."),
        "email_password_mismatch": _("The e-mail address or the password is not right. Please try again."),
        "username_password_mismatch": _("The user name or the password is not right. Please try again."),
        "email_taken": _("Another account has this e-mail address. Is it yours? Then sign in with it."),
        "enter_current_password": _("This is not your password now. Please try once more."),
        "incorrect_password": _("This is not your password. Please try once more."),
        "invalid_login": _("The user name or the password is not right. Please try again."),
        "too_many_login_attempts": _("There were too many tries. Please wait 5 minutes, then try once more."),
        "username_blacklisted": _("Please take another user name."),
        "username_taken": _("Somebody has this user name. Is it you? Then sign in. Else take another name."),
        "username_signs": _("Please use letters and numbers only, no spaces."),
        "username_long": _("This user name is too long. Please take a shorter one."),
        "duplicate_email": _("We have this e-mail address already."),
        "incorrect_code": _("This is not the code. Please look once more."),
        "phone_password_mismatch": _("The phone number or the password is not right. Please try again."),
        "phone_taken": _("Another account has this phone number. Is it yours? Then sign in with it."),
        "same_as_current": _("We have this phone number already."),
        "rate_limited": _("There were too many tries. Please wait a few minutes, then try once more."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        try:
            return super().clean_username(unicodedata.normalize("NFKC", username), shallow)
        except ValidationError as error:
            codes = {"invalid": "username_signs", "max_length": "username_long"}
            if (code := codes.get(error.code or "")) is None:
                raise
            raise self.validation_error(code) from error

    def validate_unique_email(self, email: str) -> str:
        # The database compares without regard to capitals; allauth looks for small letters only.
        if User.objects.filter(email__iexact=email).exists():
            raise self.validation_error("email_taken")
        return super().validate_unique_email(email)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        try:
            with transaction.atomic():
                return super().confirm_email(request, email_address)
        except IntegrityError:
            messages.error(request, self.error_messages["email_taken"])
            return False

    def get_login_stages(self) -> list[str]:
        # None for the phone: a number is proven after she is in, so that a wrong one stops nobody.
        return [
            "people.stages.CodeStage",
            "allauth.account.stages.EmailVerificationStage",
            "people.stages.SecondFactorStage",
        ]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """On whatever computer she signs in, it speaks her languages, and forgets her when it is closed."""
        response = super().post_login(request, user, **kwargs)
        if not kwargs["signup"]:
            request.session.set_expiry(0)
        elif phone := getattr(request, "phone_to_prove", ""):
            with suppress(ImmediateHttpResponse, RateLimited):
                ChangePhoneVerificationProcess.initiate(request, phone)
                response = redirect("account_verify_phone")
        carry_over(response, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def format_email_subject(self, subject: str) -> str:
        return f"StepIn: {subject}"

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """The first is the one she is asked for. A second lock is opened by itself: no password takes it away."""
        ways = {
            "reauthenticate": _("With my password"),
            "mfa_reauthenticate": _("With the app, or a code on my paper"),
            "mfa_reauthenticate:webauthn": _("With my passkey"),
        }
        methods = [
            {**method, "description": ways[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        if methods and second_factor.is_asked_at_sign_in(user):
            methods = [method for method in methods if method["id"] != "reauthenticate"]
            if not second_factor.has_app(user):
                methods.reverse()  # the passkey before the paper
        return methods

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # Tries are counted by account: every spelling of a phone number is the same one.
        if phone := credentials.get("phone"):
            credentials["username"] = phone
        super().pre_authenticate(request, **credentials)

    # A phone number

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.signs_in_by_phone) if user.phone else None

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.signing_in_by_phone(phone).first()

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Only a proven number is kept: see SignupForm."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        if user.signs_in_by_phone and user.phone == phone:
            return
        user.phone = user.proven_phone = phone
        try:
            with transaction.atomic():
                user.save(update_fields=["phone", "proven_phone"])
        except IntegrityError as error:  # another was faster
            messages.error(self.request, self.error_messages["phone_taken"])
            raise ImmediateHttpResponse(redirect("account_change_phone")) from error

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        with translation.override(user.help_language or translation.get_language()):
            text = gettext("StepIn: your code is %(code)s. Tell it to nobody.") % {"code": code}
        self._send_sms(phone, text)

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        if ratelimit.consume(self.request, action="unknown_phone", key="all"):
            self._send_sms(phone, gettext("StepIn: we do not know this phone number."))

    def _send_sms(self, phone: str, text: str) -> None:
        try:
            sms.send(phone, text)
        except sms.NotSent as error:
            logger.error("No short message was sent.")
            messages.error(
                self.request,
                gettext("We cannot send a message now. Please try again later, or sign in another way."),
            )
            raise ImmediateHttpResponse(redirect(self.request.get_full_path())) from error

    # Letters

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that does not answer stops nobody from signing up."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            logger.exception("No letter was sent: %s", template_prefix)
            if self.request is not None:
                messages.error(self.request, gettext("We cannot send a letter now. Please try again later."))
                if template_prefix in AWAITED:
                    raise ImmediateHttpResponse(redirect(self.request.get_full_path())) from error
