"""What a step took of those who did it: how long, and whether the first try did it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.models import StepEffort
from reports.stuck import spreads
from reports.stuck.counts import Tried
from reports.stuck.funnels import Funnel
from reports.stuck.spreads import Spread
from reports.suppression import is_apart

BARS = len(StepEffort.TOOK) + 1
# Which ends of bars are tried first: of all, the middle, the rest.
BAR_ORDER = (BARS, 3, 2, 4, 1, 5)
TWO = (2, 1)
# What more people than these need is no long time.
MOST_SLOW = 0.75
NOBODY = Tried((0,) * BARS, 0)


@dataclass(frozen=True, slots=True)
class Effort:
    """`took` by bars of time. `firsts` are (with their first try, with a later one), `slow` (up to `limit`, longer);
    both by language too. `limit` is the number of the bar from which on people are slow; None where no length of time
    that may be shown is a long one."""

    took: Spread
    firsts: Spread
    firsts_by_language: Mapping[str, Spread]
    limit: int | None
    slow: Spread
    slow_by_language: Mapping[str, Spread]

    @property
    def limit_seconds(self) -> int:
        return StepEffort.TOOK[(self.limit or 1) - 1]


def effort(step: int, funnel: Funnel, tried: Mapping[str, Tried]) -> Effort:
    """Of a step (1-based). Who did it is nearly who came that far: where one of the two is hidden, the other would give
    it back, so that both are."""
    bars = [sum(numbers) for numbers in zip(*(one.took for one in (*tried.values(), NOBODY)), strict=True)]
    is_closed = funnel.withholds(sum(bars)) or not is_apart(sum(bars), funnel.known)
    took = spreads.alone(bars, BAR_ORDER, is_closed=is_closed)
    closed = {
        language
        for language in funnel.languages
        if (came := funnel.came(step, language)) is None
        or not is_apart(sum(tried.get(language, NOBODY).took), [came])
    }
    at_once = sum(one.at_once for one in tried.values())
    firsts = spreads.alone([at_once, sum(bars) - at_once], TWO, is_closed=is_closed)
    limit = _limit(took)
    slow = _in_two(took, limit)
    return Effort(
        took,
        firsts,
        _by_language(
            {code: _firsts(tried.get(code, NOBODY)) for code in funnel.languages}, firsts, closed
        ),
        limit,
        slow,
        _by_language(
            {code: _two(tried.get(code, NOBODY).took, limit) for code in funnel.languages}, slow, closed
        ),
    )  # fmt: skip


def _by_language(groups: Mapping[str, Sequence[int]], total: Spread, closed: set[str]) -> dict[str, Spread]:
    return spreads.together(groups, total, TWO, closed=closed)


def _firsts(tried: Tried) -> list[int]:
    return [tried.at_once, sum(tried.took) - tried.at_once]


def _two(bars: Sequence[int], limit: int | None) -> list[int]:
    return [sum(bars[:limit]), sum(bars[limit:])] if limit else [sum(bars), 0]


def _in_two(took: Spread, limit: int | None) -> Spread:
    stops = {0} | ({1} if limit else set()) | ({2} if took.all is not None else set())
    return Spread(tuple(_two(took.people, limit)), frozenset(stops))


def _limit(took: Spread) -> int | None:
    end = middle(took)
    is_long = end is not None and sum(took.people[end:]) <= MOST_SLOW * sum(took.people)
    return end if is_long else None


def middle(took: Spread) -> int | None:
    """Of the ends that may be shown and have people on both sides, the one that comes nearest to half of them. Of
    ends between which is nobody the last: the same people need even that long."""
    if not took.all:
        return None
    half = took.all / 2
    ends = [end for end in took.stops if 0 < end < BARS and 0 < sum(took.people[:end]) < took.all]
    return min(ends, key=lambda end: (abs(sum(took.people[:end]) - half), -end), default=None)
