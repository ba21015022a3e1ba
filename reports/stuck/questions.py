"""One question, one answer: about a module (a row a lesson) or about a lesson, down to its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from courses import library
from courses.models import Lesson, LessonPage, Module, Step
from courses.reading import LessonText, StepText
from reports.stuck import counts
from reports.stuck.comparing import Remark, remarks
from reports.stuck.counts import Furthest, Scope
from reports.stuck.efforts import Effort, effort
from reports.stuck.funnels import Funnel, funnel, of_one_module
from reports.stuck.goals import GoalNumbers, goal_numbers


@dataclass(frozen=True, slots=True)
class Question:
    """About the lesson when there is one, else about its module. Scopes stand side by side, never added up."""

    scopes: Sequence[Scope]
    module: Module
    lesson: Lesson | None = None


@dataclass(frozen=True, slots=True)
class StepLine:
    """`number` is 1-based; `text` is in the language nearest to the reader's."""

    number: int
    row: Step
    text: StepText
    language: str

    @property
    def title(self) -> str:
        return self.text.title


@dataclass(frozen=True, slots=True)
class LessonLine:
    lesson: Lesson
    title: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one lesson in one scope. Of a whole module only the funnels are asked for."""

    scope: Scope
    lesson: LessonLine
    funnel: Funnel
    efforts: Mapping[int, Effort] = field(default_factory=dict)
    goals: Mapping[int, list[GoalNumbers]] = field(default_factory=dict)
    remarks: Sequence[Remark] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`findings` by scope, then lesson; `steps` and `pages` ({language: page of the lesson}) of the one lesson that is
    asked about. `as_of` is None when nothing was counted yet; `missing` are scopes of which nothing was."""

    question: Question
    module_title: str
    as_of: datetime | None
    missing: list[Scope]
    findings: list[Finding]
    steps: list[StepLine] = field(default_factory=list)
    pages: Mapping[str, int] = field(default_factory=dict)

    def of(self, scope: Scope) -> list[Finding]:
        return [finding for finding in self.findings if finding.scope == scope]

    @property
    def scopes(self) -> list[Scope]:
        return [scope for scope in self.question.scopes if scope not in self.missing]


def ask(question: Question) -> Answer:
    slices = counts.slices_of(question.scopes)
    scopes = [scope for scope in question.scopes if scope not in slices.missing]
    lines = _lessons(question.module)
    asked = [line for line in lines if question.lesson in (None, line.lesson)]
    entry = library.module(question.module.slug, get_language() or "")
    title = f"{question.module.number} {entry.title if entry else question.module.title}".strip()
    furthest = counts.furthest(slices, [line.lesson.pk for line in lines]) if scopes else {}
    funnels = [
        finding for scope in scopes for finding in _funnels(scope, lines, furthest) if finding.lesson in asked
    ]
    if question.lesson is None:
        found = [
            Finding(one.scope, one.lesson, one.funnel, remarks=remarks(one.funnel, {})) for one in funnels
        ]
        return Answer(question, title, slices.counted_at, slices.missing, found)
    texts = library.lesson_texts(question.lesson.key, get_language() or "")
    steps = [_step(n, row, texts) for line in asked for n, row in enumerate(line.steps, 1)]
    return Answer(
        question,
        title,
        slices.counted_at,
        slices.missing,
        _whole(funnels, steps, slices),
        steps,
        dict(
            LessonPage.objects.filter(translation_key=question.lesson.key, alias_of=None).values_list(
                "locale__language_code", "pk"
            )
        ),
    )


def _funnels(scope: Scope, lines: Sequence[LessonLine], furthest: Furthest) -> list[Finding]:
    """Of all lessons of a module, whichever is asked about: what one of them hides, none may give back."""
    found = [
        funnel([step.pk for step in line.steps], furthest.get((scope.id, line.lesson.pk), {}))
        for line in lines
    ]
    if scope.organisation:  # there is no report about the whole site
        found = of_one_module(found)
    return [Finding(scope, line, one) for line, one in zip(lines, found, strict=True)]


def _whole(funnels: list[Finding], steps: list[StepLine], slices: counts.Slices) -> list[Finding]:
    """With what each step took and how each goal went."""
    ids = [step.row.pk for step in steps]
    tried = counts.efforts(slices, ids) if funnels else {}
    outcomes = counts.outcomes(slices, ids) if funnels else {}
    found = []
    for one in funnels:
        place = one.scope.id
        efforts = {
            step.number: effort(step.number, one.funnel, tried.get((place, step.row.pk), {}))
            for step in steps
        }
        goals = {}
        for step in steps:
            if counted := outcomes.get((place, step.row.pk)):
                through = efforts[step.number].took.all
                known = [*one.funnel.known, *([] if through is None else [through])]
                goals[step.number] = goal_numbers(step.text, counted, known, withholds=one.funnel.withholds)
        found.append(Finding(one.scope, one.lesson, one.funnel, efforts, goals, remarks(one.funnel, efforts)))
    return found


def _lessons(module: Module) -> list[LessonLine]:
    """Those with steps that are taught today, in order."""
    lessons = Lesson.objects.live().filter(module=module).order_by("position", "pk")
    steps: dict[int, list[Step]] = {}
    rows = Step.objects.live().filter(lesson__in=lessons.values("pk")).order_by("position", "pk")
    for row in rows:
        steps.setdefault(row.lesson_id, []).append(row)
    titles = {entry.row.pk: entry.title for entry in library.lessons([module.pk], get_language() or "")}
    return [
        LessonLine(lesson, titles.get(lesson.pk, lesson.title), steps[lesson.pk])
        for lesson in lessons
        if lesson.pk in steps
    ]


def _step(number: int, row: Step, texts: Sequence[LessonText]) -> StepLine:
    block = str(row.block_id)
    for text in texts:
        if found := text.steps.get(block):
            return StepLine(number, row, found, text.language)
    return StepLine(number, row, StepText(block, row.kind, row.title), "")
