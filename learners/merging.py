"""Two people who turn out to be one: her work becomes one, never lost, never doubled."""

from typing import Any, TypeVar

from learners.models import (
    Attempt,
    Completion,
    Enrolment,
    LessonCompletion,
    ModuleCompletion,
    RefusedEvent,
    StepCompletion,
)
from learners.rollups import rebuild
from learners.signals import completions_merged
from people.models import User

AnyCompletion = TypeVar("AnyCompletion", bound=Completion)


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
            # What was finished alone before is not the cohort's doing (as in learners.receivers).
            if gone.cohort is None and not ModuleCompletion.objects.filter(enrolment=gone).exists():
                gone.cohort = person.cohorts.running().order_by("-pk").first()
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
    """`gone` becomes part of `kept`; of two completions of the same thing the earlier stays."""
    Attempt.objects.filter(enrolment=gone).update(enrolment=kept)
    for model, thing in ((StepCompletion, "step"), (LessonCompletion, "lesson")):
        pour_completions(model, thing, gone, kept)
    _pour_module(gone, kept)
    kept.started_at = min(gone.started_at, kept.started_at)
    kept.cohort = kept.cohort or gone.cohort
    kept.save(update_fields=["started_at", "cohort"])
    gone.delete()
    rebuild(kept)


def pour_completions(model: Any, thing: str, gone: Enrolment, kept: Enrolment, **only: Any) -> None:
    """Move completions (`only` these); of two of the same `thing` the earlier stays, as it is.

    Rows move and are not written anew: what was told of one (its key, both its dates) stays true.
    """
    hers = {getattr(row, f"{thing}_id"): row for row in model.objects.filter(enrolment=kept, **only)}
    theirs = model.objects.filter(enrolment=gone, **only)
    later = [_later(own, row).pk for row in theirs if (own := hers.get(getattr(row, f"{thing}_id")))]
    model.objects.filter(pk__in=later).delete()
    theirs.update(enrolment=kept)


def _pour_module(gone: Enrolment, kept: Enrolment) -> None:
    hers = ModuleCompletion.objects.filter(enrolment=kept).first()
    theirs = ModuleCompletion.objects.filter(enrolment=gone).first()
    if hers and theirs:
        later = _later(hers, theirs)
        completions_merged.send(ModuleCompletion, gone=later, kept=hers if later is theirs else theirs)
        later.delete()
    ModuleCompletion.objects.filter(enrolment=gone).update(enrolment=kept)


def _later(hers: AnyCompletion, theirs: AnyCompletion) -> AnyCompletion:
    """Of two at the same moment: theirs."""
    return hers if theirs.happened_at < hers.happened_at else theirs
