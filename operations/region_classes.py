"""Cohorts of the made-up region: who is in them, when they meet, who came, who asked for help."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from classrooms.actions import AFTER_ITS_END, LONGEST_SESSION
from classrooms.enums import Status
from classrooms.models import Attendance, AttendanceChange, HelpRequest, Session
from learners.models import Cohort
from operations.region_learning import Sitting
from operations.region_people import Learner
from operations.region_writing import Table, Writer
from operations.region_year import Slot
from people.codes import ALPHABET

SESSIONS = Table(
    Session, "id", "cohort_id", "starts_at", "ends_at", "series", "place_id", "trainer_id", "mediator_id",
    "mediator_language", "mediator_minutes", "module_id", "languages", "seats", "childcare_places", "is_women_only",
    "is_school_hours", "is_public", "cancelled_at", "opened_by_id", "opened_at", "closes_at", "closed_at",
    "children_came", "code",
)  # fmt: skip
COHORTS = Table(Cohort, "id", "name", "organisation_id", "ended_at")
TRAINERS = Table(Cohort.trainers.through, "cohort_id", "user_id")
MEMBERS = Table(Cohort.learners.through, "cohort_id", "user_id")
ATTENDANCES = Table(Attendance, "id", "session_id", "person_id", "status", "minutes_late", "joined_at")
CHANGES = Table(AttendanceChange, "attendance_id", "by_id", "at", "status", "minutes_late")
HELP = Table(HelpRequest, "session_id", "person_id", "asked_at", "comes_id", "ended_at")

# Codes made by the site have six signs, so these are never the same.
CODE_LENGTH = 8
CODES = len(ALPHABET) ** CODE_LENGTH
A_STRIDE = 98_765_432_177  # shares no divisor with CODES, so that no code comes twice
MOST_SESSIONS_A_PART = 1 << 14
ASKS_FOR_HELP = 0.12
STATUSES = [Status.PRESENT, Status.LATE, Status.EXCUSED, Status.ABSENT]
WHILE_SHE_STAYS = [78, 10, 7, 5]
AFTERWARDS = [2, 1, 7, 90]


@dataclass(slots=True)
class Attended:
    """What one learner attended of one cohort."""

    minutes: int = 0
    sessions: int = 0
    first_day: date = date.max
    last_day: date = date.min


@dataclass(slots=True)
class Class:
    """A cohort in the making. `attended` is by learner, `offered` minutes were held."""

    id: int
    organisation_id: int
    place: int
    trainer: int
    mediator: int | None
    mediator_language: str
    module: int
    first_module: int
    slot: Slot
    series: str
    languages: str
    meetings: list[tuple[datetime, datetime]]
    learners: list[Learner] = field(default_factory=list)
    attended: dict[int, Attended] = field(default_factory=dict)
    offered: int = 0
    childcare: int = 0
    is_women_only: bool = False
    is_public: bool = True

    @property
    def began_at(self) -> datetime:
        return self.meetings[0][0]

    def ended_at(self, end: datetime) -> datetime | None:
        last = self.meetings[-1][1]
        return last if last < end else None


def session_codes(seed: int, number: int) -> Iterator[str]:
    """All different, in every part of a region."""
    first = Random(f"{seed} codes").randrange(CODES) + number * MOST_SESSIONS_A_PART * A_STRIDE  # noqa: S311
    for count in range(MOST_SESSIONS_A_PART):
        value, signs = (first + count * A_STRIDE) % CODES, []
        for _ in range(CODE_LENGTH):
            value, sign = divmod(value, len(ALPHABET))
            signs.append(ALPHABET[sign])
        yield "".join(signs)


class Timetable:
    """Writes the sessions of cohorts, and gives learners the sittings they came to."""

    def __init__(self, writer: Writer, rng: Random, codes: Iterator[str], end: datetime) -> None:
        self._writer, self._rng, self._codes, self._end = writer, rng, codes, end

    def hold(self, cohort: Class, name: str) -> None:
        self._writer.add(COHORTS, cohort.id, name, cohort.organisation_id, cohort.ended_at(self._end))
        self._writer.add(TRAINERS, cohort.id, cohort.trainer)
        for learner in cohort.learners:
            self._writer.add(MEMBERS, cohort.id, learner.id)
        for place, (starts_at, ends_at) in enumerate(cohort.meetings):
            is_cancelled = self._rng.random() < 0.03
            is_held = ends_at < self._end and not is_cancelled
            pk = self._session(cohort, starts_at, ends_at, is_cancelled=is_cancelled, is_held=is_held)
            if is_held:
                self._attend(cohort, pk, starts_at, ends_at, how_far=place / len(cohort.meetings))

    def _session(
        self, cohort: Class, starts_at: datetime, ends_at: datetime, *, is_cancelled: bool, is_held: bool
    ) -> int:
        rng, pk = self._rng, self._writer.new_id(Session)
        cancelled_at = (
            min(starts_at, self._end) - timedelta(hours=rng.randint(2, 70)) if is_cancelled else None
        )
        held: tuple[Any, ...] = (None, None, None, None, None)
        if is_held:
            closes_at = max(starts_at + LONGEST_SESSION, ends_at + AFTER_ITS_END)
            children = sum(rng.random() < 0.6 for _ in range(cohort.childcare)) if cohort.childcare else None
            # Opened a little before, so that it began when it was planned.
            opened_at = starts_at - timedelta(minutes=rng.randint(0, 12))
            held = (cohort.trainer, opened_at, closes_at, ends_at, children)
        self._writer.add(
            SESSIONS, pk, cohort.id, starts_at, ends_at, cohort.series, cohort.place, cohort.trainer, cohort.mediator,
            cohort.mediator_language, self._minutes(starts_at, ends_at) if cohort.mediator else None, cohort.module,
            cohort.languages, 12, cohort.childcare, cohort.is_women_only, cohort.slot.is_school_hours,
            cohort.is_public, cancelled_at, *held, next(self._codes),
        )  # fmt: skip
        return pk

    def _attend(
        self, cohort: Class, session: int, starts_at: datetime, ends_at: datetime, *, how_far: float
    ) -> None:
        minutes, day = self._minutes(starts_at, ends_at), starts_at.date()
        cohort.offered += minutes
        for learner in cohort.learners:
            weights = WHILE_SHE_STAYS if how_far < learner.stays else AFTERWARDS
            (status,) = self._rng.choices(STATUSES, weights)
            late = self._rng.randint(11, 45) if status == Status.LATE else None
            came = status in (Status.PRESENT, Status.LATE)
            self._tick(cohort, session, learner, status, late, starts_at, ends_at)
            if not came:
                continue
            begins = starts_at + timedelta(minutes=late or self._rng.randint(0, 8))
            learner.sittings.append(Sitting(begins, ends_at, cohort=cohort.id, session=session))
            hers = cohort.attended.setdefault(learner.id, Attended())
            hers.minutes += minutes - (late or 0)
            hers.sessions += 1
            hers.first_day, hers.last_day = min(hers.first_day, day), max(hers.last_day, day)
            if self._rng.random() < ASKS_FOR_HELP:
                asked = begins + timedelta(seconds=self._rng.randint(300, 3600))
                helped = asked + timedelta(seconds=int(self._rng.lognormvariate(4.5, 0.8)))
                comes = cohort.trainer if helped < ends_at else None
                self._writer.add(HELP, session, learner.id, asked, comes, min(helped, ends_at))

    def _tick(
        self, cohort: Class, session: int, learner: Learner, status: Status, late: int | None,
        starts_at: datetime, ends_at: datetime,
    ) -> None:  # fmt: skip
        came = status in (Status.PRESENT, Status.LATE)
        joined = starts_at + timedelta(minutes=late or 0, seconds=self._rng.randint(5, 50))
        has_joined = came and self._rng.random() < 0.85
        pk = self._writer.new_id(Attendance)
        joined_at = joined if has_joined else None
        self._writer.add(ATTENDANCES, pk, session, learner.id, status.value, late, joined_at)
        self._writer.add(CHANGES, pk, cohort.trainer, ends_at, status.value, late)

    @staticmethod
    def _minutes(starts_at: datetime, ends_at: datetime) -> int:
        return int((ends_at - starts_at).total_seconds() // 60)
