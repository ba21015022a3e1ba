"""How far people came in a lesson: all of them, and by the language in which they are helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from reports.stuck import spreads
from reports.stuck.spreads import Spread


@dataclass(frozen=True, slots=True)
class Funnel:
    """The places of its spreads: at n those who stopped at step n + 1, last those who finished. So `since(n)` is how
    many came through step n or further, and `since(0)` how many began."""

    steps: int
    total: Spread
    languages: Mapping[str, Spread]

    def came(self, step: int, language: str | None = None) -> int | None:
        """Through this step (1-based; 0: they began) or further."""
        spread = self.total if language is None else self.languages.get(language)
        return spread.since(step) if spread else None

    @property
    def known(self) -> list[int]:
        """Every number of people that is shown of all languages together."""
        return [people for step in range(self.steps + 1) if (people := self.came(step)) is not None]


def funnel(steps: Sequence[int], furthest: Mapping[str, Mapping[int | None, int]]) -> Funnel:
    """`furthest` {language: {step, None before the first: people}}."""
    places = {step: place for place, step in enumerate(steps, 1)}
    groups = {language: _along(furthest.get(language, {}), places) for language in languages(furthest)}
    order = order_of(len(steps))
    total = spreads.alone([sum(numbers) for numbers in zip(*groups.values(), strict=True)], order)
    return Funnel(len(steps), total, spreads.together(groups, total, order))


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
