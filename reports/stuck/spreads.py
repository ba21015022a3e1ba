"""People along something with an order (steps, seconds), and what may be shown of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import inf

from reports.suppression import Stops, stops_alone, stops_together


@dataclass(frozen=True, slots=True)
class Part:
    """The places from `start` up to `end` (not included), taken together; `people` None when hidden."""

    start: int
    end: int
    people: int | None

    @property
    def is_joined(self) -> bool:
        return self.end - self.start > 1


@dataclass(frozen=True, slots=True)
class Spread:
    """`people` at each place. How many stand before a place is known only at the stops."""

    people: tuple[int, ...]
    stops: frozenset[int]

    def between(self, start: int, end: int) -> int | None:
        return sum(self.people[start:end]) if {start, end} <= self.stops else None

    def since(self, place: int) -> int | None:
        """How many stand at this place or further."""
        return self.between(place, len(self.people))

    @property
    def all(self) -> int | None:
        return self.since(0)

    @property
    def rest(self) -> float:
        """At most how many stand at the last place, for all that is known of those before it."""
        people = self.since(max(self.stops - {len(self.people)}))
        return inf if people is None else people

    @property
    def parts(self) -> Iterator[Part]:
        """All places, in order, neighbours taken together where single ones are hidden."""
        ends = sorted(self.stops)
        for start, end in pairwise(ends):
            yield Part(start, end, self.between(start, end))
        if ends[-1] < len(self.people):
            yield Part(ends[-1], len(self.people), None)


def alone(people: Sequence[int], order: Sequence[int], *, is_closed: bool = False) -> Spread:
    """`is_closed`: nothing of it may be shown, whatever its numbers are."""
    stops: Stops = {0} if is_closed else stops_alone(partial(_within, people), order)
    return Spread(tuple(people), frozenset(stops))


def together(
    groups: Mapping[str, Sequence[int]],
    total: Spread,
    order: Sequence[int],
    *,
    closed: Set[str] = frozenset(),
) -> dict[str, Spread]:
    """The parts of a total, so that none that is hidden follows from it and the others."""
    lines: dict[str, Callable[[int, int], int]] = {
        group: partial(_within, people) for group, people in groups.items()
    }
    stops = stops_together(lines, set(total.stops), order, closed=closed)
    return {group: Spread(tuple(people), frozenset(stops[group])) for group, people in groups.items()}


def _within(people: Sequence[int], start: int, end: int) -> int:
    return sum(people[start:end])
