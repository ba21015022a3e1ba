"""What the screen shows of an answer beside its tables: pictures, and the ways to each step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from courses.library import nearness
from reports.charts import Chart
from reports.stuck import drawings, tables, wording
from reports.stuck.counts import Scope
from reports.stuck.questions import Answer, Finding, StepLine
from reports.stuck.tables import Row, Table

# What stands out is a list on the screen. Of more steps than these it shows no ways: the table of all steps has them.
LIST = "standouts"
MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class StepWay:
    """Where a step is read in a language, changed (empty: she may not) and written about (empty: she edits)."""

    number: int
    read: str
    change: str
    write: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: Row
    ways: list[StepWay]
    lesson_url: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    table: Table
    rows: list[ShownRow]


@dataclass(frozen=True, slots=True)
class Section:
    """Of one scope."""

    scope: Scope
    standouts: ShownTable | None
    funnel: Chart | None
    times: list[Chart]
    tables: list[ShownTable]


def page_context(answer: Answer, *, edits: bool, language: str) -> dict[str, Any]:
    ways = Ways(answer, edits=edits, language=language)
    sections = [_section(answer, scope, ways) for scope in answer.scopes]
    return {
        "answer": answer,
        "title": tables.title_of(answer),
        "sections": sections,
        "hides": any(one.table.hides for section in sections for one in section.tables),
        "notes": list(tables.notes(answer)),
        "rule": wording.rule_of_small_numbers(),
        "rule_of_remarks": wording.rule_of_remarks(),
        "as_of": tables.as_of(answer),
        "not_counted": tables.not_counted(answer),
        "module_url": ways.about(f"module-{answer.question.module.pk}"),
    }


class Ways:
    """From a row to the step or the lesson it is about."""

    def __init__(self, answer: Answer, *, edits: bool, language: str) -> None:
        self._answer, self._edits, self._language = answer, edits, language
        self._steps = {step.number: step for step in answer.steps}

    def of(self, row: Row, most: int) -> ShownRow:
        """`most`: of a row about more steps, none."""
        lesson_url = self.about(f"lesson-{row.lesson}") if row.lesson else ""
        numbers = [n for n in range(row.first, row.last + 1) if n in self._steps]
        ways = [self.to(self._steps[n], row.language) for n in numbers] if len(numbers) <= most else []
        return ShownRow(row, ways, lesson_url)

    def about(self, what: str) -> str:
        chosen = [("organisation", scope.id) for scope in self._answer.question.scopes if scope.id]
        return f"{reverse('reports:stuck')}?{urlencode([*chosen, ('about', what)])}"

    def to(self, step: StepLine, language: str | None) -> StepWay:
        """As people of this language see it; None: as the reader does."""
        question = self._answer.question
        assert question.lesson is not None
        code = language if language in dict(settings.LANGUAGES) else self._language
        with override(code):
            place = [question.module.slug, question.lesson.slug, step.number]
            read = reverse("courses:step", args=place)
        return StepWay(step.number, read, self._change(step, code or ""), self._write(step, language or ""))

    def _change(self, step: StepLine, language: str) -> str:
        pages = self._answer.pages
        if not self._edits or not pages:
            return ""
        page = pages[min(pages, key=lambda code: nearness(code, language))]
        return f"{reverse('wagtailadmin_pages:edit', args=[page])}#block-{step.row.block_id}-section"

    def _write(self, step: StepLine, language: str) -> str:
        if self._edits:
            return ""
        return f"{reverse('learners:note', args=[step.row.pk])}?{urlencode({'language': language})}"


def _section(answer: Answer, scope: Scope, ways: Ways) -> Section:
    shown = [
        ShownTable(
            table, [ways.of(row, MOST_WAYS if table.id == LIST else len(answer.steps)) for row in table.rows]
        )
        for table in tables.tables(answer, scope)
    ]
    findings = answer.of(scope) if answer.question.lesson else []
    return Section(
        scope,
        next((one for one in shown if one.table.id == LIST), None),
        next((drawings.funnel_chart(finding) for finding in findings), None),
        list(_times(findings, answer.steps)),
        [one for one in shown if one.table.id != LIST],
    )


def _times(findings: Iterable[Finding], steps: Iterable[StepLine]) -> Iterable[Chart]:
    for finding in findings:
        for step in steps:
            if chart := drawings.time_chart(step, finding.efforts[step.number]):
                yield chart
