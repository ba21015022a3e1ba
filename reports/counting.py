"""Counts rows in the database: one statement a count, whatever the number of people, groups and months."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection

from reports.enums import By
from reports.periods import A_YEAR, Period, starts_at
from reports.sources import Source

# (organisation, group); the group of a total is None.
Place = tuple[int, str | None]
# (first month, last month)
Span = tuple[int, int]
# How many between two ends of months: of a year, (from, up to) as numbers from 0 to 12.
Line = Callable[[int, int], int]
# Months, quarters, years.
CALENDAR = (1, 3, A_YEAR)
# As many months as the bits of one number hold.
BITS = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many in each span that was counted. People who come in two months are one person: they do not `adds_up`."""

    adds_up: bool
    spans: dict[Span, int] = field(default_factory=dict)

    def over(self, period: Period) -> int:
        if self.adds_up:
            return sum(self.spans.get((month, month), 0) for month in period)
        return self.spans.get((period.first, period.last), 0)

    def within(self, year: int) -> Line:
        """At least how many in the months of that year from one up to another, the second not included; 0 only when
        there is nobody.

        Never by the period that is asked about: what one question shows must not depend on it.
        """
        january = year * A_YEAR
        counts = [self.spans.get((month, month), 0) for month in range(january, january + A_YEAR)]
        if not any(counts):
            return _nobody
        if self.adds_up:
            until = [0, *accumulate(counts)]
            return lambda start, end: until[end] - until[start]
        most = [[0] * (A_YEAR + 1) for _ in range(A_YEAR + 1)]
        for start, end, n in self._reaches(january, counts):
            most[start][end] = max(n, most[start][end])
        for length in range(2, A_YEAR + 1):
            for start in range(A_YEAR + 1 - length):
                end = start + length
                most[start][end] = max(most[start][end], most[start + 1][end], most[start][end - 1])
        return lambda start, end: most[start][end]

    def _reaches(self, january: int, counts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        """Of each month, quarter and year: from where to where in it there was anybody, and how many."""
        for length in CALENDAR:
            for start in range(0, A_YEAR, length):
                somebody = [month for month in range(start, start + length) if counts[month]]
                if somebody:
                    n = self.spans.get((january + start, january + start + length - 1), 0)
                    yield somebody[0], somebody[-1] + 1, n


def _nobody(start: int, end: int) -> int:
    return 0


def spans_of(periods: Iterable[Period]) -> list[Span]:
    """Every month, quarter and year of the years that the periods touch, and the periods."""
    years = sorted({year for period in periods for year, _from, _to in period.parts()})
    found = {
        (first, first + length - 1)
        for year in years
        for length in CALENDAR
        for first in range(year * A_YEAR, (year + 1) * A_YEAR, length)
    }
    return sorted(found | {(one.first, one.last) for one in periods})


def count(
    sources: Sequence[Source],
    spans: Sequence[Span],
    *,
    organisations: Sequence[int],
    by: By,
    adds_up: bool,
    now: datetime,
) -> dict[Place, Tally]:
    """The groups and the totals. Added up month by month, or each different one counted once within each span."""
    rows = partial(_Rows, sources, spans=spans, organisations=organisations, now=now)
    if not adds_up:
        return _each_once(rows(by=by), spans)
    if by == By.KIND:  # a class of two kinds stands in two of its rows
        return _added_up(rows(by=by), has_total=False) | _added_up(rows(by=By.NOTHING))
    return _added_up(rows(by=by))


class _Rows:
    """`sql`: columns of_organisation, of_group, month, counted; with its `params`."""

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        spans: Sequence[Span],
        organisations: Sequence[int],
        by: By,
        now: datetime,
    ) -> None:
        self.is_grouped = by not in (By.NOTHING, By.MONTH)
        self.first, last = spans[0][0], max(last for _first, last in spans)
        bounds = [starts_at(month) for month in range(self.first, last + 2)]
        some, *others = [
            rows.filter(of_organisation__in=organisations, moment__gte=bounds[0], moment__lt=bounds[-1])
            for source in sources
            for rows in source.querysets(by, now)
        ]
        rows, params = (some.union(*others, all=True) if others else some).query.sql_with_params()
        month, its_params = _month(bounds[1:-1], self.first)
        self.sql = f"SELECT of_organisation, of_group, {month} AS month, counted FROM ({rows}) counted_rows"  # noqa: S608  (only place holders are put in)
        self.params = [*its_params, *params]


def _month(bounds: Sequence[datetime], first: int) -> tuple[str, list[Any]]:
    """The month of a moment: as many of the bounds are past as it comes after the first."""
    if not bounds:
        return f"{first}", []
    if connection.vendor == "postgresql":
        return f"width_bucket(moment, %s::timestamptz[]) + {first}", [list(bounds)]
    cases = " ".join(f"WHEN moment < %s THEN {first + n}" for n in range(len(bounds)))
    adapted = [connection.ops.adapt_datetimefield_value(bound) for bound in bounds]
    return f"CASE {cases} ELSE {first + len(bounds)} END", adapted


def _added_up(rows: _Rows, *, has_total: bool = True) -> dict[Place, Tally]:
    found: dict[Place, Tally] = {}
    for organisation, group, month, number in _fetched(
        f"SELECT of_organisation, of_group, month, SUM(counted) FROM ({rows.sql}) dated GROUP BY 1, 2, 3",  # noqa: S608
        rows.params,
    ):
        groups = [_named(group)] if rows.is_grouped else []
        for one in [*groups, None] if has_total else groups:
            spans = found.setdefault((organisation, one), Tally(adds_up=True)).spans
            spans[month, month] = spans.get((month, month), 0) + int(number or 0)
    return found


def _each_once(rows: _Rows, spans: Sequence[Span]) -> dict[Place, Tally]:
    """First the months of each person, as the bits of a number, then how many have any month of a span: to count them
    anew for each span would sort all rows as often."""
    masks = _Masks(rows.first, max(last for _first, last in spans))
    numbers = ", ".join(f"COUNT(CASE WHEN {masks.within(span)} THEN 1 END)" for span in spans)
    groups = f"""
        SELECT 0, of_organisation, of_group, {numbers}
        FROM (SELECT of_organisation, of_group, {masks.columns} FROM seen GROUP BY of_organisation, of_group, counted) hers
        GROUP BY of_organisation, of_group UNION ALL"""  # noqa: S608
    sql = f"""
        WITH seen AS (SELECT DISTINCT of_organisation, of_group, counted, month FROM ({rows.sql}) dated WHERE counted IS NOT NULL)
        {groups if rows.is_grouped else ""}
        SELECT 1, of_organisation, NULL, {numbers}
        FROM (
            SELECT of_organisation, {masks.columns}
            FROM (SELECT DISTINCT of_organisation, counted, month FROM seen) in_any_group GROUP BY of_organisation, counted
        ) hers
        GROUP BY of_organisation"""  # noqa: S608
    found: dict[Place, Tally] = {}
    for is_total, organisation, group, *counted in _fetched(sql, rows.params):
        tally = found.setdefault((organisation, None if is_total else _named(group)), Tally(adds_up=False))
        for span, number in zip(spans, counted, strict=True):
            # What is NULL and what is empty are one group.
            tally.spans[span] = tally.spans.get(span, 0) + number
    return found


class _Masks:
    """Months as bits: of one number, or of several where a question is about many years."""

    def __init__(self, first: int, last: int) -> None:
        ends = [*range(first, last + 1, BITS), last + 1]
        self._parts = list(enumerate(pairwise(ends)))
        self.columns = ", ".join(
            f"CAST(SUM(CASE WHEN month >= {start} AND month < {end} THEN CAST(1 AS bigint) << CAST(month - {start} AS integer) ELSE 0 END) AS bigint) AS mask{n}"
            for n, (start, end) in self._parts
        )

    def within(self, span: Span) -> str:
        """True of who has any month of it."""
        first, last = span
        return " OR ".join(
            f"(mask{n} & {(1 << min(last + 1, end) - start) - (1 << max(first, start) - start)}) <> 0"
            for n, (start, end) in self._parts
            if first < end and last >= start
        )


def _fetched(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _named(group: Any) -> str:
    return "" if group is None else str(group)
