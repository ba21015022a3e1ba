"""Rollups follow from attempts: recomputed here, compared, and set right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from learners.actions import settle, settle_module
from learners.models import Attempt, Enrolment, ModuleCompletion, StepCompletion
from learners.querysets import insert_new


@dataclass(frozen=True, slots=True)
class Difference:
    """One rollup that was wrong, and is right now."""

    enrolment: int | None
    what: str
    was: Any
    now: Any


def recount(enrolment: Enrolment) -> dict[str, Any]:
    """The rollups as the attempts say. Completions only ever rise: those of retired steps are counted too."""
    facts = enrolment.attempts.aggregate(
        attempts_made=Count("id"), seconds_spent=Sum("seconds"), last_attempt_at=Max("happened_at")
    )
    return {
        "attempts_made": facts["attempts_made"],
        "seconds_spent": facts["seconds_spent"] or 0,
        "last_attempt_at": facts["last_attempt_at"],
        "steps_completed": enrolment.step_completions.count(),
        "lessons_completed": enrolment.lesson_completions.count(),
    }


@transaction.atomic
def rebuild(enrolment: Enrolment) -> list[Difference]:
    """Recompute completions and rollups of one enrolment from its attempts; what was different."""
    locked = Enrolment.objects.select_for_update().filter(pk=enrolment.pk).first()
    if locked is None:  # merged or deleted meanwhile
        return []
    enrolment = locked
    differences = [
        Difference(enrolment.pk, "step completion", None, step) for step in sorted(_complete_steps(enrolment))
    ]
    lessons_before = enrolment.lesson_completions.count()
    # Now, not when she tried: a completion of which nobody was told is new, whoever asks since when.
    received_at = timezone.now()
    was_complete = ModuleCompletion.objects.filter(enrolment=enrolment).exists()
    lessons = set(enrolment.step_completions.values_list("step__lesson", flat=True))
    settle(enrolment, lessons, received_at=received_at)
    settle_module(enrolment, received_at=received_at)
    if not was_complete and ModuleCompletion.objects.filter(enrolment=enrolment).exists():
        differences.append(Difference(enrolment.pk, "module completion", None, enrolment.module_id))
    if added := enrolment.lesson_completions.count() - lessons_before:
        differences.append(
            Difference(enrolment.pk, "lesson completions", lessons_before, lessons_before + added)
        )
    enrolment.refresh_from_db()
    now = recount(enrolment)
    if now["last_attempt_at"] is None:
        del now["last_attempt_at"]
    for name, value in now.items():
        if getattr(enrolment, name) != value:
            differences.append(Difference(enrolment.pk, name, getattr(enrolment, name), value))
            setattr(enrolment, name, value)
    enrolment.save(update_fields=list(now))
    return differences


def _complete_steps(enrolment: Enrolment) -> set[int]:
    passed = (
        Attempt.objects.filter(enrolment=enrolment, mark__gte=1)
        .values("step_id")
        .annotate(happened=Min("happened_at"), received=Min("received_at"))
    )
    return insert_new(
        [
            StepCompletion(
                enrolment=enrolment,
                step_id=row["step_id"],
                happened_at=row["happened"],
                received_at=row["received"],
            )
            for row in passed
        ],
        returning="step",
    )


def rebuild_all() -> Iterator[Difference]:
    """Every enrolment, each in a short transaction of its own, so that learners can go on meanwhile."""
    # A list, not a cursor: while one is open, SQLite cannot begin to write after another process has written.
    for pk in list(Enrolment.objects.order_by("pk").values_list("pk", flat=True)):
        yield from rebuild(Enrolment(pk=pk))
