"""Small numbers are hidden so that nobody is recognised (docs/decisions/small-numbers.md).

A number over some months is the difference of two running counts. So what we decide is *at which ends of months the
running count of a group may be known*: those ends are its stops. A number is shown when its period begins and ends
at stops, and hidden else.

1. Between two neighbouring stops of a group are nobody, or at least five. Ends of the year come first, then of
   quarters, then of the other months.
2. At each end of a month at which a group has no stop, others of the same table have none either, with enough people
   among them: one equation (the groups make the total) then has two unknowns or more, and no number that is left out
   can be computed from those that are shown.
3. The stops of a total follow from the total alone, so all tables of a period show the same totals.

The same holds along anything with an order: steps of a lesson, seconds that a step took (`order` then says which ends
are tried first; the end of all comes first).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Any, Protocol

FEWEST = 5
A_YEAR = 12
# A year, its quarters, its months.
ORDER = (12, 3, 6, 9, 1, 2, 4, 5, 7, 8, 10, 11)

Stops = set[int]
# The same as bits, while they are looked for.
Marks = int
START: Marks = 1


class Line(Protocol):
    """One group's numbers in a year (or in a lesson): at least how many people within the months (the steps) after
    `start` up to `end`; 0 only when there is nobody."""

    def __call__(self, start: int, end: int, /) -> int: ...


def stops_alone(line: Line, order: Sequence[int] = ORDER) -> Stops:
    ends = [0, *sorted(order)]
    if not any(0 < line(start, end) < FEWEST for start, end in pairwise(ends)):
        # Most often. Nowhere are few, so nowhere are few in what lies further apart.
        return set(ends)
    marks = START
    for end in order:
        if _is_fine(line, marks, end):
            marks |= 1 << end
    return _stops(marks)


def stops_together(
    lines: Mapping[str, Line],
    total: Stops,
    order: Sequence[int] = ORDER,
    *,
    closed: Set[str] = frozenset(),
) -> dict[str, Stops]:
    """Of each group of a table whose total has these stops. Those that are `closed` have none: another table would
    give away what this one shows of them."""
    marks = dict.fromkeys(lines, START)
    whole = max(order)
    sizes = {group: line(0, whole) for group, line in lines.items()}
    # The same companions all year long, so that one period does not give back what another one hides.
    companions = sorted(lines, key=lambda group: (sizes[group] == 0, sizes[group], str(group)))
    somebody = [group for group, size in sizes.items() if size]
    for end in order:
        without = {group for group in somebody if not _is_fine(lines[group], marks[group], end)} | (
            closed & lines.keys()
        )
        if without or end not in total:
            _hide_more(without, companions, lines, marks, end)
        for group in lines:
            if group not in without:
                marks[group] |= 1 << end
    return {group: _stops(its_marks) for group, its_marks in marks.items()}


def stops_overlapping(
    parts: Mapping[str, Line],
    groups: Mapping[str, Set[str]],
    total: Stops,
    order: Sequence[int] = ORDER,
) -> dict[str, Stops]:
    """Of groups that have people in common. No two `parts` have a row in common; `groups` say which parts they are.

    All groups that are shown have the same stops, and between two of these everything that they tell apart is nobody, or
    at least five people. So nothing that can be computed from them is few. Those with most people are tried first.
    """
    whole = max(order)
    sizes = {group: sum(parts[one](0, whole) for one in its) for group, its in groups.items()}
    somebody = sorted(
        (group for group, size in sizes.items() if size), key=lambda group: (-sizes[group], group)
    )
    shown: list[str] = []
    for group in somebody:
        apart = _told_apart(parts, [groups[one] for one in (*shown, group)])
        if all(_is_fine(line, START, whole) for line in apart):
            shown.append(group)
    if somebody and not shown:
        return {group: {0} for group in groups}
    apart = _told_apart(parts, [groups[one] for one in shown])
    marks = START
    for end in order:
        if end in total and all(_is_fine(line, marks, end) for line in apart):
            marks |= 1 << end
    stops = dict.fromkeys(shown, _stops(marks))
    return {group: stops.get(group, {0}) if size else {0, *order} for group, size in sizes.items()}


def _told_apart(parts: Mapping[str, Line], groups: Sequence[Set[str]]) -> list[Line]:
    """The parts that are in the same of these groups, taken together. Who is in one of them may be in another too."""
    found: dict[tuple[bool, ...], list[Line]] = {}
    for name, line in parts.items():
        found.setdefault(tuple(name in group for group in groups), []).append(line)
    return [
        lambda start, end, lines=lines: max(line(start, end) for line in lines) for lines in found.values()
    ]


def _hide_more(
    without: set[str],
    companions: Sequence[str],
    lines: Mapping[str, Line],
    marks: Mapping[str, Marks],
    end: int,
) -> None:
    crowd = _Crowd(end)
    for group in without:
        crowd.take_in(lines[group], marks[group])
    for group in companions:
        if crowd.is_large_enough:
            return
        if group not in without:
            without.add(group)
            crowd.take_in(lines[group], marks[group])


class _Crowd:
    """Groups that have no stop at this end: of how many it is open what they are, and at least how many people they
    are, since their last stop and until their next."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._unsure = self._before = self._after = 0
        self._is_last = False

    def take_in(self, line: Line, marks: Marks) -> None:
        start, until = _around(marks, self._end)
        self._is_last = self._is_last or until == self._end
        if line(start, until):
            self._unsure += 1
            self._before += line(start, self._end)
            self._after += line(self._end, until)

    @property
    def is_large_enough(self) -> bool:
        """Each of them could be anything from one to four, and more, for all that the others tell.

        Also where the total is not known: at a later end it may be, and would then tell the same.
        """
        slack = self._unsure + FEWEST - 2
        return self._unsure >= 2 and self._before >= slack and (self._is_last or self._after >= slack)


def _is_fine(line: Line, marks: Marks, end: int) -> bool:
    start, until = _around(marks, end)
    return not (0 < line(start, end) < FEWEST or 0 < line(end, until) < FEWEST)


def _around(marks: Marks, end: int) -> tuple[int, int]:
    """The stops next to it; after the last stop, `end` itself."""
    later = marks >> (end + 1)
    start = (marks & ((1 << end) - 1)).bit_length() - 1
    return start, end + (later & -later).bit_length() if later else end


def _stops(marks: Marks) -> Stops:
    return {end for end in range(marks.bit_length()) if marks >> end & 1}


def is_apart(number: int, others: Iterable[int] = ()) -> bool:
    """Whether a number of people may stand beside these, which may be its parts or its whole: what is left between
    two of them is nobody or at least five."""
    return all(abs(number - other) == 0 or abs(number - other) >= FEWEST for other in (0, *others))


def is_shown(parts: Sequence[tuple[Any, int, int]], stops: Mapping[Any, Stops]) -> bool:
    """Over several years each year's part must be one that is shown. `parts` are (year, from, to)."""
    return all({start, end} <= stops[year] for year, start, end in parts)
