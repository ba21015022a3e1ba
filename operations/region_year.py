"""The year of the made-up region: when cohorts start, when they meet, and when people learn alone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from classrooms.planning import public_holiday, span
from reminders.clock import BRUSSELS

# How many cohorts start in a month, beside the others: after the summer and after New Year most, in summer hardly any.
STARTS = {1: 14, 2: 12, 3: 11, 4: 8, 5: 7, 6: 3, 7: 1, 8: 2, 9: 16, 10: 13, 11: 10, 12: 4}
SUMMER = (7, 8)
# Weeks without school in every year, roughly: the table of school holidays begins only where this code does.
FREE_WEEKS = {1, 9, 15, 16, 44, 52, 53}
A_YEAR = timedelta(days=364)
TO_COME = timedelta(weeks=3)
FEWEST_MEETINGS, MOST_MEETINGS = 5, 9


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the week (`weekday` 0 is Monday), and what people of each community call it."""

    weekday: int
    begins: time
    ends: time
    is_school_hours: bool
    names: dict[str, str]


PARTS_OF_DAY = [
    (time(9), time(11), True, {"nl": "voormiddag", "fr": "matin", "de": "Vormittag"}),
    (time(13), time(15), True, {"nl": "namiddag", "fr": "après-midi", "de": "Nachmittag"}),
    (time(18, 30), time(20, 30), False, {"nl": "avond", "fr": "soir", "de": "Abend"}),
]
WEEKDAYS = [
    {"nl": "Maandag", "fr": "Lundi", "de": "Montag"},
    {"nl": "Dinsdag", "fr": "Mardi", "de": "Dienstag"},
    {"nl": "Woensdag", "fr": "Mercredi", "de": "Mittwoch"},
    {"nl": "Donderdag", "fr": "Jeudi", "de": "Donnerstag"},
    {"nl": "Vrijdag", "fr": "Vendredi", "de": "Freitag"},
]
SLOTS = [
    Slot(weekday, begins, ends, is_school, {code: f"{day[code]} {name}" for code, name in names.items()})
    for weekday, day in enumerate(WEEKDAYS)
    for begins, ends, is_school, names in PARTS_OF_DAY
]


def end_of_clock(until: date) -> datetime:
    """The night before `until` begins: all that happened, happened before."""
    return datetime.combine(until, time(0), tzinfo=BRUSSELS).astimezone(UTC)


def is_free(day: date) -> bool:
    """No school, so no class."""
    return day.month in SUMMER or day.isocalendar().week in FREE_WEEKS or bool(public_holiday(day))


def starts(rng: Random, cohorts: int, until: date) -> list[date]:
    """Mondays of the weeks in which they start, in order, over a year and the weeks to come."""
    monday = until - timedelta(days=until.weekday())
    weeks = [monday + TO_COME - timedelta(weeks=n) for n in range((A_YEAR + TO_COME) // timedelta(weeks=1))]
    weights = [STARTS[week.month] * (0.1 if is_free(week) else 1.0) for week in weeks]
    return sorted(rng.choices(weeks, weights, k=cohorts))


def meetings(rng: Random, monday: date, slot: Slot) -> list[tuple[datetime, datetime]]:
    """Weekly, in UTC, and not in free weeks; the few cohorts that start in summer do meet in summer."""
    wanted = rng.randint(FEWEST_MEETINGS, MOST_MEETINGS)
    day = monday + timedelta(days=slot.weekday)
    in_summer = monday.month in SUMMER
    days: list[date] = []
    while len(days) < wanted:
        if not (public_holiday(day) if in_summer else is_free(day)):
            days.append(day)
        day += timedelta(weeks=1)
    return [
        (begins.astimezone(UTC), ends.astimezone(UTC))
        for begins, ends in (span(day, slot.begins, slot.ends) for day in days)
    ]
