"""How far people came in a lesson: all of them, and by the language in which they are helped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import inf

from django.conf import settings

from reports.stuck import spreads
from reports.stuck.spreads import Spread
from reports.suppression import FEWEST


@dataclass(frozen=True, slots=True)
class Funnel:
    """The places of its spreads: at n those who stopped at step n + 1, last those who finished. So `since(n)` is how
    many came through step n or further, and `since(0)` how many began. `withholds_finish`: how many finished is hidden for
    the sake of another lesson."""

    steps: int
    total: Spread
    languages: Mapping[str, Spread]
    withholds_finish: bool = False

    def came(self, step: int, language: str | None = None) -> int | None:
        """Through this step (1-based; 0: they began) or further."""
        spread = self.total if language is None else self.languages.get(language)
        return spread.since(step) if spread else None

    @property
    def known(self) -> list[int]:
        """Every number of people that is shown of all languages together."""
        return [people for step in range(self.steps + 1) if (people := self.came(step)) is not None]

    def withholds(self, people: int) -> bool:
        """Whether so many who did a step, or more than that, would tell more of who finished than the funnel does: who
        finished did every step."""
        return self.withholds_finish and 0 < people < min(self.known, default=inf)

    @property
    def finished(self) -> int:
        return self.total.people[-1]

    def can_be_fewer(self, least: int) -> int:
        """By how many those who finished could be fewer, for all that is shown here. `least`: how many they are for
        certain."""
        known = sum(spread.since(self.steps) or 0 for spread in self.languages.values())
        return self.finished - max(known, least)

    @property
    def can_be_more(self) -> float:
        """By how many those who finished could be more, for all that is shown here."""
        if self.came(0) is None and not self.withholds_finish:
            return max(FEWEST - 1 - self.finished, 0)  # few began
        languages = [spread.rest for spread in self.languages.values()]
        return min(self.total.rest, sum(languages)) - self.finished

    def wider(self) -> Iterator["Funnel"]:
        """Without how many finished; then also without the last steps that are known, so that ever more could have."""
        people = -1
        for end in sorted(self.total.stops & set(range(self.steps)), reverse=True):
            if (came := self.total.between(end, self.steps + 1)) is not None and came > people:
                people = came
                yield self._without({stop for stop in self.total.stops if end < stop <= self.steps})

    def closed(self) -> "Funnel":
        """Without how many began. What then is known looks as it does where few did."""
        return self._without({self.steps + 1})

    def _without(self, stops: Set[int]) -> "Funnel":
        total = replace(self.total, stops=self.total.stops - stops)
        groups = {language: spread.people for language, spread in self.languages.items()}
        return Funnel(
            self.steps, total, spreads.together(groups, total, order_of(self.steps)), withholds_finish=True
        )


def funnel(steps: Sequence[int], furthest: Mapping[str, Mapping[int | None, int]]) -> Funnel:
    """`furthest` {language: {step, None before the first: people}}."""
    places = {step: place for place, step in enumerate(steps, 1)}
    groups = {language: _along(furthest.get(language, {}), places) for language in languages(furthest)}
    order = order_of(len(steps))
    total = spreads.alone([sum(numbers) for numbers in zip(*groups.values(), strict=True)], order)
    return Funnel(len(steps), total, spreads.together(groups, total, order))


def of_one_module(funnels: Sequence[Funnel]) -> list[Funnel]:
    """All lessons of a module in one organisation. Its report says how often they were finished together: where one
    lesson hides how many finished, others do too, so that the sum does not give it back."""
    hidden = {n for n, one in enumerate(funnels) if one.finished and one.came(one.steps) is None}
    companions = _Company(funnels, hidden).companions() if hidden else {}
    return [companions.get(n, one) for n, one in enumerate(funnels)]


class _Company:
    """Of a module some of whose lessons hide how many finished: the others that hide more, for their sake."""

    def __init__(self, funnels: Sequence[Funnel], hidden: Set[int]) -> None:
        self._funnels, self._hidden = funnels, hidden
        finished = {n: one.finished for n, one in enumerate(funnels) if one.finished}
        order = sorted(finished, key=lambda n: (finished[n], -n))
        fewest = finished[order[0]]
        # How many completed the module, which the report says too: nearly the fewest of all.
        self._least = fewest if fewest >= FEWEST else 0
        self._told = {order[0]} if self._least and hidden - {order[0]} else set()
        self._others = [n for n in order if n not in hidden | self._told]

    def companions(self) -> Mapping[int, Funnel]:
        """What is left of them. Where none leaves enough open, those that would be hidden first say nothing at all."""
        found = self._with_people()
        for some in (found, self._wider(found), self._closed(found)):
            if self._is_enough(some):
                return some
        return {n: self._funnels[n].closed() for n in found}

    def _with_people(self) -> Mapping[int, Funnel]:
        """Those that fewest people finished. But the one that is told is taken last, and is no company."""
        found: dict[int, Funnel] = {}
        for n in (*self._others, *(self._told - self._hidden)):
            if _is_company(self._funnels[one].finished for one in {*self._hidden, *found} - self._told):
                break
            found[n] = next(self._funnels[n].wider())
        return found

    def _wider(self, found: Mapping[int, Funnel]) -> Mapping[int, Funnel]:
        """Each in which people stopped shows less of where they did, until that is enough."""
        found = dict(found)
        for n in self._others:
            one = self._funnels[n]
            for wider in one.wider() if one.came(0) != one.finished else ():
                found[n] = wider
                if self._is_enough(found):
                    return found
        return found

    def _closed(self, found: Mapping[int, Funnel]) -> Mapping[int, Funnel]:
        """Each says nothing of how many began, until that is enough."""
        found = dict(found)
        for n in self._others:
            found[n] = self._funnels[n].closed()
            if self._is_enough(found):
                break
        return found

    def _is_enough(self, found: Mapping[int, Funnel]) -> bool:
        """Each number that is hidden because it is small could be small or not, for all that the others and their sum
        tell: how many finished, or how many stopped shortly before."""
        crowd = {n: found.get(n, self._funnels[n]) for n in {*self._hidden, *found} - self._told}
        return all(self._is_open(n, crowd) for n in self._hidden - self._told)

    def _is_open(self, hidden: int, crowd: Mapping[int, Funnel]) -> bool:
        people = crowd[hidden].finished
        others = [one for n, one in crowd.items() if n != hidden]
        fewer = sum(one.can_be_fewer(self._least) for one in others)
        more = sum(one.can_be_more for one in others)
        return more >= FEWEST - 1 and fewer >= (FEWEST - people if people < FEWEST else FEWEST - 2)


def _is_company(people: Iterable[int]) -> bool:
    """Each of them could be anything from one to four, and more, for all that their sum tells."""
    numbers = list(people)
    return len(numbers) >= 2 and sum(numbers) >= len(numbers) + FEWEST - 2


def _along(furthest: Mapping[int | None, int], places: Mapping[int, int]) -> list[int]:
    people = [0] * (len(places) + 1)
    for step, number in furthest.items():
        # Of a step that was taken away after the last count, until the next one: they have begun.
        people[places.get(step, 0) if step else 0] += number
    return people


def order_of(steps: int) -> list[int]:
    """Which ends are tried first: who began, who finished, who came half way, a quarter, three quarters; the rest."""
    first = [steps + 1, steps, *(part_of(steps, quarters) for quarters in (2, 1, 3)), *range(1, steps)]
    return list(dict.fromkeys(end for end in first if end))


def part_of(steps: int, quarters: int) -> int:
    """The last step of so many quarters of a lesson, rounded up."""
    return -(-steps * quarters // 4)


def languages(known: Mapping[str, object]) -> list[str]:
    """All that a learner may choose, whether anybody did or not; "" is who chose none."""
    return list(dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *sorted(known), ""]))
