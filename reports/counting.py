"""Counts in the database: one statement for all that is counted of the same rows, whatever the number of people, groups
and months."""
# ruff: noqa: S608 (only numbers of ours and place holders are put in)

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import Value

from reports.asked import NOW, ROLLED_UP_UNTIL, Asked
from reports.counts import Count
from reports.enums import By
from reports.periods import A_YEAR, Period, starts_at
from reports.sources import WHOLE, Base, rolled_up_until

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
# What a line of an answer is about: one month of a group (sums and people) or of the total (people), or longer spans.
MONTH, MONTH_OF_ALL, GROUP, TOTAL = range(4)


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
        return _People(self.spans, january, counts)


def _nobody(start: int, end: int) -> int:
    return 0


class _People:
    """A Line of people: what is known of each month, quarter and year, and what follows for the months between."""

    __slots__ = ("_counts", "_january", "_most", "_place", "_spans")

    def __init__(self, spans: dict[Span, int], january: int, counts: list[int]) -> None:
        self._spans, self._january, self._counts = spans, january, counts
        self._place: list[int] = []

    def __call__(self, start: int, end: int) -> int:
        if end - start == 1:
            return self._counts[start]
        if not self._place:
            self._look_further()
        return self._most[self._place[start]][self._place[end]]

    def _look_further(self) -> None:
        # Months without anybody change nothing: only the others have a place here.
        place = [0, *accumulate(1 if n else 0 for n in self._counts)]
        size = place[-1]
        most = [[0] * (size + 1) for _ in range(size + 1)]
        for length in CALENDAR:
            for start in range(0, A_YEAR, length):
                first = self._january + start
                n = self._spans.get((first, first + length - 1), 0)
                some = most[place[start]]
                some[place[start + length]] = max(n, some[place[start + length]])
        for start in range(size - 1, -1, -1):
            for end in range(start + 1, size + 1):
                most[start][end] = max(most[start][end], most[start][end - 1], most[start + 1][end])
        self._place, self._most = place, most


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
    counts: Iterable[Count],
    spans: Sequence[Span],
    *,
    organisations: Sequence[int],
    grouped: Sequence[int],
    by: By,
    now: datetime,
) -> dict[str, dict[Place, Tally]]:
    """The totals of each count, by its id, and the groups of the organisations that are `grouped`: added up month by
    month, or each person once within each span. What is counted of the same rows is counted in one statement, as far
    as there is room."""
    found: dict[str, dict[Place, Tally]] = {}
    statement = partial(_Statement, spans=spans, organisations=organisations, grouped=grouped, by=by, now=now)
    with _undivided():
        for some in _together(counts, len(_longer(spans))):
            found |= statement(some).tallies()
    return found


@contextmanager
def _undivided() -> Iterator[None]:
    """PostgreSQL thinks that these read far more than they do, and divides some among processes: to begin those takes
    longer than to read, and keeps other requests waiting."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        yield


def _together(counts: Iterable[Count], spans: int) -> Iterator[list[Count]]:
    """Those that have rows in common, as far as there is room for their numbers."""
    found: list[list[Count]] = []
    for one in counts:
        apart = [some for some in found if not any(one.bases & other.bases for other in some)]
        found = [*apart, [*(other for some in found if some not in apart for other in some), one]]
    room = max(1, NUMBERS // max(1, spans))
    for some in found:
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
        grouped: Sequence[int],
        by: By,
        now: datetime,
    ) -> None:
        self._counts, self._longer = counts, _longer(spans)
        self._grouped = [] if by in (By.NOTHING, By.MONTH) else list(grouped)
        self._by = by if self._grouped else By.NOTHING
        self._first, self._last = spans[0][0], max(last for _first, last in spans)
        self._sums = [n for n, one in enumerate(counts) if not one.once]
        self._people = [n for n, one in enumerate(counts) if one.once]
        self._rows, self._params = self._facts(organisations, now)

    def tallies(self) -> dict[str, dict[Place, Tally]]:
        found: dict[str, dict[Place, Tally]] = {one.id: {} for one in self._counts}
        with connection.cursor() as cursor:
            cursor.execute(self._sql(), self._params)
            for what, organisation, group, month, listed in cursor.fetchall():
                place = (organisation, self._group(what, organisation, group))
                numbers = [int(number) for number in listed.split(",")]
                if what == MONTH:
                    self._take_sums(found, place, month, numbers)
                    del numbers[: len(self._sums)]
                spans = [(month, month)] if month is not None else self._longer
                self._take_people(found, place, spans, numbers)
        return found

    def _group(self, what: int, organisation: int, group: Any) -> str | None:
        if what in (TOTAL, MONTH_OF_ALL) or organisation not in self._grouped:
            return None
        if self._by.overlaps and group == WHOLE:
            return None
        return "" if group is None else str(group)

    def _take_sums(
        self, found: dict[str, dict[Place, Tally]], place: Place, month: int, numbers: Sequence[int]
    ) -> None:
        for n, number in zip(self._sums, numbers, strict=False):
            if number:
                for one in {place} if self._by.overlaps else {place, (place[0], None)}:
                    spans = found[self._counts[n].id].setdefault(one, Tally(adds_up=True)).spans
                    spans[month, month] = spans.get((month, month), 0) + number

    def _take_people(
        self,
        found: dict[str, dict[Place, Tally]],
        place: Place,
        these: Sequence[Span],
        numbers: Sequence[int],
    ) -> None:
        for n, row in zip(self._people, _batched(numbers, len(these)), strict=True):
            if any(row):
                spans = found[self._counts[n].id].setdefault(place, Tally(adds_up=False)).spans
                for span, number in zip(these, row, strict=True):
                    # What is NULL and what is empty are one group.
                    spans[span] = spans.get(span, 0) + number

    def _facts(self, organisations: Sequence[int], now: datetime) -> tuple[str, list[Any]]:
        bounds = [starts_at(month) for month in range(self._first, self._last + 2)]
        rows, asked = _compiled(tuple(self._counts), self._by, connection.vendor)
        params = [_known(one, now) if isinstance(one, Asked) else one for one in asked]
        month, its_params = _month(bounds[1:-1], self._first)
        columns = ", ".join(
            f"{'MAX' if n in self._people else 'SUM'}(c{n}) AS c{n}" for n in range(len(self._counts))
        )
        # No key that is the same in all rows: the database would sort by it.
        group, its_key = (
            (f"CASE WHEN {self._has_groups} THEN of_group END", ", 2") if self._grouped else ("NULL", "")
        )
        whose, her_key = ("whose", ", whose") if self._people else ("NULL", "")
        wanted = f"of_organisation IN ({_integers(organisations)})"
        if self._by.overlaps:
            group, wanted = "of_group", f"{wanted} AND (of_group = '{WHOLE}' OR {self._has_groups})"
        sql = f"SELECT of_organisation, {group} AS of_group, {month} AS month, {whose} AS whose, {columns} FROM ({rows}) counted_rows WHERE {wanted} AND moment >= %s AND moment < %s GROUP BY of_organisation{its_key}, 3{her_key}"
        return sql, [*its_params, *params, *_adapted([bounds[0], bounds[-1]])]

    @property
    def _has_groups(self) -> str:
        return f"of_organisation IN ({_integers(self._grouped)})"

    def _sql(self) -> str:
        """People of longer spans by the months of each, as the bits of a number, and how many have any month of a span:
        to count them anew for each span would sort all rows as often. In one month a person has one row."""
        in_a_month = [f"COALESCE(SUM(c{n}), 0)" for n in (*self._sums, *self._people)]
        groups = ["of_organisation", *(["of_group"] if self._grouped else [])]
        parts = [_lines(MONTH, "facts", [*groups, "month"], in_a_month)]
        ctes = [f"facts AS ({self._rows})"]
        if self._people:
            whole = "facts"
            if self._by.overlaps:
                whole = f"facts WHERE of_group = '{WHOLE}'"
                parts.append(self._of_longer_spans(GROUP, f"facts WHERE of_group <> '{WHOLE}'", groups))
            elif self._grouped:
                whole = "everybody"
                hers = ["of_organisation", "month", "whose"]
                columns, anywhere = zip(*((f"c{n}", f"MAX(c{n}) AS c{n}") for n in self._people), strict=True)
                # Of who is in no group there is one row in a month as it is.
                ctes += [
                    f"joined AS (SELECT {', '.join([*hers, *anywhere])} FROM facts WHERE {self._has_groups} GROUP BY {', '.join(hers)})",
                    f"everybody AS (SELECT * FROM joined UNION ALL SELECT {', '.join([*hers, *columns])} FROM facts WHERE NOT {self._has_groups})",
                ]
                of_people = in_a_month[len(self._sums) :]
                parts += [
                    _lines(MONTH_OF_ALL, "joined", ["of_organisation", "month"], of_people),
                    self._of_longer_spans(GROUP, f"facts WHERE {self._has_groups}", groups),
                ]
            parts.append(self._of_longer_spans(TOTAL, whole, ["of_organisation"]))
        return f"WITH {', '.join(ctes)} {' UNION ALL '.join(parts)}"

    def _of_longer_spans(self, what: int, rows: str, keys: Sequence[str]) -> str:
        masks = _Masks(self._first, self._last)
        bits = ", ".join(masks.columns(f"c{n}") for n in self._people)
        hers = f"SELECT {', '.join(keys)}, {bits} FROM {rows} GROUP BY {', '.join(keys)}, whose"
        numbers = [
            f"COUNT(CASE WHEN {masks.within(span, f'c{n}')} THEN 1 END)"
            for n in self._people
            for span in self._longer
        ]
        return _lines(what, f"({hers}) hers", keys, numbers)


@cache
def _compiled(counts: tuple[Count, ...], by: By, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """All rows that are counted, of whichever organisation, and its parameters. There are few: of each database, as many
    as there are dimensions and tables."""
    names = [f"c{n}" for n in range(len(counts))]
    some, *others = [
        rows.annotate(**dict(zip(names, _columns(counts, base), strict=True))).values_list(
            "of_organisation", "of_group", "moment", "whose", *names
        )
        for base in dict.fromkeys(source.base for one in counts for source in one.sources)
        for rows in base.querysets(by, NOW)
    ]
    return (some.union(*others, all=True) if others else some).query.sql_with_params()


def _columns(counts: Sequence[Count], base: Base) -> list[Any]:
    """What a row of it adds to each count; most often nothing, where there are several."""
    return [
        next((source.column(NOW) for source in one.sources if source.base is base), Value(0))
        for one in counts
    ]


def _known(asked: Asked, now: datetime) -> Any:
    moments = {NOW.name: lambda: now, ROLLED_UP_UNTIL.name: rolled_up_until}
    return connection.ops.adapt_datetimefield_value(moments[asked.name]())


def _integers(keys: Iterable[int]) -> str:
    return ", ".join(str(int(one)) for one in keys)


def _longer(spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if span[0] < span[1]]


def _lines(what: int, rows: str, keys: Sequence[str], numbers: Sequence[str]) -> str:
    columns = [one if one in keys else "NULL" for one in ("of_organisation", "of_group", "month")]
    return f"SELECT {what}, {', '.join(columns)}, {_listed(numbers)} FROM {rows} GROUP BY {', '.join(keys)}"


def _month(bounds: Sequence[datetime], first: int) -> tuple[str, list[Any]]:
    """The month of a moment: as many of the bounds are past as it comes after the first."""
    if connection.vendor == "postgresql":
        return f"width_bucket(moment, %s::timestamptz[]) + {first}", [list(bounds)]
    return _halved(_adapted(bounds), first)


def _halved(bounds: Sequence[Any], first: int) -> tuple[str, list[Any]]:
    """Asked like a book is opened at a word: SQLite finds out the moment anew for each comparison."""
    if not bounds:
        return str(first), []
    middle = len(bounds) // 2
    before, its_params = _halved(bounds[:middle], first)
    after, further = _halved(bounds[middle + 1 :], first + middle + 1)
    sql = f"CASE WHEN moment < %s THEN {before} ELSE {after} END"
    return sql, [bounds[middle], *its_params, *further]


def _adapted(moments: Iterable[datetime]) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(moment) for moment in moments]


class _Masks:
    """Months as bits: of one number, or of several where a question is about many years."""

    def __init__(self, first: int, last: int) -> None:
        ends = [*range(first, last + 1, BITS), last + 1]
        self._parts = list(enumerate(pairwise(ends)))

    def columns(self, flag: str) -> str:
        # Each month is there once: its bits may also be added up, but PostgreSQL adds large numbers slowly.
        together = "BIT_OR" if connection.vendor == "postgresql" else "SUM"
        return ", ".join(
            f"{together}(CASE WHEN {flag} = 1 AND month >= {start} AND month < {end} THEN CAST(1 AS bigint) << (month - {start}) ELSE 0 END) AS {flag}_{n}"
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
