"""The table of a funder's project as lines of cells: what the screen, the CSV, the XLSX and the PDF all write down."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from funding.models import Project
from funding.questions import GENDER, ON_BEGINNING, ON_LEAVING, QUESTIONS, label_of
from reports import tables
from reports.funding import GENDERS, Row, Table
from reports.questions import Cell
from reports.tables import Written


def head() -> list[Written]:
    return [_("Question"), _("Answer"), _("Everybody"), *genders()]


def genders() -> list[str]:
    return [_("Gender not said") if gender == GENDERS[-1] else label_of(GENDER, gender) for gender in GENDERS]


def parts(table: Table) -> list[tuple[str, list[tuple[str, Row]]]]:
    """[(question, [(answer, its row)])]"""
    return [
        (
            str(question.label),
            [(label_of(question, row.answer), row) for row in table.rows if row.question is question],
        )
        for question in ON_BEGINNING
    ]


def on_leaving(table: Table) -> tuple[list[str], list[tuple[str, list[Cell]]]]:
    """(answers, [(question, how many gave each)]): these questions have the same answers."""
    answers = [label_of(ON_LEAVING[0], answer) for answer in ON_LEAVING[0].answers]
    return answers, [
        (str(question.label), [row.everybody for row in table.rows if row.question is question])
        for question in ON_LEAVING
    ]


def lines(table: Table) -> Iterator[list[Written]]:
    """Where a gender is not told, nothing stands."""
    nothing: list[Written] = [""] * len(GENDERS)
    yield [_("Participants"), _("all of them"), tables.written(table.participants), *nothing]
    for row in table.rows:
        told = [tables.written(cell) for cell in row.by_gender]
        answer = label_of(row.question, row.answer)
        yield [str(row.question.label), answer, tables.written(row.everybody), *(told or nothing)]


def notes(table: Table) -> Iterator[tuple[str, str]]:
    """(what, in words): about what and when it was counted, and what each number means."""
    project = table.project
    yield _("Project"), tables.plain(f"{project.name} · {project.programme} · {project.organisation}")
    yield _("Period"), period(project)
    yield _("As of"), as_of(table)
    yield _("Small numbers"), why_hidden(table)
    yield (
        _("Participants"),
        _(
            "People who began a module in a cohort of the project or came to one of its classes, between its first and "
            "last day. Each person counts once. Who has deleted her account is no longer counted."
        ),
    )
    yield (
        label_of(GENDER, ""),
        _(
            "People who were never asked (the questions were off, or she had left), or who have not sent the page. By "
            "gender they cannot be told: they have not said theirs."
        ),
    )
    yield (
        label_of(GENDER, GENDERS[-1]),
        _("People who sent the page without this answer, said that they prefer not to, or took it back."),
    )
    for question in QUESTIONS:
        yield str(question.label), str(question.definition)
    yield (
        _("By gender"),
        _(
            "Age, education and work. What became of people on leaving is counted for everybody together only."
        ),
    )
    yield _("Not here"), not_here()


def why_empty(table: Table) -> str:
    """Why there are no numbers; nothing when there are."""
    if table.project.is_answered:
        return ""
    if table.project.ends_on < timezone.localdate(table.as_of):
        return _("This project is over, and nobody has answered. So there are no numbers.")
    return _(
        "There are no numbers yet. They come when the first person has answered, or has said that she does not want to. "
        "Until then you can correct the first day and the cohorts; afterwards they stay, because two tables, one with a "
        "few people and one without, would tell about these people. How many learn in each cohort stands in the report."
    )


def why_hidden(table: Table) -> str:
    return why_empty(table) or tables.rule()


def not_here() -> str:
    return _(
        "Results six months later, and what the law protects most (disability, origin, nationality, housing): StepIn "
        "does not ask for it. There is no list with a row for each person either: under whatever number, somebody in a "
        "class of ten would be recognised by her age, her school and her work."
    )


def period(project: Project) -> str:
    return f"{date_format(project.begins_on)} – {date_format(project.ends_on)}"


def as_of(table: Table) -> str:
    return tables.written_moment(table.as_of)
