"""How far people came in a lesson: all of them, and by the language in which they are helped."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

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

    def withholds(self, step: int) -> bool:
        """Whether who came through this step is hidden although they are many: then nearly the same number is too."""
        return self.withholds_finish and step == self.steps

    def without_finish(self) -> "Funnel":
        total = replace(self.total, stops=self.total.stops - {self.steps})
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
    finished = {n: people for n, one in enumerate(funnels) if (people := one.total.people[-1])}
    hidden = {n for n in finished if funnels[n].came(funnels[n].steps) is None}
    companions = _companions(finished, hidden) if hidden else ()
    return [one.without_finish() if n in companions else one for n, one in enumerate(funnels)]


def _companions(finished: Mapping[int, int], hidden: Set[int]) -> set[int]:
    """Those that fewest people finished. But the fewest of all are nearly those who completed the module, which the
    report says too: that lesson is taken last, and is no company."""
    order = sorted(finished, key=lambda n: (finished[n], -n))
    told = {order[0]} if finished[order[0]] >= FEWEST and hidden - {order[0]} else set()
    found: set[int] = set()
    for one in (*(n for n in order if n not in hidden | told), *(told - hidden)):
        if _is_company(finished[n] for n in (hidden | found) - told):
            break
        found.add(one)
    return found


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
