"""A visitor without an account is a person from her first completed step: a signed cookie names her."""

from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils.crypto import salted_hmac

from people.class_computer import is_class_computer
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
    return find_guest(read_cookie(request))


def find_guest(key: UUID | None) -> User | None:
    """Whom this key names, while she is nobody else."""
    return User.objects.guests().filter(key=key, is_active=True, merged_into=None).first() if key else None


def key_to_be(request: HttpRequest, first_step: str) -> UUID | None:
    """The key of the guest that a visitor is about to become; None for a client without cookies.

    On a slow network her first two steps arrive together, or the answer with her cookie is lost. Her browser has
    another secret by then, Django's against forged requests: whoever brings the same one is the same visitor.
    A class computer keeps it from one visitor to the next, so there the step's id must be the same too.
    """
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return None
    value = f"{secret} {first_step}" if is_class_computer(request) else secret
    return UUID(bytes=salted_hmac("people.guest", value, algorithm="sha256").digest()[:16])


def create_guest(
    *, key: UUID | None = None, help_language: str = "", screen_language: str = "", comfort: str = ""
) -> User:
    """A new guest, or the one whom another request of the same visitor has made under this key meanwhile."""
    guest = User(
        key=key or uuid4(),
        is_guest=True,
        help_language=help_language,
        screen_language=screen_language,
        comfort=comfort,
    )
    guest.set_unusable_password()
    try:
        with transaction.atomic():
            guest.save()
    except IntegrityError:
        if found := find_guest(key):
            return found
        guest.key = uuid4()  # she became somebody else
        guest.save()
    return guest


def give_cookie(response: HttpResponse, guest: User, *, ends_with_browser: bool = False) -> None:
    response.set_cookie(
        COOKIE,
        _signer.sign(str(guest.key)),
        max_age=None if ends_with_browser else MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def welcome(request: HttpRequest, guest: User) -> None:
    """This browser is hers from here on; the middleware gives her the cookie."""
    request.new_guest = guest  # type: ignore[attr-defined]
    request.COOKIES[COOKIE] = _signer.sign(str(guest.key))


def leave(request: HttpRequest) -> None:
    """This browser is no longer hers, from here on in this request too; the middleware takes the cookie back."""
    rotate_token(request)
    if request.COOKIES.pop(COOKIE, None):
        request.guest_is_gone = True  # type: ignore[attr-defined]
