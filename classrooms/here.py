"""In which class this browser is: a signed cookie says so, so that thirty phones that ask every two seconds cost
nothing but the answer.

It holds only while the same person uses the browser: who signs out, in, or says "not me" is in no class any more.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from classrooms.models import Session
from people import guests

COOKIE = "stepin_classroom"
_signer = signing.TimestampSigner(salt="classrooms.here")
_LONGEST = 24 * 3600


class SeatRole(StrEnum):
    """Who has which seat. Only a learner has a place in the list of attendance; a helper is one of them."""

    LEARNER = "l"
    HELPER = "h"
    TRAINER = "t"
    MEDIATOR = "m"


@dataclass(frozen=True, slots=True)
class Seat:
    """`session` and `person` are row ids."""

    session: int
    person: int
    role: SeatRole

    @property
    def learns(self) -> bool:
        return self.role in (SeatRole.LEARNER, SeatRole.HELPER)

    @property
    def helps(self) -> bool:
        return self.role == SeatRole.HELPER

    @property
    def leads(self) -> bool:
        return self.role == SeatRole.TRAINER


def seat_of(request: HttpRequest) -> Seat | None:
    """Asks no database. The session may be over by now: who acts looks."""
    try:
        signed = _signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=_LONGEST)
        session, person, role, who = signed.split(".")
        seat = Seat(int(session), int(person), SeatRole(role))
    except (signing.BadSignature, ValueError):
        return None
    return seat if constant_time_compare(who, _who(request)) else None


def give_seat(
    request: HttpRequest,
    response: HttpResponse,
    session: Session,
    person: int,
    *,
    now: datetime,
    role: SeatRole = SeatRole.LEARNER,
) -> None:
    response.set_cookie(
        COOKIE,
        _signer.sign(f"{session.pk}.{person}.{role}.{_who(request)}"),
        max_age=max(1, int(((session.closes_at or now) - now).total_seconds())),
        httponly=True,
        samesite="Lax",
        secure=settings.IS_HTTPS,
    )


def take_seat(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _who(request: HttpRequest) -> str:
    """The same for as long as one person uses this browser: her sign-in, else her guest's key."""
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.session_key
    mark = request.session.session_key if is_signed_in else guests.read_cookie(request)
    return salted_hmac("classrooms.here", str(mark)).hexdigest()[:16]
