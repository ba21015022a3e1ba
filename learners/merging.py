"""Two people who turn out to be one: her work becomes one, never lost, never doubled."""

from typing import Any

from learners.models import (
    Attempt,
    Enrolment,
    LessonCompletion,
    ModuleCompletion,
    RefusedEvent,
    StepCompletion,
)
from learners.querysets import insert_new
from learners.rollups import rebuild
from learners.signals import completions_merged
from people.models import User


def take_over(guest: User, person: User) -> None:
    """Move everything of `guest` to `person`; runs inside the merge's transaction and may run twice."""
    kept = {
        enrolment.module_id: enrolment
        for enrolment in Enrolment.objects.select_for_update().filter(person=person).order_by("module_id")
    }
    for gone in Enrolment.objects.select_for_update().filter(person=guest).order_by("module_id"):
        if gone.module_id in kept:
            _pour(gone, kept[gone.module_id])
        else:
            gone.person = person
            gone.cohort = gone.cohort or person.cohorts.running().order_by("-pk").first()
            gone.save(update_fields=["person", "cohort"])
    RefusedEvent.objects.filter(person=guest).exclude(
        key__in=RefusedEvent.objects.filter(person=person).values("key")
    ).update(person=person)
    for cohort in guest.cohorts.all():
        cohort.learners.add(person)
    for cohort in guest.cohorts_helped.all():
        cohort.helpers.add(person)
    # Nobody stands twice on her trainer's list.
    guest.cohorts.clear()
    guest.cohorts_helped.clear()


def _pour(gone: Enrolment, kept: Enrolment) -> None:
    """`gone` becomes part of `kept`; of two completions of the same thing the earlier date stays."""
    Attempt.objects.filter(enrolment=gone).update(enrolment=kept)
    for model, thing in ((StepCompletion, "step"), (LessonCompletion, "lesson")):
        pour_completions(model, thing, gone, kept)
    hers = ModuleCompletion.objects.filter(enrolment=kept).first()
    other = ModuleCompletion.objects.filter(enrolment=gone).first()
    if other and not hers:
        other.enrolment = kept
        other.save(update_fields=["enrolment"])
    elif other and hers:
        if other.happened_at < hers.happened_at:
            hers.happened_at, hers.received_at = other.happened_at, other.received_at
            hers.save(update_fields=["happened_at", "received_at"])
        completions_merged.send(ModuleCompletion, gone=other, kept=hers)
    kept.started_at = min(gone.started_at, kept.started_at)
    kept.cohort = kept.cohort or gone.cohort
    kept.save(update_fields=["started_at", "cohort"])
    gone.delete()
    rebuild(kept)


def pour_completions(model: Any, thing: str, gone: Enrolment, kept: Enrolment, **only: Any) -> None:
    """Move completions (`only` these); of two of the same `thing` the earlier date stays."""
    hers = {getattr(row, f"{thing}_id"): row for row in model.objects.filter(enrolment=kept, **only)}
    theirs = list(model.objects.filter(enrolment=gone, **only))
    for row in theirs:
        own = hers.get(getattr(row, f"{thing}_id"))
        if own and row.happened_at < own.happened_at:
            own.happened_at, own.received_at = row.happened_at, row.received_at
            own.save(update_fields=["happened_at", "received_at"])
        row.pk, row.enrolment = None, kept
    insert_new(theirs, returning="id")
    model.objects.filter(enrolment=gone, **only).delete()
