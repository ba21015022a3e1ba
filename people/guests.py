"""A visitor without an account is a person from her first completed step: a signed cookie names her."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from people.models import User

COOKIE = "stepin_person"
# Browsers keep a cookie for 400 days at the most.
MAX_AGE = 400 * 24 * 3600
_signer = signing.TimestampSigner(salt="people.guest")


def read_cookie(request: HttpRequest) -> UUID | None:
    """The guest's key; None when there is no cookie, or it is forged or too old."""
    try:
        return UUID(_signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=MAX_AGE))
    except (signing.BadSignature, ValueError):
        return None


def guest_of(request: HttpRequest) -> User | None:
    key = read_cookie(request)
    return User.objects.guests().filter(key=key, is_active=True, merged_into=None).first() if key else None


def create_guest(*, help_language: str = "", screen_language: str = "") -> User:
    guest = User(is_guest=True, help_language=help_language, screen_language=screen_language)
    guest.set_unusable_password()
    guest.save()
    return guest


def give_cookie(response: HttpResponse, guest: User) -> None:
    response.set_cookie(
        COOKIE,
        _signer.sign(str(guest.key)),
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
