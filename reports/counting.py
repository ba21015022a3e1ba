"""Counts rows in the database: one statement a count, whatever the number of people, groups and months."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db import connection

from reports.enums import By
from reports.periods import A_YEAR, Period, starts_at
from reports.sources import Source

# (organisation, group); the group of a total is "".
Place = tuple[int, str]
# (first month, last month)
Span = tuple[int, int]
# How many between two ends of months: of a year, (from, up to) as numbers from 0 to 12.
Line = Callable[[int, int], int]
# Months, quarters, years.
CALENDAR = (1, 3, A_YEAR)
WITHIN = "moment >= %s AND moment < %s"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many in each span that was counted. People who come in two months are one person: they do not `adds_up`."""

    adds_up: bool
    spans: dict[Span, int] = field(default_factory=dict)

    def over(self, period: Period) -> int:
        if self.adds_up:
            return sum(self.spans.get((month, month), 0) for month in period)
        return self.spans.get((period.first, period.last), 0)

    def within(self, year: int) -> "Line":
        """At least how many in the months of that year from one up to another, the second not included; 0 only when
        there is nobody.

        Never by the period that is asked about: what one question shows must not depend on it.
        """
        january = year * A_YEAR
        if self.adds_up:
            months = (self.spans.get((month, month), 0) for month in range(january, january + A_YEAR))
            until = [0, *accumulate(months)]
            return lambda start, end: until[end] - until[start]
        reaches = [
            reach
            for span, n in self.spans.items()
            if n and _is_of_calendar(span) and january <= span[0] < january + A_YEAR
            if (reach := self._reach(span, january, n))
        ]
        return lambda start, end: max(
            (n for first, last, n in reaches if start <= first and last < end), default=0
        )

    def _reach(self, span: Span, january: int, n: int) -> tuple[int, int, int] | None:
        """The first and the last month of the span in which there was anybody, and how many there were in it."""
        months = [month - january for month in range(span[0], span[1] + 1) if self.spans.get((month, month))]
        return (months[0], months[-1], n) if months else None


def _is_of_calendar(span: Span) -> bool:
    length = span[1] - span[0] + 1
    return length in CALENDAR and span[0] % length == 0


def spans_of(periods: Iterable[Period], *, adds_up: bool) -> list[Span]:
    """Every month of the years that the periods touch; of people also the quarters, the years and the periods."""
    years = sorted({year for period in periods for year, _from, _to in period.parts()})
    lengths = CALENDAR[:1] if adds_up else CALENDAR
    found = {
        (first, first + length - 1)
        for year in years
        for length in lengths
        for first in range(year * A_YEAR, (year + 1) * A_YEAR, length)
    }
    return sorted(found if adds_up else found | {(one.first, one.last) for one in periods})


def count(
    sources: Sequence[Source],
    spans: Sequence[Span],
    *,
    organisations: Sequence[int],
    by: By,
    adds_up: bool,
    now: datetime,
) -> dict[Place, Tally]:
    """Added up, or each different one counted once, within each span."""
    since, until = starts_at(spans[0][0]), starts_at(max(last for _first, last in spans) + 1)
    some, *others = [
        rows.filter(of_organisation__in=organisations, moment__gte=since, moment__lt=until)
        for source in sources
        for rows in source.querysets(by, now)
    ]
    rows, params = (some.union(*others, all=True) if others else some).query.sql_with_params()
    sql, months = (_added_up if adds_up else _each_once)(rows, spans)
    bounds = [_adapted(starts_at(month + n)) for month in months for n in (0, 1)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*bounds, *params])
        return _tallies(cursor.fetchall(), spans, adds_up=adds_up)


def _added_up(rows: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """The statement, and the months whose bounds it asks for. Of what adds up the spans are single months."""
    columns = [f"COALESCE(SUM(CASE WHEN {WITHIN} THEN counted END), 0)" for _month in spans]
    sql = f"SELECT of_organisation, of_group, {', '.join(columns)} FROM ({rows}) counted_rows GROUP BY 1, 2"  # noqa: S608  (only place holders are put in)
    return sql, [first for first, _last in spans]


def _each_once(rows: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """First the months of each person, then how many have any month of a span: COUNT(DISTINCT …) would sort all rows
    once a span."""
    months = sorted({month for first, last in spans for month in range(first, last + 1)})
    theirs = ", ".join(f"MAX(CASE WHEN {WITHIN} THEN 1 ELSE 0 END) AS m{month}" for month in months)
    people = f"SELECT of_organisation, of_group, {theirs} FROM ({rows}) counted_rows WHERE counted IS NOT NULL GROUP BY 1, 2, counted"  # noqa: S608
    columns = [
        f"COUNT(CASE WHEN {' + '.join(f'm{month}' for month in range(first, last + 1))} > 0 THEN 1 END)"
        for first, last in spans
    ]
    sql = f"SELECT of_organisation, of_group, {', '.join(columns)} FROM ({people}) people GROUP BY 1, 2"  # noqa: S608
    return sql, months


def _tallies(rows: list[tuple[Any, ...]], spans: Sequence[Span], *, adds_up: bool) -> dict[Place, Tally]:
    found: dict[Place, Tally] = {}
    for organisation, group, *numbers in rows:
        place = (organisation, "" if group is None else str(group))
        tally = found.setdefault(place, Tally(adds_up))
        for span, number in zip(spans, numbers, strict=True):
            # What is NULL and what is empty are one group.
            tally.spans[span] = tally.spans.get(span, 0) + int(number)
    return found


def _adapted(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
