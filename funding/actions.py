"""What can happen to a project and to what people said for it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from funding.access import sheets_of
from funding.models import Project, Sheet
from funding.pseudonyms import pseudonym_of
from funding.questions import NOT_SAID, QUESTIONS
from people.models import User


class ProjectClosed(Exception):
    """Its answers are deleted, and no new one may lie there."""


@transaction.atomic
def save(project: Project, person: User, answers: Mapping[str, str]) -> None:
    """{id of a question: answer}; what is not among them stays. Raises ProjectClosed."""
    if not _hold_open([project.pk]):
        raise ProjectClosed(project)
    Project.objects.filter(pk=project.pk, is_answered=False).update(is_answered=True)
    Sheet.objects.update_or_create(
        pk=pseudonym_of(project.pk, person.key), defaults={"project": project, **answers}
    )


def say_nothing(project: Project, person: User) -> None:
    """She does not want to answer, or takes everything back; either way she is not asked again. Raises ProjectClosed."""
    save(project, person, {question.id: NOT_SAID for question in QUESTIONS})


@transaction.atomic
def take_over(guest: User, person: User) -> None:
    """What she said under her own name stands; what she only said as a guest is hers now."""
    # Most guests have answered nothing, and then nobody waits.
    if not (answered := sheets_of(guest)):
        return
    _hold_open(answered)
    # Only now: what was closed before we held it has no sheets any more, and gets none.
    said, hers = sheets_of(guest), sheets_of(person)
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in said.values()]).delete()
    Sheet.objects.bulk_create(
        [_joined(sheet, hers.get(project), person) for project, sheet in said.items()],
        update_conflicts=True,
        unique_fields=["pseudonym"],
        update_fields=[question.id for question in QUESTIONS],
    )


def _joined(said: Sheet, own: Sheet | None, person: User) -> Sheet:
    answers = {
        question.id: (own and getattr(own, question.id)) or getattr(said, question.id)
        for question in QUESTIONS
    }
    return Sheet(pseudonym=pseudonym_of(said.project_id, person.key), project_id=said.project_id, **answers)


def forget(person: User) -> None:
    Sheet.objects.filter(pk__in=[sheet.pk for sheet in sheets_of(person).values()]).delete()


def switch(project: Project, *, is_on: bool) -> None:
    """Off, it asks nobody; what was said stays until its end, and who said it may still change it."""
    Project.objects.open().filter(pk=project.pk).update(is_on=is_on)


@transaction.atomic
def close(project_id: int, count: Callable[[Project], Any], *, now: datetime) -> bool:
    """Keep the table that `count` makes, JSON-ready, and delete what people said; False when that is done already."""
    project = Project.objects.open().select_for_update().filter(pk=project_id).first()
    if project is None:
        return False
    project.final, project.closed_at, project.is_on = count(project), now, False
    project.save(update_fields=["final", "closed_at", "is_on"])
    project.sheets.all().delete()
    return True


def _hold_open(projects: Iterable[int]) -> list[int]:
    """Those that are open: nobody closes them before this transaction ends. In the order of their keys, so that two who
    hold several cannot wait for each other."""
    held = Project.objects.open().select_for_update().filter(pk__in=projects).order_by("pk")
    return list(held.values_list("pk", flat=True))
