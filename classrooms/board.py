"""What a trainer sees of her class: one row a learner, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from classrooms.models import Attendance, HelpRequest, Session
from courses.models import Step
from learners.models import Attempt, Enrolment, StepCompletion
from people.models import User

# The rule that the board shows: so long at one step, or so many mistakes there, and somebody is stuck.
STUCK_AFTER = timedelta(minutes=5)
STUCK_MISTAKES = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a step stands today; `number` is 1-based, of `total`."""

    lesson: str
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Row:
    """`minutes_there` at the step she is at, `mistakes` she made there, `done` steps finished since the session opened."""

    learner: User
    attendance: Attendance | None
    spot: Spot | None
    minutes_there: int
    mistakes: int
    done: int
    help_request: HelpRequest | None

    @property
    def has_joined(self) -> bool:
        return self.attendance is not None and self.attendance.joined_at is not None

    @property
    def is_late(self) -> bool:
        attendance = self.attendance
        return bool(attendance and attendance.joined_at and attendance.session.is_late(attendance.joined_at))

    @property
    def is_stuck(self) -> bool:
        there = timedelta(minutes=self.minutes_there)
        return self.spot is not None and (there >= STUCK_AFTER or self.mistakes >= STUCK_MISTAKES)


def state(session_id: int, *, now: datetime) -> str:
    """Changes whenever the board would look different; two queries.

    The minute is part of it: waiting times grow without anything happening.
    """
    version = Session.objects.values_list("version", flat=True).get(pk=session_id)
    attempts = Enrolment.objects.filter(person__cohorts__sessions=session_id).aggregate(
        all=Sum("attempts_made")
    )
    return f"{version}.{attempts['all'] or 0}.{int(now.timestamp()) // 60}"


def rows(session: Session, *, now: datetime) -> list[Row]:
    """Whoever asks for help first, then those in class, then those who have not come; by name within these."""
    people = list(session.cohort.learners.order_by("name", "pk"))
    attendances = {row.person_id: row for row in session.attendances.select_related("step")}
    asked = {row.person_id: row for row in waiting_for_help(session)}
    spots = spots_of({row.step.lesson_id for row in attendances.values() if row.step})
    done = steps_done(session, people)
    mistakes = _mistakes(session, people)
    made = []
    for person in people:
        attendance = attendances.get(person.pk)
        step = attendance.step_id if attendance else None
        since = attendance.step_at if attendance else None
        made.append(
            Row(
                person,
                attendance,
                spots.get(step) if step else None,
                int((now - since).total_seconds() // 60) if since else 0,
                mistakes.get((person.pk, step), 0) if step else 0,
                done.get(person.pk, 0),
                asked.get(person.pk),
            )
        )
    queue = list(asked)
    return sorted(
        made,
        key=lambda row: (
            queue.index(row.learner.pk) if row.help_request else len(queue),
            not row.has_joined,
        ),
    )


def waiting_for_help(session: Session) -> list[HelpRequest]:
    """In the order in which they asked."""
    waiting = HelpRequest.objects.waiting().filter(session=session).select_related("person", "comes")
    return list(waiting.order_by("asked_at", "pk"))


def steps_done(session: Session, people: Iterable[User], *, until: datetime | None = None) -> dict[int, int]:
    """{person id: steps finished since the session opened}, up to its end where it has one."""
    began = session.opened_at or session.began_at
    rows = StepCompletion.objects.filter(enrolment__person__in=people, received_at__gte=began)
    if until:
        rows = rows.filter(received_at__lte=until)
    counted = rows.order_by().values_list("enrolment__person").annotate(Count("step", distinct=True))
    return dict(counted)


def _mistakes(session: Session, people: Iterable[User]) -> dict[tuple[int, int], int]:
    """{(person id, step id): tries since the session opened that were not right}."""
    rows = (
        Attempt.objects.filter(enrolment__person__in=people, mark__lt=1, received_at__gte=session.opened_at)
        .order_by()
        .values_list("enrolment__person", "step")
        .annotate(Count("pk"))
    )
    return {(person, step): count for person, step, count in rows}


def spots_of(lessons: set[int]) -> dict[int, Spot]:
    """{step id: where it stands today}, for these lessons."""
    by_lesson: dict[int, list[tuple[int, str]]] = defaultdict(list)
    steps = Step.objects.live().filter(lesson__in=lessons).order_by("position", "pk")
    for lesson, step, number in steps.values_list("lesson", "id", "lesson__number"):
        by_lesson[lesson].append((step, number))
    return {
        step: Spot(number, place, len(steps_of))
        for steps_of in by_lesson.values()
        for place, (step, number) in enumerate(steps_of, 1)
    }
