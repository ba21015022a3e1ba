"""Stops on the way in, as django-allauth calls them one after the other. The adapter lists them."""

from allauth.account.stages import LoginByCodeStage
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest, HttpResponse

from people import second_factor


class CodeStage(LoginByCodeStage):
    def is_resumable(self, request: HttpRequest) -> bool:
        """Who opens the sign-in page again on a shared computer does not see who asked for a code before her."""
        return False


class SecondFactorStage(AuthenticateStage):
    def handle(self) -> tuple[HttpResponse | None, bool]:
        if self.login.user is None or not second_factor.is_asked_at_sign_in(self.login.user):
            return None, True
        return super().handle()
