"""A table of contents that is always the same, the command, and what it made."""

from datetime import date
from io import StringIO
from uuid import UUID

from django.core.management import call_command
from django.db import connection

from certificates.models import Credential
from classrooms.models import Attendance, Session
from courses.enums import StepKind
from learners.models import Attempt
from people.models import User
from tests.factories.courses import LessonFactory, ModuleFactory, StepFactory

UNTIL = date(2026, 11, 1)
KINDS = [*[StepKind.INSTRUCTION] * 3, StepKind.QUESTION, StepKind.PRACTICE, StepKind.REAL]


def teach(modules: int = 2, lessons: int = 3) -> None:
    """Always the same, so that what is learned can be compared between databases."""
    for m in range(modules):
        module = ModuleFactory(key=UUID(int=m), title=f"Module {m}", position=m)
        for n in range(lessons):
            lesson = LessonFactory(module=module, key=UUID(int=10 * m + n), title=f"Lesson {n}", position=n)
            for place, kind in enumerate(KINDS):
                StepFactory(
                    lesson=lesson, block_id=UUID(int=100 * m + 10 * n + place), kind=kind, position=place
                )


def demo_data(learners=60, seed=1, until=UNTIL, **options) -> str:
    out = StringIO()
    call_command("demo_data", learners=learners, seed=seed, until=until, stdout=out, **options)
    return out.getvalue()


def in_short() -> dict[str, list]:
    """What was made, without the row ids that the database gave."""
    return {
        "people": list(User.objects.order_by("key").values_list("key", "name", "help_language", "date_joined")),
        "attempts": list(
            Attempt.objects.order_by("key").values_list(
                "key", "enrolment__person__key", "mark", "seconds", "practice", "happened_at", "received_at"
            )
        ),
        "sessions": list(Session.objects.order_by("code").values_list("code", "cohort__name", "starts_at", "opened_at")),
        "attendances": list(
            Attendance.objects.order_by("session__code", "person__key").values_list("status", "minutes_late", "joined_at")
        ),
        "credentials": list(Credential.objects.order_by("code").values_list("code", "name", "texts", "issued_at")),
    }  # fmt: skip


def all_counts() -> dict[str, int]:
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts
