"""What /me/ and a trainer's pages show: plain rows, a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from courses import library
from learners.models import Attempt, Cohort, Enrolment, ModuleCompletion, StepCompletion
from learners.standing import Spot, completed_by_lesson, finished_lessons, step_counts
from people.models import User


@dataclass(frozen=True, slots=True)
class LessonStanding:
    entry: library.Entry
    steps: int
    steps_completed: int
    is_finished: bool

    @property
    def is_begun(self) -> bool:
        # Every step she did may have been replaced since.
        return self.is_finished or self.steps_completed > 0


@dataclass(frozen=True, slots=True)
class ModuleStanding:
    """`next_spot` is where she goes on; None when there is nothing left to do."""

    entry: library.Entry
    lessons: list[LessonStanding] = field(default_factory=list)
    completion: ModuleCompletion | None = None
    next_spot: Spot | None = None

    @property
    def is_begun(self) -> bool:
        return self.completion is not None or any(lesson.is_begun for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.entry.row.minutes for lesson in self.lessons)

    @property
    def lessons_finished(self) -> int:
        return sum(lesson.is_finished for lesson in self.lessons)


def module_standings(
    person: User | None, entries: list[library.Entry], language: str
) -> list[ModuleStanding]:
    """How far she is in each of the modules given; for a visitor the same, with nothing done."""
    lessons = library.lessons([entry.row.pk for entry in entries], language)
    counts = step_counts([lesson.row.pk for lesson in lessons])
    done, finished = completed_by_lesson(person), finished_lessons(person)
    completions = _completions(person)
    by_module: dict[int, list[LessonStanding]] = defaultdict(list)
    for lesson in lessons:
        pk = lesson.row.pk
        by_module[lesson.row.module_id].append(
            LessonStanding(lesson, counts.get(pk, 0), done.get(pk, 0), pk in finished)
        )
    return [
        ModuleStanding(
            entry,
            by_module[entry.row.pk],
            completions.get(entry.row.pk),
            _next_spot(entry, by_module[entry.row.pk]),
        )
        for entry in entries
    ]


def _next_spot(entry: library.Entry, lessons: list[LessonStanding]) -> Spot | None:
    """The lesson to open next; its own page then names the step."""
    for lesson in lessons:
        if not lesson.is_finished and lesson.steps:
            return Spot(entry.row.slug, lesson.entry.row.slug, 1)
    return None


def _completions(person: User | None) -> dict[int, ModuleCompletion]:
    if not person:
        return {}
    rows = ModuleCompletion.objects.filter(enrolment__person=person).select_related("enrolment")
    return {row.enrolment.module_id: row for row in rows}


def my_modules(person: User, language: str) -> list[ModuleStanding]:
    """Those she has begun and that can be learned today; what she finished stands among her certificates."""
    standings = module_standings(person, library.modules(language), language)
    return [standing for standing in standings if standing.is_begun]


def cohort_sizes(cohorts: list[Cohort]) -> list[tuple[Cohort, int]]:
    sizes = dict(
        Cohort.objects.filter(pk__in=[cohort.pk for cohort in cohorts])
        .annotate(size=Count("learners", distinct=True))
        .values_list("pk", "size")
    )
    return [(cohort, sizes[cohort.pk]) for cohort in cohorts]


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner on one module: steps completed of the steps taught today."""

    steps_completed: int
    steps: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`helped`: steps that she passed while somebody sat beside her."""

    learner: User
    cells: list[Cell]
    last_attempt_at: datetime | None
    helped: int


@dataclass(frozen=True, slots=True)
class CohortTable:
    modules: list[library.Entry]
    rows: list[Row]


def cohort_table(cohort: Cohort, language: str) -> CohortTable:
    """Every learner of the cohort on every module."""
    modules = library.modules(language)
    lessons = {
        lesson.row.pk: lesson.row.module_id
        for lesson in library.lessons([m.row.pk for m in modules], language)
    }
    totals: dict[int, int] = defaultdict(int)
    for lesson, count in step_counts(lessons).items():
        totals[lessons[lesson]] += count
    learners = list(cohort.learners.order_by("name", "pk"))
    done = {
        (person, module): count
        for person, module, count in StepCompletion.objects.filter(
            enrolment__person__in=learners, step__retired_at=None, step__lesson__retired_at=None
        )
        .order_by()
        .values_list("enrolment__person", "step__lesson__module")
        .annotate(Count("step", distinct=True))
    }
    complete: set[tuple[int, int]] = set()
    last: dict[int, datetime] = {}
    enrolments = Enrolment.objects.filter(person__in=learners)
    for person, module, at, completion in enrolments.values_list(
        "person", "module", "last_attempt_at", "completion"
    ):
        if completion:
            complete.add((person, module))
        if at and (person not in last or at > last[person]):
            last[person] = at
    helped = dict(
        Attempt.objects.filter(enrolment__person__in=learners, helped=True, mark__gte=1)
        .order_by()
        .values_list("enrolment__person")
        .annotate(Count("step", distinct=True))
    )
    return CohortTable(
        modules,
        [
            Row(
                learner,
                [
                    Cell(
                        done.get((learner.pk, m.row.pk), 0),
                        totals[m.row.pk],
                        (learner.pk, m.row.pk) in complete,
                    )
                    for m in modules
                ],
                last.get(learner.pk),
                helped.get(learner.pk, 0),
            )
            for learner in learners
        ],
    )
