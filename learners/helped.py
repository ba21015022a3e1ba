"""Somebody sits beside her today and presses with her: her browser says so until it is closed, she stops it, or half
a day has passed. What she does meanwhile is hers as always, and each try says that she was helped.

The mark stands in a cookie, <until, in seconds>.<tag of the person>:<signature>. It holds for her alone, so that the
next person on the same computer is not helped by mistake. Scripts may read it: a page kept on the phone knows nobody.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from learners.devices import tag_of
from people.access import current_person
from people.models import User

COOKIE = "stepin_helped"
LONGEST = timedelta(hours=12)
_signer = signing.Signer(salt="learners.helped")


def is_helped(request: HttpRequest) -> bool:
    """Asks no database unless the mark is there."""
    try:
        until, tag = _signer.unsign(request.COOKIES.get(COOKIE, "")).split(".")
    except (signing.BadSignature, ValueError):
        return False
    person = current_person(request)
    return person is not None and tag == tag_of(person) and timezone.now().timestamp() < int(until)


def begin(response: HttpResponse, person: User, *, now: datetime) -> None:
    """Without an age of its own it ends with the browser."""
    mark = _signer.sign(f"{int((now + LONGEST).timestamp())}.{tag_of(person)}")
    response.set_cookie(COOKIE, mark, samesite="Lax", secure=settings.IS_HTTPS)


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
