"""The classes that everybody may read about: of the next weeks, in one language, without anybody's name."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, ExtractHour, ExtractIsoWeekDay

from classrooms.enums import DayPart
from classrooms.models import Session
from courses import library
from courses.library import Entry
from reminders.clock import BRUSSELS

HORIZON = timedelta(weeks=8)
MOST = 200
SHOWN = ("place", "cohort__organisation")
# From this hour on, up to the other, by the clock in Brussels.
HOURS = {DayPart.MORNING: (0, 12), DayPart.AFTERNOON: (12, 17), DayPart.EVENING: (17, 24)}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reader looks for; empty wishes leave nothing out. `weekday` is 1 (Monday) to 7."""

    town: str = ""
    spoken: str = ""
    weekday: int | None = None
    day_part: str = ""
    childcare: bool = False
    women: bool = False

    def __bool__(self) -> bool:
        return self != Wishes()


@dataclass(frozen=True, slots=True)
class Row:
    """A class, and its module in the nearest language there is."""

    session: Session
    module: Entry | None

    @property
    def day(self) -> date:
        assert self.session.starts_at
        return self.session.starts_at.astimezone(BRUSSELS).date()


def public_sessions() -> QuerySet[Session]:
    rows = Session.objects.filter(is_public=True, starts_at__isnull=False, cohort__ended_at=None)
    return rows.select_related(*SHOWN)


def upcoming(wishes: Wishes, *, now: datetime) -> list[Session]:
    """At most MOST, the soonest first; called-off ones too, so that who comes reads it."""
    rows = _soon(now).select_related(*SHOWN)
    if wishes.town:
        rows = rows.filter(place__town__iexact=wishes.town)
    if wishes.spoken:
        space = Value(" ")
        spoken = Concat(space, "languages", space, "mediator_language", space)
        rows = rows.annotate(spoken_there=spoken).filter(spoken_there__contains=f" {wishes.spoken} ")
    if wishes.weekday:
        rows = rows.annotate(weekday=ExtractIsoWeekDay("starts_at", tzinfo=BRUSSELS)).filter(
            weekday=wishes.weekday
        )
    if wishes.day_part:
        begins, ends = HOURS[DayPart(wishes.day_part)]
        rows = rows.annotate(hour=ExtractHour("starts_at", tzinfo=BRUSSELS))
        rows = rows.filter(hour__gte=begins, hour__lt=ends)
    if wishes.childcare:
        rows = rows.filter(childcare_places__gt=0)
    if wishes.women:
        rows = rows.filter(is_women_only=True)
    return list(rows[:MOST])


def towns(*, now: datetime) -> list[str]:
    """Where something is on, each once, however it was capitalised."""
    found = _soon(now).exclude(place=None).order_by("place__town").values_list("place__town", flat=True)
    return list({town.casefold(): town for town in found.distinct()}.values())


def is_anything_on(*, now: datetime) -> bool:
    return _soon(now).filter(cancelled_at=None).exists()


def with_modules(sessions: list[Session], language: str) -> list[Row]:
    modules = {entry.row.pk: entry for entry in library.modules(language)} if sessions else {}
    return [Row(session, modules.get(session.module_id)) for session in sessions]


def _soon(now: datetime) -> QuerySet[Session]:
    rows = Session.objects.on_agenda(since=now)
    return rows.filter(starts_at__lt=now + HORIZON, cohort__ended_at=None)
