from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Q
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

if TYPE_CHECKING:
    from people.models import User


class CohortQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def open_at(self, moment: datetime) -> Self:
        """A class of theirs is on."""
        return self.running().filter(open_until__gt=moment)

    def led_by(self, person: "User") -> Self:
        return self.filter(trainers=person)


class InvitationQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None, cohort__ended_at=None)


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, person: "User") -> Self:
        """Their own, and those of cohorts they lead. Everyone else's is a 404."""
        return self.filter(Q(person=person) | Q(person__cohorts__trainers=person)).distinct()

    def unfinished(self) -> Self:
        return self.filter(completion=None, module__retired_at=None)

    def stalled(self, *, since: datetime) -> Self:
        return self.unfinished().filter(last_attempt_at__lt=since)


def insert_new(rows: list[Any], returning: str) -> set[Any]:
    """Insert the rows the database does not have yet, in one statement; the `returning` values of those that were new.

    `bulk_create(ignore_conflicts=True)` cannot tell which rows were new, and asking first is a race: the unique
    constraint itself must answer. Django's compiler writes such a statement; no public method offers it.
    """
    if not rows:
        return set()
    model = type(rows[0])
    field = model._meta.get_field(returning)
    query = InsertQuery(model, on_conflict=OnConflict.IGNORE)
    query.insert_values([column for column in model._meta.concrete_fields if not column.primary_key], rows)
    compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
    compiler.returning_fields = [field]
    new: set[Any] = set()
    with compiler.connection.cursor() as cursor:
        for sql, params in compiler.as_sql():
            cursor.execute(sql, params)
            new.update(field.to_python(row[0]) for row in cursor.fetchall())
    return new


def without_open_step(enrolment_id: int, lessons: list[int]) -> list[int]:
    """Those of the lessons whose every step of today is complete for this enrolment.

    Asked after every completed step and nearly always answered with none, so it is written by hand: building it
    from querysets takes ten times as long as running it.
    """
    if not lessons:
        return []
    places = ", ".join(["%s"] * len(lessons))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT lesson.id FROM courses_lesson lesson
            WHERE lesson.id IN ({places}) AND lesson.retired_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM courses_step step
                WHERE step.lesson_id = lesson.id AND step.retired_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM learners_stepcompletion done
                    WHERE done.step_id = step.id AND done.enrolment_id = %s))
            """,  # noqa: S608  (only place holders are put in)
            [*lessons, enrolment_id],
        )
        return [lesson for (lesson,) in cursor.fetchall()]
