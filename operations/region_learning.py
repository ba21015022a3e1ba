"""One learner's way through the lessons: tries, mistakes, steps left out, and the rollups that follow from them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from learners.enums import AttemptKind
from learners.events import LONGEST_STAY
from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion, StepCompletion
from operations.region_content import Content, TaughtLesson, TaughtStep
from operations.region_people import Learner
from operations.region_writing import Table, Writer

ATTEMPTS = Table(
    Attempt, "key", "enrolment_id", "step_id", "kind", "mark", "seconds", "practice", "happened_at", "received_at"
)  # fmt: skip
ENROLMENTS = Table(
    Enrolment, "id", "person_id", "module_id", "cohort_id", "started_at", "last_attempt_at", "attempts_made",
    "steps_completed", "lessons_completed", "seconds_spent",
)  # fmt: skip
STEPS = Table(StepCompletion, "enrolment_id", "step_id", "happened_at", "received_at")
LESSONS = Table(
    LessonCompletion, "key", "enrolment_id", "lesson_id", "title", "steps", "happened_at", "received_at"
)
MODULES = Table(ModuleCompletion, "id", "key", "enrolment_id", "contents", "happened_at", "received_at")

READ, ANSWER, PRACTICE, REAL = (kind.value for kind in AttemptKind)
# Of each kind of step: logarithm of the usual seconds, share of tries that fail, share of people who leave it out.
USUAL = {
    READ: (2.9, 0.0, 0.005),
    ANSWER: (3.2, 0.28, 0.02),
    PRACTICE: (4.6, 0.25, 0.05),
    REAL: (3.9, 0.0, 0.12),
}
MOST_TRIES = 5
LOOKS_AGAIN = 0.04
GIVES_UP = 0.08  # after a mistake
COMES_BACK = 0.85  # to what was left out, at the end of the lesson
LEAVES = 0.011  # for good, after a step
VERSION_4 = (0xF000_C000_0000_0000_0000, 0x4000_8000_0000_0000_0000)


@dataclass(slots=True)
class Sitting:
    """Time she has to learn, in a class or (without `session`) at home; at most so many `lessons` of it."""

    begins: datetime
    ends: datetime
    cohort: int | None = None
    session: int | None = None
    lessons: int = 1
    sent_after: timedelta = timedelta(seconds=2)


@dataclass(slots=True)
class Progress:
    """An enrolment in the making. `done` is {step: (happened, received)}."""

    id: int
    module: int
    cohort: int | None
    started_at: datetime
    last_attempt_at: datetime
    attempts: int = 0
    seconds: int = 0
    done: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finished:
    """A module that somebody finished."""

    completion: int
    module: int
    cohort: int | None
    started_at: datetime
    happened_at: datetime
    received_at: datetime


class Way:
    """Writes what she does, sitting after sitting; `finish` writes the enrolments and says which modules are whole."""

    def __init__(
        self, writer: Writer, rng: Random, content: Content, learner: Learner, end: datetime
    ) -> None:
        self._writer, self._rng, self._content, self._learner = writer, rng, content, learner
        self._end = end
        self._lessons = iter(content.lessons_from(learner.first_module))
        self._lesson = next(self._lessons, None)
        self._place = 0
        self._left_out: list[TaughtStep] = []
        self._progress: dict[int, Progress] = {}
        self._has_left = False

    def sit(self, sitting: Sitting) -> None:
        now = sitting.begins + timedelta(seconds=self._rng.randint(20, 240))
        for _ in range(sitting.lessons):
            if self._lesson is None or self._has_left:
                return
            lesson = self._lesson
            reached = self._go_on(lesson, now, sitting)
            if reached is None:
                return
            now = reached
            self._lesson = next(self._lessons, None)
            self._place = 0

    def _go_on(self, lesson: TaughtLesson, now: datetime, sitting: Sitting) -> datetime | None:
        """When the lesson came to its end; None when she stopped before."""
        rng = self._rng
        while self._place < len(lesson.steps):
            step = lesson.steps[self._place]
            if rng.random() < USUAL[step.kind][2] * step.hardness:
                self._left_out.append(step)
            else:
                reached = self._try(lesson, step, now, sitting)
                if reached is None:
                    return None
                now = reached
            self._place += 1
            if rng.random() < LEAVES * step.hardness:
                self._has_left = True
                return None
        while self._left_out:
            step = self._left_out.pop()
            if rng.random() < COMES_BACK:
                reached = self._try(lesson, step, now, sitting)
                if reached is None:
                    return None
                now = reached
        return now

    def _try(
        self, lesson: TaughtLesson, step: TaughtStep, now: datetime, sitting: Sitting
    ) -> datetime | None:
        """All her tries at a step, one after the other; None when time was up first."""
        rng = self._rng
        fails = min(0.7, USUAL[step.kind][1] * step.hardness * self._learner.trouble)
        for _ in range(MOST_TRIES):
            has_failed = rng.random() < fails
            reached = self._attempt(lesson, step, now, sitting, has_failed=has_failed)
            if reached is None:
                return None
            now = reached
            if has_failed and rng.random() < GIVES_UP:
                self._left_out.append(step)
                break
            if not has_failed and rng.random() > LOOKS_AGAIN:
                break
        pause = 25 if sitting.session else 3
        return now + timedelta(seconds=rng.expovariate(1 / pause))

    def _attempt(
        self, lesson: TaughtLesson, step: TaughtStep, now: datetime, sitting: Sitting, *, has_failed: bool
    ) -> datetime | None:
        rng = self._rng
        usual = rng.lognormvariate(USUAL[step.kind][0], 0.7)
        seconds = 1 + min(int(usual * self._learner.pace * step.hardness**0.5), LONGEST_STAY - 1)
        now += timedelta(seconds=seconds, microseconds=rng.randrange(1_000_000))
        received_at = min(now + sitting.sent_after, self._end)
        if now > sitting.ends:
            return None
        mark, practice = 0.0 if has_failed else 1.0, None
        if step.goals:
            mark, practice = self._practise(step, has_failed)
        hers = self._progress.get(lesson.module) or self._enrol(lesson.module, now, sitting.cohort)
        self._writer.add(
            ATTEMPTS, self._new_key(), hers.id, step.id, step.kind, mark, seconds, practice, now, received_at
        )
        hers.attempts += 1
        hers.seconds += seconds
        hers.last_attempt_at = now
        if not has_failed and step.id not in hers.done:
            hers.done[step.id] = (now, received_at)
            self._writer.add(STEPS, hers.id, step.id, now, received_at)
        return now

    def _new_key(self) -> str:
        return f"{self._rng.getrandbits(128) & ~VERSION_4[0] | VERSION_4[1]:032x}"

    def _practise(self, step: TaughtStep, has_failed: bool) -> tuple[float, dict[str, Any]]:
        """The mark, and what a simulator would report (shape: courses.simulators.clean_result)."""
        rng = self._rng
        met = rng.randrange(len(step.goals)) if has_failed else len(step.goals)
        goals = {}
        for place, goal in enumerate(step.goals):
            mistakes = 0 if rng.random() > 0.3 * step.hardness * self._learner.trouble else rng.randint(1, 4)
            goals[goal.id] = {
                "goal": goal.name,
                "met": place < met,
                "mistakes": {rng.choice(goal.mistakes): mistakes} if mistakes else {},
                "hints": int(mistakes > 1),
                "shown": int(mistakes > 3),
            }
        return round(met / len(step.goals), 2), {"simulator": step.simulator, "goals": goals}

    def _enrol(self, module: int, now: datetime, cohort: int | None) -> Progress:
        self._progress[module] = Progress(self._writer.new_id(Enrolment), module, cohort, now, now)
        return self._progress[module]

    def finish(self) -> list[Finished]:
        finished = []
        for hers in self._progress.values():
            taught = self._content.by_id[hers.module]
            lessons = [moments for lesson in taught.lessons if (moments := self._settle(lesson, hers))]
            self._writer.add(
                ENROLMENTS, hers.id, self._learner.id, hers.module, hers.cohort, hers.started_at,
                hers.last_attempt_at, hers.attempts, len(hers.done), len(lessons), hers.seconds,
            )  # fmt: skip
            if len(lessons) == len(taught.lessons):
                pk, moments = self._writer.new_id(ModuleCompletion), _last(lessons)
                self._writer.add(MODULES, pk, self._new_key(), hers.id, taught.contents, *moments)
                finished.append(Finished(pk, hers.module, hers.cohort, hers.started_at, *moments))
        return finished

    def _settle(self, lesson: TaughtLesson, hers: Progress) -> tuple[datetime, datetime] | None:
        """When the lesson was done and known to be, if each of its steps is."""
        moments = [hers.done[step.id] for step in lesson.steps if step.id in hers.done]
        if len(moments) < len(lesson.steps):
            return None
        self._writer.add(
            LESSONS, self._new_key(), hers.id, lesson.id, lesson.title, len(moments), *_last(moments)
        )
        return _last(moments)


def _last(moments: list[tuple[datetime, datetime]]) -> tuple[datetime, datetime]:
    return max(happened for happened, _ in moments), max(received for _, received in moments)
