import logging
import unicodedata
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.languages import keep_choice
from people.models import User

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

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """On whatever computer she signs in, it speaks her languages."""
        response = super().post_login(request, user, **kwargs)
        keep_choice(response, help_language=user.help_language, screen_language=user.screen_language)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def format_email_subject(self, subject: str) -> str:
        return f"StepIn: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that does not answer stops nobody from signing up."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("No letter was sent: %s", template_prefix)
            if self.request is not None:
                messages.error(self.request, gettext("We cannot send a letter now. Please try again later."))
