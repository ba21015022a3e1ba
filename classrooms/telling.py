"""The day before a class its learners are told by a letter; who has no address stands on the call list."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from classrooms import agenda
from classrooms.models import Session
from people.models import User
from reminders import clock, kinds
from reminders.actions import write_letter
from reminders.clock import BRUSSELS
from reminders.models import Letter

CLASS_TOMORROW = "class_tomorrow"


def write_class_letters(now: datetime) -> None:
    """In the daytime only, so that "tomorrow" is true when the letter goes out a minute later."""
    if not clock.is_open(now):
        return
    for session in _of_tomorrow(now):
        period = period_of(session)
        hers = Letter.objects.filter(person=OuterRef("pk"), kind=CLASS_TOMORROW, period=period)
        # Spares the sweep those who have theirs; that nobody gets two is the constraint's work.
        people = session.cohort.learners.filter(~Exists(hers), is_active=True).exclude(email="")
        wants = Q(letter_preference=None) | Q(letter_preference__email_stopped_at=None)
        for person in people.filter(wants):
            write_letter(person, CLASS_TOMORROW, period, session=session.pk)


def period_of(session: Session) -> str:
    """One letter a class and day: a class that moves to another day is told again."""
    return f"{session.pk}@{_day_of(session).isoformat()}"


def still_wanted(letter: Letter) -> str | None:
    """Dropped when it is not that day, or she is not of that cohort any more."""
    session = _session_of(letter)
    if session is None:
        return "gone"
    if session.cancelled_at:
        return "called-off"
    if period_of(session) != letter.period:
        return "moved"
    if not _is_hers(session, letter.person):
        return "left"
    if _day_of(session) != _tomorrow(letter.claimed_at or timezone.now()):
        return "too-late"
    return None


def context(letter: Letter) -> dict[str, Any]:
    session = _session_of(letter)
    if session is None or session.starts_at is None or session.ends_at is None:
        return {}
    [row] = agenda.with_modules([session], letter.language)
    return {
        "day": row.day,
        "begins": session.starts_at.astimezone(BRUSSELS).time(),
        "ends": session.ends_at.astimezone(BRUSSELS).time(),
        "place": session.place,
        "module": row.module.title if row.module else "",
        "childcare_places": session.childcare_places,
        "organisation": session.cohort.organisation,
        "url": settings.BASE_URL + reverse("learners:me"),
    }


def _session_of(letter: Letter) -> Session | None:
    return Session.objects.filter(pk=letter.params["session"]).select_related(*agenda.SHOWN).first()


def _is_hers(session: Session, person: User) -> bool:
    return session.cohort.ended_at is None and session.cohort.learners.filter(pk=person.pk).exists()


def _of_tomorrow(now: datetime) -> list[Session]:
    begins = datetime.combine(_tomorrow(now), time(), tzinfo=BRUSSELS)
    ends = datetime.combine(_tomorrow(now) + timedelta(days=1), time(), tzinfo=BRUSSELS)
    rows = Session.objects.yet_to_open().filter(
        starts_at__gte=begins, starts_at__lt=ends, cohort__ended_at=None
    )
    return list(rows.select_related("cohort").order_by("starts_at", "pk"))


def _day_of(session: Session) -> date:
    assert session.starts_at
    return session.starts_at.astimezone(BRUSSELS).date()


def _tomorrow(now: datetime) -> date:
    return now.astimezone(BRUSSELS).date() + timedelta(days=1)


kinds.register(kinds.Kind(CLASS_TOMORROW, still_wanted, context))
