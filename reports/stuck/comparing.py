"""Where one language fares far worse than the others: a translation that fails. Only numbers that are shown count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from django.db.models import TextChoices

from reports.stuck.efforts import Effort
from reports.stuck.funnels import Funnel
from reports.stuck.spreads import Spread

TIMES_AS_MANY = 2
# A difference as large as this many standard errors comes about by chance in fewer than one of 500 comparisons.
ERRORS = 3


class Trouble(TextChoices):
    STOPS = "stops"
    SLOW = "slow"
    TRIES = "tries"


@dataclass(frozen=True, slots=True)
class Remark:
    """In this language `number` of `people`, of all languages together `number_of_all` of `people_of_all`.

    Steps are 1-based, both included; `seconds` is what SLOW is slower than.
    """

    trouble: Trouble
    language: str
    first: int
    last: int
    number: int
    people: int
    number_of_all: int
    people_of_all: int
    seconds: int = 0


def is_far_more(number: int, people: int, number_of_all: int, people_of_all: int) -> bool:
    """At least twice as large a part as among all others, and larger than chance explains."""
    others, people_of_others = number_of_all - number, people_of_all - people
    if not people or people_of_others <= 0:
        return False
    share, usual, together = number / people, others / people_of_others, number_of_all / people_of_all
    error = sqrt(together * (1 - together) * (1 / people + 1 / people_of_others))
    return share >= TIMES_AS_MANY * usual and share - usual > ERRORS * error


def remarks(funnel: Funnel, efforts: Mapping[int, Effort]) -> list[Remark]:
    """By step, then language. `efforts` by the number of the step."""
    found = [*_who_stop(funnel)]
    for step, effort in efforts.items():
        found += _of_two(Trouble.SLOW, step, effort.slow, effort.slow_by_language, effort.limit_seconds)
        found += _of_two(Trouble.TRIES, step, effort.firsts, effort.firsts_by_language)
    return sorted(found, key=lambda one: (one.first, one.last, one.trouble, one.language))


def _who_stop(funnel: Funnel) -> Iterator[Remark]:
    for language, spread in funnel.languages.items():
        for part in spread.parts:
            if part.end > funnel.steps:
                continue  # they finished
            numbers = (
                part.people,
                spread.since(part.start),
                funnel.total.between(part.start, part.end),
                funnel.total.since(part.start),
            )
            yield from _remark(Trouble.STOPS, language, part.start + 1, part.end, numbers)


def _of_two(
    trouble: Trouble, step: int, total: Spread, languages: Mapping[str, Spread], seconds: int = 0
) -> Iterator[Remark]:
    """Those in the second place of two are in trouble."""
    for language, spread in languages.items():
        numbers = (spread.since(1), spread.all, total.since(1), total.all)
        yield from _remark(trouble, language, step, step, numbers, seconds)


def _remark(
    trouble: Trouble,
    language: str,
    first: int,
    last: int,
    numbers: tuple[int | None, ...],
    seconds: int = 0,
) -> Iterator[Remark]:
    known = [number for number in numbers if number is not None]
    if len(known) == len(numbers) and is_far_more(*known):
        yield Remark(trouble, language, first, last, *known, seconds=seconds)  # type: ignore[call-arg]
