"""Counts in the database: one statement for all that is counted of the same rows, whatever the number of people, groups
and months."""
# ruff: noqa: S608 (only numbers of ours and place holders are put in)

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from reports.counts import Count
from reports.enums import By
from reports.periods import A_YEAR, Period, starts_at

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
# As many numbers as one statement makes for a group: the text of a larger one would take longer than another scan.
NUMBERS = 1000
# What a line of an answer is about.
SUMS, GROUPS, TOTAL = range(3)


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
        if not self.spans:
            return _nobody
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
        for start in range(A_YEAR - 1, -1, -1):
            since, later, n = most[start], most[start + 1], 0
            for end in range(start + 1, A_YEAR + 1):
                n = since[end] = max(n, since[end], later[end])
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
    counts: Iterable[Count], spans: Sequence[Span], *, organisations: Sequence[int], by: By, now: datetime
) -> dict[str, dict[Place, Tally]]:
    """The groups and the totals of each count, by its id: added up month by month, or each person once within each
    span. What is counted of the same rows is counted in one statement, as far as there is room; by kind of class the
    totals are another one."""
    found: dict[str, dict[Place, Tally]] = {}
    for some in _together(counts, len(spans)):
        statement = partial(_Statement, spans=spans, organisations=organisations, now=now)
        found |= statement(some, by=by).tallies()
        sums = [one for one in some if not one.once]
        if by == By.KIND and sums:
            # A class of two kinds stands in two of its rows: they do not make the total.
            for id_, tallies in statement(sums, by=By.NOTHING).tallies().items():
                found[id_] = {
                    place: tally for place, tally in found[id_].items() if place[1] is not None
                } | tallies
    return found


def _together(counts: Iterable[Count], spans: int) -> Iterator[list[Count]]:
    """Those of the same rows, as far as there is room for their numbers. What is of several bases is alone."""
    by_base: dict[Any, list[Count]] = {}
    for one in counts:
        by_base.setdefault(one.sources[0].base if len(one.sources) == 1 else one, []).append(one)
    room = max(1, NUMBERS // spans)
    for some in by_base.values():
        sums, people = [one for one in some if not one.once], [one for one in some if one.once]
        for n in range(0, max(1, len(people)), room):
            yield [*(sums if n == 0 else []), *people[n : n + room]]


class _Statement:
    """Counts of the same rows, each with a column in them: how much, or whether the person is one of them."""

    def __init__(
        self,
        counts: Sequence[Count],
        *,
        spans: Sequence[Span],
        organisations: Sequence[int],
        by: By,
        now: datetime,
    ) -> None:
        self._counts, self._spans, self._by = counts, spans, by
        self._first, self._last = spans[0][0], max(last for _first, last in spans)
        self._sums = [n for n, one in enumerate(counts) if not one.once]
        self._people = [n for n, one in enumerate(counts) if one.once]
        self._is_grouped = by not in (By.NOTHING, By.MONTH)
        self._rows, self._params = self._facts(organisations, now)

    def tallies(self) -> dict[str, dict[Place, Tally]]:
        found: dict[str, dict[Place, Tally]] = {one.id: {} for one in self._counts}
        with connection.cursor() as cursor:
            cursor.execute(self._sql(), self._params)
            for what, organisation, group, month, listed in cursor.fetchall():
                place = (organisation, None if what == TOTAL else "" if group is None else str(group))
                numbers = [int(number) for number in listed.split(",")]
                if what == SUMS:
                    self._take_sums(found, place, month, numbers)
                else:
                    self._take_people(found, place, numbers)
        return found

    def _take_sums(
        self, found: dict[str, dict[Place, Tally]], place: Place, month: int, numbers: Sequence[int]
    ) -> None:
        places = [place, (place[0], None)] if self._is_grouped else [(place[0], None)]
        for n, number in zip(self._sums, numbers, strict=True):
            if number:
                for one in places:
                    spans = found[self._counts[n].id].setdefault(one, Tally(adds_up=True)).spans
                    spans[month, month] = spans.get((month, month), 0) + number

    def _take_people(
        self, found: dict[str, dict[Place, Tally]], place: Place, numbers: Sequence[int]
    ) -> None:
        for n, row in zip(self._people, _batched(numbers, len(self._spans)), strict=True):
            if any(row):
                spans = found[self._counts[n].id].setdefault(place, Tally(adds_up=False)).spans
                for span, number in zip(self._spans, row, strict=True):
                    # What is NULL and what is empty are one group.
                    spans[span] = spans.get(span, 0) + number

    def _facts(self, organisations: Sequence[int], now: datetime) -> tuple[str, list[Any]]:
        bounds = [starts_at(month) for month in range(self._first, self._last + 2)]
        names = [f"c{n}" for n in range(len(self._counts))]
        some, *others = [
            rows.filter(of_organisation__in=organisations, moment__gte=bounds[0], moment__lt=bounds[-1])
            .annotate(**dict(zip(names, columns, strict=True)))
            .values_list("of_organisation", "of_group", "moment", "whose", *names)
            for querysets, columns in self._sources(now)
            for rows in querysets
        ]
        rows, params = (some.union(*others, all=True) if others else some).query.sql_with_params()
        month, its_params = _month(bounds[1:-1], self._first)
        columns = ", ".join(
            f"{'MAX' if n in self._people else 'SUM'}(c{n}) AS c{n}" for n in range(len(names))
        )
        # No key that is the same in all rows: the database would sort by it.
        group, its_key = ("of_group", ", of_group") if self._is_grouped else ("NULL", "")
        whose, her_key = ("whose", ", whose") if self._people else ("NULL", "")
        sql = f"SELECT of_organisation, {group} AS of_group, {month} AS month, {whose} AS whose, {columns} FROM ({rows}) counted_rows GROUP BY of_organisation{its_key}, 3{her_key}"
        return sql, [*its_params, *params]

    def _sources(self, now: datetime) -> Iterator[tuple[list[QuerySet], list[Any]]]:
        if len(self._counts[0].sources) > 1:  # then there is no other
            for source in self._counts[0].sources:
                yield source.querysets(self._by, now), [source.counted]
        else:
            sources = [one.sources[0] for one in self._counts]
            yield sources[0].base.querysets(self._by, now), [source.column(now) for source in sources]

    def _sql(self) -> str:
        """Of people first the months of each, as the bits of a number, then how many have any month of a span: to count
        them anew for each span would sort all rows as often."""
        parts = []
        if self._sums:
            sums = [f"COALESCE(SUM(c{n}), 0)" for n in self._sums]
            parts.append(
                f"SELECT {SUMS}, of_organisation, of_group, month, {_listed(sums)} FROM facts GROUP BY of_organisation, of_group, month"
            )
        if self._people:
            masks = _Masks(self._first, self._last)
            bits = ", ".join(masks.columns(f"c{n}") for n in self._people)
            numbers = [
                f"COUNT(CASE WHEN {masks.within(span, f'c{n}')} THEN 1 END)"
                for n in self._people
                for span in self._spans
            ]
            anywhere = ", ".join(f"MAX(c{n}) AS c{n}" for n in self._people)
            if self._is_grouped:
                parts.append(
                    f"SELECT {GROUPS}, of_organisation, of_group, NULL, {_listed(numbers)} FROM ("
                    f"SELECT of_organisation, of_group, {bits} FROM facts GROUP BY of_organisation, of_group, whose"
                    ") hers GROUP BY of_organisation, of_group"
                )
            parts.append(
                f"SELECT {TOTAL}, of_organisation, NULL, NULL, {_listed(numbers)} FROM ("
                f"SELECT of_organisation, {bits} FROM ("
                f"SELECT of_organisation, month, whose, {anywhere} FROM facts GROUP BY of_organisation, month, whose"
                ") of_any_group GROUP BY of_organisation, whose"
                ") hers GROUP BY of_organisation"
            )
        return f"WITH facts AS ({self._rows}) {' UNION ALL '.join(parts)}"


def _month(bounds: Sequence[datetime], first: int) -> tuple[str, list[Any]]:
    """The month of a moment: as many of the bounds are past as it comes after the first."""
    if connection.vendor == "postgresql":
        return f"width_bucket(moment, %s::timestamptz[]) + {first}", [list(bounds)]
    cases = " ".join(f"WHEN moment < %s THEN {first + n}" for n in range(len(bounds)))
    adapted = [connection.ops.adapt_datetimefield_value(bound) for bound in bounds]
    return f"CASE {cases} ELSE {first + len(bounds)} END", adapted


class _Masks:
    """Months as bits: of one number, or of several where a question is about many years."""

    def __init__(self, first: int, last: int) -> None:
        ends = [*range(first, last + 1, BITS), last + 1]
        self._parts = list(enumerate(pairwise(ends)))

    def columns(self, flag: str) -> str:
        return ", ".join(
            f"CAST(SUM(CASE WHEN {flag} = 1 AND month >= {start} AND month < {end} THEN CAST(1 AS bigint) << CAST(month - {start} AS integer) ELSE 0 END) AS bigint) AS {flag}_{n}"
            for n, (start, end) in self._parts
        )

    def within(self, span: Span, flag: str) -> str:
        """True of who has any month of it."""
        first, last = span
        return " OR ".join(
            f"({flag}_{n} & {(1 << min(last + 1, end) - start) - (1 << max(first, start) - start)}) <> 0"
            for n, (start, end) in self._parts
            if first < end and last >= start
        )


def _listed(columns: Sequence[str]) -> str:
    """All of them as one text, with commas between: lines of sums and of people, side by side, would be mostly NULL."""
    if len(columns) == 1:
        return f"CAST({columns[0]} AS text)"
    half = len(columns) // 2
    return f"({_listed(columns[:half])} || ',' || {_listed(columns[half:])})"


def _batched(numbers: Sequence[int], length: int) -> Iterator[Sequence[int]]:
    for n in range(0, len(numbers), length):
        yield numbers[n : n + length]
