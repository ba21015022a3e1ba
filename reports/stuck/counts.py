"""Reads the rollups of some lessons: one statement a table, whatever the number of lessons, slices and languages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.utils.translation import gettext as _

from people.models import Organisation
from reports.models import FurthestStep, GoalOutcome, Slice, StepEffort


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose people: those of one organisation, or (None) everybody's on this site, who learns alone too."""

    organisation: Organisation | None = None

    @property
    def id(self) -> int | None:
        return self.organisation.pk if self.organisation else None

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation else _("The whole site")


@dataclass(frozen=True, slots=True)
class Slices:
    """`owners` {slice: organisation}, None for the whole site. `counted_at` is the oldest of them, None when nothing
    was counted; `missing` are scopes that were not counted yet."""

    owners: Mapping[int, int] | None
    counted_at: datetime | None
    missing: list[Scope]


@dataclass(frozen=True, slots=True)
class Tried:
    """Of the people who did a step: by the time it took (StepEffort.TOOK), and with their first try."""

    took: tuple[int, ...]
    at_once: int


# {(organisation, lesson): {language: {step, None before the first: people}}}
Furthest = Mapping[tuple[int | None, int], Mapping[str, Mapping[int | None, int]]]
TOOK = [f"took_{n}" for n in range(len(StepEffort.TOOK) + 1)]


def slices_of(scopes: Sequence[Scope]) -> Slices:
    if any(scope.organisation is None for scope in scopes):
        oldest = Slice.objects.aggregate(at=Min("counted_at"))["at"]
        return Slices(None, oldest, [] if oldest else list(scopes))
    rows = Slice.objects.filter(organisation__in=[scope.id for scope in scopes], counted_at__isnull=False)
    found = {pk: (owner, at) for pk, owner, at in rows.values_list("pk", "organisation_id", "counted_at")}
    owners = {pk: owner for pk, (owner, _at) in found.items()}
    oldest = min((at for _owner, at in found.values() if at), default=None)
    return Slices(owners, oldest, [scope for scope in scopes if scope.id not in owners.values()])


def furthest(slices: Slices, lessons: Iterable[int]) -> Furthest:
    found: dict[tuple[int | None, int], dict[str, dict[int | None, int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    rows = FurthestStep.objects.filter(lesson__in=list(lessons))
    for owner, lesson, language, step, people in _grouped(
        rows, slices, ["lesson", "language", "step"], ["people"]
    ):
        found[owner, lesson][language][step] = people
    return found


def efforts(slices: Slices, steps: Iterable[int]) -> dict[tuple[int | None, int], dict[str, Tried]]:
    """{(organisation, step): {language: tried}}."""
    found: dict[tuple[int | None, int], dict[str, Tried]] = defaultdict(dict)
    rows = StepEffort.objects.filter(step__in=list(steps))
    for owner, step, language, at_once, *took in _grouped(
        rows, slices, ["step", "language"], ["at_once", *TOOK]
    ):
        found[owner, step][language] = Tried(tuple(took), at_once)
    return found


def outcomes(
    slices: Slices, steps: Iterable[int]
) -> dict[tuple[int | None, int], dict[str, dict[tuple[str, str], int]]]:
    """{(organisation, step): {goal: {(outcome, mistake): people}}}, of all languages together."""
    found: dict[tuple[int | None, int], dict[str, dict[tuple[str, str], int]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    rows = GoalOutcome.objects.filter(step__in=list(steps))
    keys = ["step", "goal", "outcome", "mistake"]
    for owner, step, goal, outcome, mistake, people in _grouped(rows, slices, keys, ["people"]):
        found[owner, step][goal][outcome, mistake] = people
    return found


def _grouped(
    rows: QuerySet[Any], slices: Slices, keys: list[str], sums: list[str]
) -> Iterator[tuple[Any, ...]]:
    """(organisation, None for the whole site; the keys; the sums)."""
    if slices.owners is not None:
        rows, keys = rows.filter(slice__in=list(slices.owners)), ["slice", *keys]
    totals = {f"sum_of_{name}": Sum(name) for name in sums}
    for row in rows.values(*keys).annotate(**totals).values_list(*keys, *totals):
        yield (None, *row) if slices.owners is None else (slices.owners[row[0]], *row[1:])
