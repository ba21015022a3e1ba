"""An answer as tables of lines: what the screen, the CSV, the XLSX and the PDF all write down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.questions import Cell, cell_of
from reports.stuck import wording
from reports.stuck.counts import Scope
from reports.stuck.funnels import part_of
from reports.stuck.questions import Answer, Finding, StepLine
from reports.tables import Written, plain, written

Value = str | Cell


@dataclass(frozen=True, slots=True)
class Row:
    """`first` and `last` are the steps it is about (0: none), `language` whose people, `lesson` the id of a lesson to
    read on in."""

    cells: list[Value]
    first: int = 0
    last: int = 0
    language: str | None = None
    lesson: int | None = None
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Of one scope. The first `words` columns are text, the others numbers of people; `id` is the same in every
    language."""

    id: str
    title: str
    head: list[str]
    words: int
    rows: list[Row] = field(default_factory=list)

    @property
    def hides(self) -> bool:
        return any(isinstance(cell, Cell) and cell.is_hidden for row in self.rows for cell in row.cells)


def tables(answer: Answer, scope: Scope) -> list[Table]:
    """Those that have a row."""
    findings = answer.of(scope)
    if answer.question.lesson is None:
        found = [_lessons(findings), _standouts(findings, of_module=True)]
    else:
        found = [
            table
            for finding in findings
            for table in (
                _standouts([finding], of_module=False),
                _far(finding, answer.steps),
                _languages(finding),
                _times(finding, answer.steps),
                _tries(finding, answer.steps),
                _goals(finding, answer.steps),
                _mistakes(finding, answer.steps),
            )
        ]
    return [table for table in found if table.rows]


def turned(table: Table) -> Table:
    """The table of languages with a line a step: a lesson has more steps than fit beside each other on paper."""
    columns = zip(*[row.cells[1:] for row in table.rows], strict=True)
    rows = [Row([name, *column]) for name, column in zip(table.head[1:], columns, strict=True)]
    return Table(table.id, table.title, [_("Step"), *(str(row.cells[0]) for row in table.rows)], 1, rows)


def merged(answer: Answer) -> list[tuple[str, list[str], list[list[Written]]]]:
    """For files: (title, head, lines) of each table, the lines of all scopes below each other."""
    found: dict[str, tuple[str, list[str], list[list[Written]]]] = {}
    for scope in answer.scopes:
        for table in tables(answer, scope):
            head = [_("Organisation"), *table.head]
            lines = found.setdefault(table.id, (table.title, head, []))[2]
            lines += [[plain(str(scope)), *map(as_written, row.cells)] for row in table.rows]
    return list(found.values())


def lines(answer: Answer) -> Iterator[Sequence[Written]]:
    """All of it below each other, with empty lines between the tables."""
    for title, head, its_lines in merged(answer):
        yield [title]
        yield head
        yield from its_lines
        yield []
    yield from notes(answer)


def as_written(value: Value) -> Written:
    return written(value) if isinstance(value, Cell) else plain(value)


def _lessons(findings: Iterable[Finding]) -> Table:
    head = [_("Lesson"), _("Began"), _("Came through a quarter"), _("Came through half")]
    head += [_("Came through three quarters"), _("Finished")]
    rows = []
    for finding in findings:
        steps = finding.funnel.steps
        stops = [0, *(part_of(steps, quarters) for quarters in (1, 2, 3)), steps]
        name = f"{finding.lesson.lesson.number} {finding.lesson.title}".strip()
        rows.append(Row([name, *_came(finding, stops)], lesson=finding.lesson.lesson.pk))
    return Table("lessons", _("Lessons"), head, 1, rows)


def _standouts(findings: Iterable[Finding], *, of_module: bool) -> Table:
    """Where the largest part stops, and where one language fares far worse."""
    rows = []
    for finding in findings:
        lesson = finding.lesson.lesson
        name = f"{lesson.number} {finding.lesson.title}".strip()
        told: list[tuple[int, int, str | None, str]] = [
            (one.first, one.last, one.language, wording.remark_sentence(one)) for one in finding.remarks
        ]
        if most := wording.most_stop(finding.funnel):
            told.insert(0, (most[0], most[1], None, most[2]))
        for first, last, language, sentence in told:
            cells: list[Value] = [wording.numbers_of(first, last), sentence]
            rows.append(
                Row(
                    [name, *cells] if of_module else cells,
                    first,
                    last,
                    language,
                    lesson.pk if of_module else None,
                )
            )
    head = [_("Lesson")] if of_module else []
    return Table("standouts", _("What stands out"), [*head, _("Steps"), _("In words")], 3, rows)


def _far(finding: Finding, steps: Sequence[StepLine]) -> Table:
    """A row for each step, or for steps that must stand together; then those who finished."""
    funnel, rows = finding.funnel, []
    for part in funnel.total.parts:
        last = min(part.end, funnel.steps)
        if part.start < last:
            is_mixed = part.end > funnel.steps  # whether they stopped or finished is hidden
            rows.append(
                Row(
                    [
                        wording.numbers_of(part.start + 1, last),
                        _titles(steps, part.start + 1, last),
                        cell_of(funnel.came(part.start)),
                        cell_of(None if is_mixed else part.people),
                    ],
                    part.start + 1,
                    last,
                )
            )
    end: list[Value] = [_("end"), _("Finished"), cell_of(funnel.came(funnel.steps)), ""]
    rows.append(Row(end, is_total=True))
    head = [_("Steps"), _("What it is about"), _("Came there"), _("Stopped there")]
    return Table("far", _("How far people come"), head, 2, rows)


def _titles(steps: Sequence[StepLine], first: int, last: int) -> str:
    return " / ".join(step.title for step in steps[first - 1 : last])


def _languages(finding: Finding) -> Table:
    """Came through each step or further."""
    funnel, stops = finding.funnel, range(finding.funnel.steps + 1)
    rows = [
        Row([wording.language_name(code), *_came(finding, stops, code)], language=code)
        for code in funnel.languages
        # That a row is missing tells no more than the zeros it would show.
        if funnel.came(0, code) != 0
    ]
    rows.append(Row([_("All languages"), *_came(finding, stops)], is_total=True))
    head = [_("Language"), _("Began"), *(_("Through step %(n)d") % {"n": n} for n in stops[1:])]
    return Table("languages", _("By language of the learner"), head, 1, rows)


def _came(finding: Finding, stops: Iterable[int], language: str | None = None) -> list[Cell]:
    return [cell_of(finding.funnel.came(stop, language)) for stop in stops]


def _times(finding: Finding, steps: Sequence[StepLine]) -> Table:
    rows = [
        Row(
            [str(step.number), step.title, wording.time_name(part), cell_of(part.people)],
            step.number,
            step.number,
        )
        for step in steps
        for part in finding.efforts[step.number].took.parts
        if part.people != 0
    ]
    head = [_("Step"), _("What it is about"), _("Time"), _("People")]
    return Table("times", _("How long a step takes"), head, 3, rows)


def _tries(finding: Finding, steps: Sequence[StepLine]) -> Table:
    """All languages, then those of which something may be shown."""
    rows = []
    for step in steps:
        effort = finding.efforts[step.number]
        firsts = {None: effort.firsts, **effort.firsts_by_language}
        slow = {None: effort.slow, **effort.slow_by_language}
        limit = wording.duration(effort.limit_seconds) if effort.limit else ""
        for code, spread in firsts.items():
            if spread.all:
                rows.append(
                    Row(
                        [
                            str(step.number),
                            _("All languages") if code is None else wording.language_name(code),
                            limit,
                            cell_of(spread.all),
                            cell_of(spread.between(0, 1)),
                            cell_of(slow[code].since(1)) if effort.limit else "",
                        ],
                        step.number,
                        step.number,
                        code,
                        is_total=code is None,
                    )
                )
    head = [_("Step"), _("Language"), _("A long time here"), _("Did it")]
    head += [_("with their first try"), _("in a long time")]
    return Table("tries", _("First tries and long times"), head, 3, rows)


def _goals(finding: Finding, steps: Sequence[StepLine]) -> Table:
    rows = [
        Row(
            [
                str(step.number),
                goal.sentence,
                *(cell_of(number) for number in (goal.tried, goal.met, goal.hinted, goal.shown)),
            ],
            step.number,
            step.number,
        )
        for step in steps
        for goal in finding.goals.get(step.number, ())
    ]
    head = [_("Step"), _("Goal of the practice"), _("Tried it"), _("Did it")]
    head += [_("Saw a hint"), _("Were shown the way")]
    return Table("goals", _("Goals of practices"), head, 2, rows)


def _mistakes(finding: Finding, steps: Sequence[StepLine]) -> Table:
    rows = [
        Row([str(step.number), goal.sentence, told, cell_of(people)], step.number, step.number)
        for step in steps
        for goal in finding.goals.get(step.number, ())
        for told, people in goal.mistakes
    ]
    head = [_("Step"), _("Goal of the practice"), _("What they were told"), _("People")]
    return Table("mistakes", _("Mistakes in practices"), head, 3, rows)


# What stands around them ────────────────────────────────────────────────────


def title_of(answer: Answer) -> str:
    question = answer.question
    if question.lesson is None:
        return _("Where people get stuck: module %(module)s") % {"module": answer.module_title}
    title = answer.findings[0].lesson.title if answer.findings else question.lesson.title
    name = f"{question.lesson.number} {title}".strip()
    return _("Where people get stuck: lesson %(lesson)s") % {"lesson": name}


def file_name(answer: Answer) -> str:
    question = answer.question
    return f"stuck-{question.lesson.slug if question.lesson else question.module.slug}"


def as_of(answer: Answer) -> str:
    if answer.as_of is None:
        return ""
    return date_format(timezone.localtime(answer.as_of, timezone.get_default_timezone()), "DATETIME_FORMAT")


def not_counted(answer: Answer) -> str:
    """Empty when everything was."""
    if not answer.missing:
        return ""
    return _(
        "Nothing is counted yet: %(whose)s. We count every five minutes, once somebody has begun a lesson. Please look again soon."
    ) % {"whose": ", ".join(map(str, answer.missing))}


def notes(answer: Answer) -> Iterator[tuple[str, str]]:
    """(what, in words)."""
    yield _("About"), plain(title_of(answer))
    if told := as_of(answer):
        yield _("As of"), told
    if told := not_counted(answer):
        yield _("Not counted"), plain(told)
    yield _("Small numbers"), wording.rule_of_small_numbers()
    yield _("Began"), _("People who tried at least one step of the lesson, whenever that was.")
    yield (
        _("Came through"),
        _(
            "They did this step or one that comes after it. Who has finished the lesson has come through all steps."
        ),
    )
    yield (
        _("Stopped there"),
        _("They did the step before and neither this one nor any after it. Some of them may still go on."),
    )
    yield _("Far more"), wording.rule_of_remarks()
    if answer.question.lesson:
        yield (
            _("Time"),
            _(
                "All tries of a person at this step added up, of people who did the step. The device measures it."
            ),
        )
        yield (
            _("Did it"),
            _(
                "They did this very step, or what this very goal asks. Who left it out and went on counts among those who came through, not here."
            ),
        )
        yield (
            _("A long time here"),
            _(
                "The length of time that parts people most evenly, of those we may show. It differs from step to step. There is none where more than three quarters of the people need so long."
            ),
        )
        yield (
            _("Goals"),
            _(
                "People of all languages, each once: who saw a hint in any try counts there. By language they would be too few."
            ),
        )


def shown_parts(answer: Answer) -> list[tuple[Scope, list[Table]]]:
    return [(scope, tables(answer, scope)) for scope in answer.scopes]
