"""Rollups of a slice, counted anew from attempts and completions; those that changed are found by their signature.

Nothing is written while somebody learns: the sums that every enrolment keeps tell whether anything came in.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Q, QuerySet, Sum

from courses.models import Step
from learners.events import LATE_COMMIT
from learners.models import Enrolment
from reports import rollup_counting
from reports.models import ActiveMonth, FurthestStep, GoalOutcome, Slice, StepEffort

logger = logging.getLogger("stepin.reports")

COUNTED = (FurthestStep, StepEffort, GoalOutcome)
ROWS_AT_ONCE = 1000
SECONDS_A_SWEEP = 60.0
TRIES = 3


class StillChanging(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Difference:
    """A slice whose rows were not what a recount says, and are now."""

    slice: str
    what: str
    gone: int
    new: int


@dataclass(frozen=True, slots=True)
class _Rows:
    """What should stand in the tables for one slice."""

    counted: list[Any] = field(default_factory=list)
    active: set[tuple[int, datetime]] = field(default_factory=set)


def sweep(now: datetime) -> int:
    """Recount slices that have changed, those first that were counted longest ago; how many these were.

    Safe to run twice and at once. What a sweep has no time for waits for the next: other work waits for the worker.
    """
    wanted = signatures()
    _begin(wanted)
    begun = time.monotonic()
    parts = list(Slice.objects.order_by(F("counted_at").asc(nulls_first=True)))
    same = {
        part.pk
        for part in parts
        if part.counted_at and part.signature == wanted.get(part.organisation_id, "")
    }
    _renew(same, now)
    count = 0
    for part in parts:
        if part.pk in same:
            continue
        signature = wanted.get(part.organisation_id, "")
        if time.monotonic() - begun > SECONDS_A_SWEEP:
            break
        recount(part, now, signature=signature)
        count += 1
    return count


def _renew(same: Iterable[int], now: datetime) -> None:
    """What has not changed is as of now: a report then reads no tries from before."""
    at = now - LATE_COMMIT
    Slice.objects.filter(pk__in=same, counted_at__lt=at).update(counted_at=at)


def recount_all(now: datetime) -> Iterator[Difference]:
    """Every slice, whatever its signature says."""
    wanted = signatures()
    _begin(wanted)
    for part in Slice.objects.select_related("organisation"):
        signature = wanted.get(part.organisation_id, "")
        for _ in range(TRIES):
            if (found := recount(part, now, signature=signature)) is not None:
                yield from found
                break
        else:
            raise StillChanging(f"{part} changed each of the {TRIES} times that it was counted.")


def _begin(wanted: Iterable[int | None]) -> None:
    for organisation in set(wanted) - set(Slice.objects.values_list("organisation", flat=True)):
        Slice.objects.get_or_create(organisation_id=organisation)


def signatures() -> dict[int | None, str]:
    """{organisation, None for who learns alone: what its enrolments, and the lessons, look like}. Two queries."""
    steps = Step.objects.filter(retired_at=None, lesson__retired_at=None)
    taught = repr(list(steps.order_by("lesson", "position", "pk").values_list("lesson", "pk")))
    rows = (
        Enrolment.objects.order_by("cohort__organisation", "person__help_language")
        .values_list("cohort__organisation", "person__help_language")
        .annotate(
            Count("pk"),
            Sum("pk"),
            Sum("attempts_made"),
            Sum("seconds_spent"),
            Sum("steps_completed"),
            Sum("lessons_completed"),
        )
    )
    found: dict[int | None, list[Any]] = defaultdict(list)
    for organisation, *numbers in rows:
        found[organisation].append(numbers)
    return {
        organisation: sha256(f"{taught}{numbers}".encode()).hexdigest()
        for organisation, numbers in found.items()
    }


def recount(part: Slice, now: datetime, *, signature: str) -> list[Difference] | None:
    """What was different; None when it changed meanwhile and is as it was. Counted while others write, then written in
    one short transaction; who counted the same slice meanwhile wins."""
    scope = _scope(part.organisation_id)
    rows = _rows(part, scope)
    try:
        return _write(part, scope, rows, now, signature=signature)
    except IntegrityError:
        # Somebody was merged, or has left, since she was counted. It has its turn with the next sweep.
        logger.info("the slice of organisation %s changed while it was counted", part.organisation_id)
        return None


def _rows(part: Slice, scope: QuerySet[Enrolment]) -> _Rows:
    return _Rows(
        [
            row
            for counted in (rollup_counting.furthest, rollup_counting.efforts, rollup_counting.outcomes)
            for row in counted(part, scope)
        ],
        # Also of who learns alone: they come with her into a cohort, and count there from that moment on.
        rollup_counting.active_months(scope),
    )


@transaction.atomic
def _write(
    part: Slice, scope: QuerySet[Enrolment], rows: _Rows, now: datetime, *, signature: str
) -> list[Difference]:
    locked = Slice.objects.select_for_update().filter(pk=part.pk, counted_at=part.counted_at).first()
    if locked is None:
        return []
    differences = [difference for model in COUNTED if (difference := _replace(locked, model, rows.counted))]
    if difference := _replace_active(locked, scope, rows.active):
        differences.append(difference)
    locked.signature, locked.counted_at = signature, now - LATE_COMMIT
    locked.save(update_fields=["signature", "counted_at"])
    return differences


def _scope(organisation: int | None) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(
        Q(cohort=None) if organisation is None else Q(cohort__organisation=organisation)
    )


def _replace(part: Slice, model: type[models.Model], counted: list[Any]) -> Difference | None:
    names = [one.attname for one in model._meta.concrete_fields if not one.primary_key]
    new = {tuple(getattr(row, name) for name in names): row for row in counted if isinstance(row, model)}
    rows = model._default_manager.filter(slice=part)
    before = set(rows.values_list(*names))
    if before == new.keys():
        return None
    rows.delete()
    model._default_manager.bulk_create(new.values(), batch_size=ROWS_AT_ONCE)
    return Difference(str(part), model.__name__, len(before - new.keys()), len(new.keys() - before))


def _replace_active(
    part: Slice, scope: QuerySet[Enrolment], wanted: set[tuple[int, datetime]]
) -> Difference | None:
    rows = ActiveMonth.objects.filter(enrolment__in=scope)
    there = {(enrolment, at): pk for pk, enrolment, at in rows.values_list("pk", "enrolment", "received_at")}
    gone = [pk for place, pk in there.items() if place not in wanted]
    new = [ActiveMonth(enrolment_id=one, received_at=at) for one, at in wanted - there.keys()]
    if not gone and not new:
        return None
    for first in range(0, len(gone), ROWS_AT_ONCE):
        ActiveMonth.objects.filter(pk__in=gone[first : first + ROWS_AT_ONCE]).delete()
    ActiveMonth.objects.bulk_create(new, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return Difference(str(part), ActiveMonth.__name__, len(gone), len(new))
