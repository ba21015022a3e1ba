"""Whole months by the calendar of Brussels. A month is one number, counted from the year 0: year * 12 + month - 1."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reminders.clock import BRUSSELS
from reports.enums import Preset

A_YEAR = 12
YEARS = range(2000, 2100)


def month_of(moment: datetime) -> int:
    here = moment.astimezone(BRUSSELS)
    return here.year * A_YEAR + here.month - 1


def first_day(month: int) -> date:
    return date(month // A_YEAR, month % A_YEAR + 1, 1)


def starts_at(month: int) -> datetime:
    day = first_day(month)
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)


def read_month(text: str) -> int:
    """Of 2026-11. Raises ValueError."""
    moment = datetime.strptime(text.strip(), "%Y-%m").replace(tzinfo=BRUSSELS)
    if moment.year not in YEARS:
        raise ValueError(f"{text} is in no year of ours")
    return moment.year * A_YEAR + moment.month - 1


def write_month(month: int) -> str:
    return f"{first_day(month):%Y-%m}"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first month to the last, both included."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    @property
    def before(self) -> "Period":
        """As long, and just before it."""
        return Period(self.first - len(self), self.first - 1)

    @property
    def last_month(self) -> date:
        return first_day(self.last)

    @property
    def first_month(self) -> date:
        return first_day(self.first)

    def parts(self) -> Iterator[tuple[int, int, int]]:
        """(year, from, to) for each calendar year it touches: `from` and `to` are how many months of it are over then."""
        for year in range(self.first // A_YEAR, self.last // A_YEAR + 1):
            begin = year * A_YEAR
            yield year, max(self.first, begin) - begin, min(self.last + 1, begin + A_YEAR) - begin


def preset(chosen: str, now: datetime, *, earliest: Callable[[], int]) -> Period:
    """`earliest` looks up the first month of which anything is known."""
    month = month_of(now)
    if chosen == Preset.ALL:
        return Period(min(earliest(), month), month)
    first = {
        Preset.LAST_MONTH: month - 1,
        Preset.THIS_QUARTER: month - month % 3,
        Preset.THIS_YEAR: month - month % A_YEAR,
    }.get(Preset(chosen), month)
    return Period(first, first if chosen == Preset.LAST_MONTH else month)
