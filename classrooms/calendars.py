"""Classes for calendar programs (RFC 5545), in the language of the moment. No calendar names a person."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from classrooms import agenda
from classrooms.agenda import Row
from classrooms.models import Session
from people.models import User
from reminders.clock import BRUSSELS

# What is over stays for a while: a program that finds it gone would take it out of the past.
KEPT = timedelta(days=30)
MOST = 500
ASK_AGAIN = timedelta(hours=1)


def public_calendar(sessions: list[Session]) -> bytes:
    def address(row: Row) -> str:
        return reverse("agenda:class", args=[row.session.pk])

    return _calendar(_("Classes") + " – StepIn", _rows(sessions), title=_title, address=address)


def learning_calendar(person: User, *, now: datetime) -> bytes:
    sessions = _lately(Session.objects.filter(cohort__learners=person), now)
    return _calendar(
        _("My classes") + " – StepIn",
        _rows(sessions),
        title=_title,
        address=lambda row: reverse("learners:me"),
    )


def teaching_calendar(person: User, *, now: datetime) -> bytes:
    def title(row: Row) -> str:
        name = row.session.cohort.name
        return f"{name}: {row.module.title}" if row.module else name

    def address(row: Row) -> str:
        return reverse("classrooms:board", args=[row.session.pk])

    sessions = _lately(Session.objects.led_by(person), now)
    return _calendar(_("Classes I lead") + " – StepIn", _rows(sessions), title=title, address=address)


def _lately(rows: QuerySet[Session], now: datetime) -> list[Session]:
    rows = rows.filter(ends_at__gt=now - KEPT, cohort__ended_at=None).select_related(*agenda.SHOWN)
    return list(rows.order_by("starts_at", "pk")[:MOST])


def _rows(sessions: list[Session]) -> list[Row]:
    return agenda.with_modules(sessions, get_language() or settings.LANGUAGE_CODE)


def _title(row: Row) -> str:
    return _("Class: %(module)s") % {"module": row.module.title} if row.module else _("Class")


def _calendar(
    name: str, rows: Iterable[Row], *, title: Callable[[Row], str], address: Callable[[Row], str]
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//StepIn//Classes//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    # Older programs read these two and not the standard's own.
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN).to_ical().decode())
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(_brussels())
    for row in rows:
        calendar.add_component(_event(row, title(row), settings.BASE_URL + address(row)))
    return calendar.to_ical()


def _event(row: Row, title: str, url: str) -> Event:
    session = row.session
    assert session.starts_at
    assert session.ends_at
    event = Event()
    event.add("uid", f"session-{session.pk}@{urlsplit(settings.BASE_URL).hostname}")
    # Without a METHOD both say when the plan last changed (RFC 5545, 3.8.7.2).
    event.add("dtstamp", session.plan_changed_at.astimezone(UTC))
    event.add("last-modified", session.plan_changed_at.astimezone(UTC))
    event.add("sequence", session.plan_version)
    event.add("dtstart", session.starts_at.astimezone(BRUSSELS))
    event.add("dtend", session.ends_at.astimezone(BRUSSELS))
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    # Many programs do not show the status.
    event.add("summary", _("Called off: %(title)s") % {"title": title} if session.cancelled_at else title)
    if place := session.place:
        event.add("location", ", ".join(filter(None, (place.name, place.address, place.town))))
    event.add("description", "\n".join(_facts(session)))
    event.add("url", url)
    return event


def _facts(session: Session) -> list[str]:
    """In words, one fact a line: what the agenda shows beside time and place."""
    names = dict(settings.LANGUAGES)
    facts = [session.place.access] if session.place and session.place.access else []
    if spoken := [names[code] for code in session.spoken if code in names]:
        facts.append(_("Languages") + ": " + " · ".join(spoken))
    if children := session.childcare_places:
        facts.append(
            ngettext("Childcare: %(n)s place", "Childcare: %(n)s places", children) % {"n": children}
        )
    if session.is_women_only:
        facts.append(_("For women only"))
    if session.is_school_hours:
        facts.append(_("During school hours"))
    organisation = session.cohort.organisation
    # The number alone: words around it may name somebody.
    return [*facts, organisation.name, *(line.number for line in organisation.phone_lines)]


def _brussels() -> Timezone:
    """The rule of the European Union since 1996."""
    zone = Timezone()
    zone.add("tzid", str(BRUSSELS))
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    one, two = timedelta(hours=1), timedelta(hours=2)
    for season, name, month, begins, before, after in (
        (summer, "CEST", 3, datetime(1996, 3, 31, 2), one, two),  # noqa: DTZ001  by the clock before the change
        (winter, "CET", 10, datetime(1996, 10, 27, 3), two, one),  # noqa: DTZ001
    ):
        season.add("tzname", name)
        season.add("dtstart", begins)
        season.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        season.add("tzoffsetfrom", before)
        season.add("tzoffsetto", after)
        zone.add_component(season)
    return zone
