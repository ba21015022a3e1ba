"""Counts the enrolments of one slice for its rollups: grouped in the database, in constant memory."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from courses.models import Step
from learners.models import Attempt, Enrolment, LessonCompletion, StepCompletion
from reminders.clock import BRUSSELS
from reports.models import FurthestStep, GoalOutcome, Slice, StepEffort

# Before the first step and after the last: how far somebody came in a lesson.
NOWHERE, THROUGH = -1, 1 << 30
ENROLMENTS_AT_ONCE = 500
LANGUAGE = "enrolment__person__help_language"


def active_months(scope: QuerySet[Enrolment]) -> set[tuple[int, datetime]]:
    """{(enrolment, when the first attempt of a month was received)}."""
    months = (
        Attempt.objects.filter(enrolment__in=scope)
        .order_by()
        .values("enrolment_id", month=TruncMonth("received_at", tzinfo=BRUSSELS))
        .annotate(first=Min("received_at"))
    )
    return set(months.values_list("enrolment_id", "first"))


def furthest(part: Slice, scope: QuerySet[Enrolment]) -> Iterator[FurthestStep]:
    order = {(step.lesson_id, step.position): step.pk for step in _taught()}
    last = {lesson: step for (lesson, _position), step in sorted(order.items())}
    taught = StepCompletion.objects.filter(step__retired_at=None)
    some, *others = [
        rows.filter(enrolment__in=scope)
        .order_by()
        .annotate(of_lesson=F(lesson), of_language=F(LANGUAGE), far=far)
        .values_list("enrolment_id", "of_lesson", "of_language", "far")
        for rows, lesson, far in (
            (taught, "step__lesson", F("step__position")),
            (LessonCompletion.objects.all(), "lesson", Value(THROUGH)),
            (Attempt.objects.all(), "step__lesson", Value(NOWHERE)),
        )
    ]
    each = "SELECT of_lesson, of_language, MAX(far) AS far FROM ({}) came GROUP BY enrolment_id, 1, 2"
    rows = _grouped(
        f"SELECT of_lesson, of_language, far, COUNT(*) FROM ({each}) each_one GROUP BY 1, 2, 3",  # noqa: S608  (words of ours)
        some.union(*others, all=True),
    )
    # Who has finished and who has come through the last step are one group.
    people: Counter[tuple[int, str, int | None]] = Counter()
    for lesson, language, far, number in rows:
        if lesson in last:
            people[lesson, language, last[lesson] if far == THROUGH else order.get((lesson, far))] += number
    for (lesson, language, step), number in people.items():
        yield FurthestStep(slice=part, lesson_id=lesson, step_id=step, language=language, people=number)


def efforts(part: Slice, scope: QuerySet[Enrolment]) -> Iterator[StepEffort]:
    """Of each step that is taught: one statement, a row an enrolment and step first, then a row a group of them."""
    each = (
        Attempt.objects.filter(enrolment__in=scope, step__retired_at=None, step__lesson__retired_at=None)
        .order_by()
        .values("enrolment_id", "step_id", of_language=F(LANGUAGE))
        .annotate(
            tries=Count("pk"), failed=Count("pk", filter=Q(mark__lt=1)), best=Max("mark"), took=Sum("seconds")
        )
        .values_list("step_id", "of_language", "tries", "failed", "best", "took")
    )
    below = [*StepEffort.TOOK, None]
    bounds = [
        f"took >= {low}" + ("" if high is None else f" AND took < {high}")
        for low, high in zip([0, *StepEffort.TOOK], below, strict=True)
    ]
    sums = [
        "COUNT(*)",
        "SUM(CASE WHEN best >= 1 THEN 1 ELSE 0 END)",
        "SUM(CASE WHEN best >= 1 AND failed = 0 THEN 1 ELSE 0 END)",
        "SUM(tries)",
        "SUM(failed)",
        *(f"SUM(CASE WHEN best >= 1 AND {bound} THEN 1 ELSE 0 END)" for bound in bounds),
    ]
    for step, language, people, completed, at_once, tries, failed, *took in _grouped(
        f"SELECT step_id, of_language, {', '.join(sums)} FROM ({{}}) each_one GROUP BY 1, 2",  # noqa: S608  (words of ours)
        each,
    ):
        yield StepEffort(
            slice=part, step_id=step, language=language, people=people, completed=completed, at_once=at_once,
            tries=tries, failed=failed, **{f"took_{n}": number for n, number in enumerate(took)},
        )  # fmt: skip


def outcomes(part: Slice, scope: QuerySet[Enrolment]) -> Iterator[GoalOutcome]:
    """A person who came back counts once: she needed the hint if she needed it in any try."""
    people: Counter[tuple[int, str, str, str, str]] = Counter()
    enrolments = list(scope.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(enrolments), ENROLMENTS_AT_ONCE):
        tries = Attempt.objects.filter(
            enrolment__in=enrolments[first : first + ENROLMENTS_AT_ONCE],
            practice__isnull=False,
            step__retired_at=None,
        )
        each: dict[tuple[int, int], set[tuple[int, str, str, str, str]]] = defaultdict(set)
        for enrolment, step, language, practice in tries.values_list(
            "enrolment_id", "step_id", LANGUAGE, "practice"
        ):
            each[enrolment, step].update((step, language, *told) for told in _told(practice))
        for told in each.values():
            people.update(told)
    for (step, language, goal, outcome, mistake), number in people.items():
        yield GoalOutcome(
            slice=part, step_id=step, language=language, goal=goal, outcome=outcome, mistake=mistake,
            people=number,
        )  # fmt: skip


def _told(practice: dict[str, Any] | None) -> Iterator[tuple[str, str, str]]:
    """(goal, outcome, mistake) of one try; shape: courses.simulators.clean_result."""
    for goal, result in (practice or {}).get("goals", {}).items():
        yield goal, "tried", ""
        for outcome, key in (("met", "met"), ("hint", "hints"), ("shown", "shown")):
            if result[key]:
                yield goal, outcome, ""
        for mistake in result["mistakes"]:
            yield goal, "mistake", mistake


def _taught() -> QuerySet[Step]:
    return Step.objects.filter(retired_at=None, lesson__retired_at=None)


def _grouped(statement: str, inner: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """What `statement` makes of the rows of `inner`, which it names {}."""
    sql, params = inner.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql), params)
        return cursor.fetchall()
