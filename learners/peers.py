"""Peer helpers: learners who have finished a module, and whom their trainer has named to help others at it in class."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from courses import library
from learners.models import Cohort, ModuleCompletion
from learners.overview import CohortTable
from people.models import User


class HasFinishedNothing(Exception):
    """There is no module at which she could help yet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`modules` are those at which she may help."""

    learner: User
    modules: list[library.Entry]
    is_helper: bool


def candidates(cohort: Cohort, table: CohortTable) -> list[Candidate]:
    """Who has finished a module that is taught today, by name; `table` is the cohort's."""
    helping = set(cohort.helpers.values_list("pk", flat=True))
    finished = [
        (
            row.learner,
            [entry for entry, cell in zip(table.modules, row.cells, strict=True) if cell.is_complete],
        )
        for row in table.rows
    ]
    return [Candidate(learner, modules, learner.pk in helping) for learner, modules in finished if modules]


def name_helper(cohort: Cohort, learner: User) -> None:
    """Raises HasFinishedNothing."""
    finished = ModuleCompletion.objects.filter(enrolment__person=learner, enrolment__module__retired_at=None)
    if not finished.exists():
        raise HasFinishedNothing
    cohort.helpers.add(learner)


def end_helping(cohort: Cohort, learner: User) -> None:
    cohort.helpers.remove(learner)


def modules_of(person: int, cohort_id: int) -> QuerySet[ModuleCompletion, Any]:
    """Ids of the modules at which she helps in this cohort, to ask within another query; none unless she was named."""
    rows = ModuleCompletion.objects.filter(
        enrolment__person=person,
        enrolment__person__cohorts=cohort_id,
        enrolment__person__cohorts_helped=cohort_id,
    )
    return rows.values("enrolment__module")


def is_helper(person: int, cohort_id: int) -> bool:
    return modules_of(person, cohort_id).exists()
