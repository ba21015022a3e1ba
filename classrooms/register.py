"""Who was there: what joining proposes, what the trainer ticks, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from classrooms.aftercare import absent_twice, next_lessons, times_asked
from classrooms.board import steps_done
from classrooms.enums import Status
from classrooms.models import Attendance, Session
from courses.library import Entry
from learners.models import LessonCompletion
from people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """`proposed` and `proposed_late` stand in the form until something was ticked."""

    learner: User
    attendance: Attendance | None
    proposed: Status
    proposed_late: int | None

    @property
    def status(self) -> str:
        return self.attendance.status if self.attendance and self.attendance.status else self.proposed

    @property
    def minutes_late(self) -> int | None:
        if self.attendance and self.attendance.status:
            return self.attendance.minutes_late
        return self.proposed_late

    @property
    def is_ticked(self) -> bool:
        return self.attendance is not None and self.attendance.status != ""


def lines(session: Session) -> list[Line]:
    """Everybody of the cohort, and who came and has left the cohort since."""
    named = session.attendances.exclude(person=None).select_related("person")
    attendances = {row.person.pk: row for row in named if row.person}
    people = {person.pk: person for person in session.cohort.learners.all()}
    people |= {pk: row.person for pk, row in attendances.items() if row.person}
    ordered = sorted(people.values(), key=lambda person: (person.name, person.pk))
    return [
        Line(person, attendances.get(person.pk), *_proposal(session, attendances.get(person.pk)))
        for person in ordered
    ]


def _proposal(session: Session, attendance: Attendance | None) -> tuple[Status, int | None]:
    if attendance is None or attendance.joined_at is None:
        return Status.ABSENT, None
    if not session.is_late(attendance.joined_at):
        return Status.PRESENT, None
    return Status.LATE, int((attendance.joined_at - session.began_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Record:
    """One learner in the attendance. `minutes` she was there; None while nobody ticked it."""

    learner: User
    attendance: Attendance | None
    minutes: int | None


def records(session: Session, *, now: datetime) -> list[Record]:
    length = minutes_held(session, now=now)
    return [Record(line.learner, line.attendance, _minutes(line, length)) for line in lines(session)]


@dataclass(frozen=True, slots=True)
class Result(Record):
    """One line of the summary.

    `next_lesson` is None when she has finished all of them; `needs_call` when she was absent twice running.
    """

    steps: int
    lessons: list[str]
    times_asked: int
    next_lesson: Entry | None
    needs_call: bool


def results(session: Session, *, now: datetime) -> list[Result]:
    """Nothing was done in a session that was held on paper; who was there is known all the same."""
    ended = session.ended_at(now) or max(now, session.began_at)
    recorded = records(session, now=now)
    people = [record.learner for record in recorded]
    steps = steps_done(session, people, until=ended)
    asked, upcoming = times_asked(session), next_lessons(people)
    away = absent_twice(session)
    finished: dict[int, list[str]] = {}
    rows = LessonCompletion.objects.filter(
        enrolment__person__in=people,
        received_at__gte=session.opened_at or session.began_at,
        received_at__lte=ended,
    )
    for person, number in rows.order_by("received_at", "pk").values_list(
        "enrolment__person", "lesson__number"
    ):
        finished.setdefault(person, []).append(number)
    return [
        Result(
            record.learner,
            record.attendance,
            record.minutes,
            steps.get(record.learner.pk, 0),
            finished.get(record.learner.pk, []),
            asked[record.learner.pk],
            upcoming.get(record.learner.pk),
            record.learner.pk in away,
        )
        for record in recorded
    ]


def minutes_held(session: Session, *, now: datetime) -> int:
    """So far, while it is on."""
    ended = session.ended_at(now) or max(now, session.began_at)
    return max(0, int((ended - session.began_at).total_seconds() // 60))


def who_left(session: Session) -> int:
    """How many came whose names are deleted since."""
    return session.attendances.filter(person=None, status__in=(Status.PRESENT, Status.LATE)).count()


def _minutes(line: Line, length: int) -> int | None:
    if not line.is_ticked:
        return None
    if line.status == Status.PRESENT:
        return length
    return max(0, length - (line.minutes_late or 0)) if line.status == Status.LATE else 0
