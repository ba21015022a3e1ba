"""When a cohort meets: one session or a series, by the clock on the wall in Brussels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from classrooms.actions import new_session_code
from classrooms.models import Place, SchoolHoliday, Session
from courses.models import Lesson
from learners.models import Cohort
from people.models import User
from reminders.clock import BRUSSELS

# A school year of weekly classes, and some.
MOST_DAYS = 60
A_DAY = timedelta(days=1)
# Fields that the sessions of a series share.
SHARED = (
    "place", "trainer", "mediator", "mediator_language", "mediator_minutes", "module", "languages", "seats",
    "childcare_places", "is_women_only", "is_school_hours", "is_public",
)  # fmt: skip


class NoSuchTime(ValueError):
    """The clock jumps over it, in the night when summer time begins."""


class AlreadyPlanned(ValueError):
    """A series meets once at a time, and another class of it has that one."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which a series would meet; `why_not` names the holiday it falls in."""

    day: date
    why_not: str = ""


def moment(day: date, clock: time) -> datetime:
    """That time on the wall in Brussels; the first of the two in the night when summer time ends."""
    found = datetime.combine(day, clock, tzinfo=BRUSSELS)
    if found.astimezone(UTC).astimezone(BRUSSELS).time() != clock:
        raise NoSuchTime(f"{day} {clock}")
    return found


def span(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """(start, end); an end that is not after the start is the next day's. Raises NoSuchTime."""
    return moment(day, begins), moment(day + timedelta(days=ends <= begins), ends)


def days_of(first: date, *, weeks: int, until: date, community: str = "") -> list[Day]:
    """The same weekday every so many `weeks`, at most MOST_DAYS times; holidays of Belgium and of that community's
    schools say so."""
    days = []
    day = first
    school = list(
        SchoolHoliday.objects.filter(community=community, last_day__gte=first, first_day__lte=until)
    )
    while day <= until and len(days) < MOST_DAYS:
        closed = next((one.name for one in school if one.first_day <= day <= one.last_day), "")
        days.append(Day(day, public_holiday(day) or closed))
        day += timedelta(weeks=weeks)
    return days


def public_holiday(day: date) -> str:
    """Its name in the reader's language where that is one of Belgium's, else ""."""
    return _public_holidays(day.year, _calendar_language()).get(day, "")


def _calendar_language() -> str:
    language = get_language() or ""
    return language if language in ("de", "fr", "nl") else "en_US"


@lru_cache(maxsize=16)
def _public_holidays(year: int, language: str) -> dict[date, str]:
    import holidays  # a quarter of a second, and only who plans a class needs it

    return dict(holidays.country_holidays("BE", years=year, language=language))


@transaction.atomic
def plan(
    cohort: Cohort,
    spans: Iterable[tuple[datetime, datetime]],
    *,
    series: UUID,
    lessons: Iterable[Lesson],
    **shared: Any,
) -> list[Session]:
    """A session for each (start, end). `series` makes it happen once: what it has planned already stays as it is."""
    made = []
    for starts_at, ends_at in spans:
        session, is_new = Session.objects.get_or_create(
            series=series,
            starts_at=starts_at,
            defaults={"cohort": cohort, "ends_at": ends_at, "code": new_session_code(), **shared},
        )
        if is_new:
            session.lessons.set(lessons)
        made.append(session)
    return made


def later_in_series(session: Session) -> list[Session]:
    """This one, and those after it that were neither opened nor cancelled."""
    if session.series is None or session.starts_at is None:
        return [session]
    rows = Session.objects.yet_to_open().filter(series=session.series, starts_at__gt=session.starts_at)
    return [session, *rows.order_by("starts_at", "pk")]


@transaction.atomic
def change(
    session: Session,
    day: date,
    begins: time,
    ends: time,
    *,
    and_later: bool,
    lessons: Iterable[Lesson],
    **shared: Any,
) -> list[Session]:
    """Move and change this session; the later ones of its series keep their days. What was opened or called off
    meanwhile stays. Raises NoSuchTime, and AlreadyPlanned."""
    chosen = [one.pk for one in (later_in_series(session) if and_later else [session])]
    rows = Session.objects.yet_to_open().filter(pk__in=chosen, starts_at__isnull=False)
    changed = list(rows.select_for_update(no_key=True).order_by("starts_at", "pk"))
    for one in changed:
        assert one.starts_at
        that_day = day if one == session else one.starts_at.astimezone(BRUSSELS).date()
        one.starts_at, one.ends_at = span(that_day, begins, ends)
    _refuse_doubles(session.series, changed)
    for one in changed:
        for name, value in shared.items():
            setattr(one, name, value)
        one.plan_version += 1
        one.plan_changed_at = timezone.now()
        one.save(update_fields=["starts_at", "ends_at", "plan_version", "plan_changed_at", *shared])
        one.lessons.set(lessons)
    return changed


def _refuse_doubles(series: UUID | None, changed: list[Session]) -> None:
    starts = {one.starts_at for one in changed}
    others = Session.objects.filter(series=series, starts_at__in=starts).exclude(
        pk__in=[one.pk for one in changed]
    )
    if len(starts) < len(changed) or (series and others.exists()):
        raise AlreadyPlanned


@transaction.atomic
def cancel(session: Session, *, and_later: bool, now: datetime) -> int:
    """How many do not take place now. What was opened was held, and stays."""
    chosen = later_in_series(session) if and_later else [session]
    rows = Session.objects.yet_to_open().filter(pk__in=[one.pk for one in chosen])
    return rows.update(cancelled_at=now, plan_version=F("plan_version") + 1, plan_changed_at=now)


def clashes(session: Session) -> list[str]:
    """In words: what else wants the same room, trainer or mediator at that time, and a holiday on that day.

    People work for several organisations: which cohort they are booked for is said of this one's only.
    """
    told = []
    if session.starts_at and (holiday := public_holiday(session.starts_at.astimezone(BRUSSELS).date())):
        told.append(
            _("%(day)s is a public holiday: %(name)s.")
            % {"day": _spelled(session.starts_at), "name": holiday}
        )
    others = Session.objects.filter(
        starts_at__lt=session.ends_at, ends_at__gt=session.starts_at, cancelled_at=None
    ).exclude(pk=session.pk)
    for field in ("place", "trainer", "mediator"):
        if shared := getattr(session, field):
            cohorts = Cohort.objects.filter(sessions__in=others.filter(**{field: shared}))
            told += _taken(shared, cohorts, session)
    return told


def _taken(shared: Place | User, cohorts: QuerySet[Cohort], session: Session) -> list[str]:
    known = {"who": shared, "day": _spelled(session.starts_at)}
    if ours := cohorts.filter(organisation=session.cohort.organisation_id).order_by("pk").first():
        return [_("%(who)s is also in “%(cohort)s” at that time, %(day)s.") % (known | {"cohort": ours})]
    return [_("%(who)s is not free at that time, %(day)s.") % known] if cohorts.exists() else []


def _spelled(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATE_FORMAT") if moment else ""
