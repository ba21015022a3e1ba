"""Takes the made-up region away: part by part, each in one transaction, and nothing that is somebody's own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.deletion import CASCADE, PROTECT, get_candidate_relations_to_delete

from certificates.models import Credential, paper_storage
from classrooms.models import Attendance, Session
from learners.models import Cohort, Enrolment
from operations.models import RegionPart
from operations.region_people import key_of_part, keys_between
from people.models import Membership, Organisation, User


class SomebodyIsThere(Exception):
    """In this organisation, or with one of its people, somebody real has begun to work."""


def remove(say: Callable[[str], None]) -> tuple[int, list[str]]:
    """How many rows went, and which organisations stay because somebody real is there."""
    rows, staying = 0, []
    for part in RegionPart.objects.select_related("organisation"):
        try:
            rows += _remove_part(part)
        except SomebodyIsThere:
            staying.append(part.organisation.name)
        say(f"{part.organisation.name}: {rows:,} rows so far")
    return rows, staying


@transaction.atomic
def _remove_part(part: RegionPart) -> int:
    people = User.objects.filter(key__range=keys_between(key_of_part(part.seed, part.number)))
    cohorts = Cohort.objects.filter(organisation=part.organisation_id)
    if _is_shared(part, people, cohorts):
        raise SomebodyIsThere
    credentials = Credential.objects.filter(Q(person__in=people) | Q(cohort__in=cohorts))
    papers = list(credentials.exclude(pdf="").values_list("pdf", flat=True))
    rows = erase(credentials)
    rows += erase(Session.objects.filter(cohort__in=cohorts))
    rows += erase(people)
    rows += erase(Organisation.objects.filter(pk=part.organisation_id))
    transaction.on_commit(partial(_delete_papers, papers))
    return rows


def _delete_papers(paths: list[str]) -> None:
    for path in paths:
        paper_storage().delete(path)


def _is_shared(part: RegionPart, people: QuerySet[User], cohorts: QuerySet[Cohort]) -> bool:
    """Whether somebody who is not of this part would lose something with it."""
    keys = keys_between(key_of_part(part.seed, part.number))
    theirs: list[QuerySet] = [
        Membership.objects.filter(organisation=part.organisation_id).exclude(user__key__range=keys),
        Cohort.learners.through.objects.filter(cohort__in=cohorts).exclude(user__key__range=keys),
        Cohort.trainers.through.objects.filter(cohort__in=cohorts).exclude(user__key__range=keys),
        Attendance.objects.filter(session__cohort__in=cohorts, person__isnull=False).exclude(
            person__key__range=keys
        ),
        Enrolment.objects.filter(cohort__in=cohorts).exclude(person__key__range=keys),
        User.objects.filter(merged_into__in=people).exclude(key__range=keys),
    ]
    return any(rows.exists() for rows in theirs)


def erase(rows: QuerySet) -> int:
    """Delete them with all that hangs on them, however many: Django's own delete would first load each row.

    What only mentions them (SET_NULL) forgets them.
    """
    erased = 0
    relations: Any = get_candidate_relations_to_delete(rows.model._meta)
    for relation in relations:
        model: type[models.Model] = relation.related_model
        # Rows that point at rows like themselves go in the same statement.
        if model is rows.model:
            continue
        name = relation.field.name
        hanging = model._base_manager.filter(**{f"{name}__in": rows.values(relation.field.target_field.name)})
        if relation.on_delete in (CASCADE, PROTECT):
            erased += erase(hanging)
        else:
            hanging.update(**{name: None})
    return erased + rows._raw_delete(rows.db)
