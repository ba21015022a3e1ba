"""An answer as lines of cells: what the CSV, the XLSX, the screen and the PDF all write down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.spreadsheets import plain
from reports.enums import By, Subject
from reports.figures import ADDS_UP_NOT
from reports.questions import Answer, Cell, Column, Row

Written = str | int | Decimal
# What stands where there is no number; no spreadsheet takes it for one.
NOTHING = "–"


@dataclass(frozen=True)
class Part:
    """The columns of one subject, of the organisations that have rows."""

    subject: Subject
    columns: list[Column]
    rows: list[Row]
    totals: list[Row]
    before: list[Row]


def parts(answer: Answer) -> list[Part]:
    return [part for subject in Subject if (part := _part(answer, subject)).columns]


def _part(answer: Answer, subject: Subject) -> Part:
    places = [n for n, column in enumerate(answer.columns) if column.figure.subject == subject]

    def some(rows: Iterable[Row]) -> list[Row]:
        return [
            Row(row.organisation, row.label, [row.cells[n] for n in places])
            for row in rows
            if row.organisation in detailed
        ]

    detailed = answer.question.detailed

    columns = [answer.columns[n] for n in places]
    return Part(subject, columns, some(answer.rows), some(answer.totals), some(answer.before))


def head(answer: Answer) -> list[str]:
    first = [_("Organisation"), first_column(answer)]
    return [*first, *(f"{column.figure.label} ({column.figure.unit.label})" for column in answer.columns)]


def first_column(answer: Answer) -> str:
    by = answer.question.by
    return _("Totals") if by == By.NOTHING else capfirst(str(by.label))


def lines(answer: Answer) -> Iterator[list[Written]]:
    """The rows, then the totals, then those of the period before."""
    for row in answer.rows:
        yield _line(row, row.label)
    for row in answer.totals:
        yield _line(row, _("Together"))
    for row in answer.before:
        yield _line(row, _("The period before"))


def _line(row: Row, label: str) -> list[Written]:
    return [plain(str(row.organisation)), plain(label), *map(written, row.cells)]


def written(cell: Cell) -> Written:
    if cell.is_hidden:
        return _("hidden")
    return NOTHING if cell.value is None else cell.value


def notes(answer: Answer) -> Iterator[tuple[str, str]]:
    """(what, in words): when and about what it was asked, and what each number means."""
    period = answer.question.period
    yield _("Period"), name_of(period.first_month, period.last_month)
    if answer.before:
        before = answer.question.period.before
        yield _("The period before"), name_of(before.first_month, before.last_month)
    yield _("As of"), as_of(answer)
    yield _("Small numbers"), rule()
    if any(column.figure.over for column in answer.columns):
        yield NOTHING, _("There is nothing of which this could be a share or an average.")
    for column in answer.columns:
        unknown = [
            f"{one}: {column.unknown[one.pk]}"
            for one in answer.question.organisations
            if one.pk in column.unknown
        ]
        yield str(column.figure.label), plain(" ".join([str(column.figure.definition), *unknown]))
    for figure in answer.left_out:
        yield str(figure.label), _("Not here. %(why)s") % {"why": answer.why_left_out}
    if overlap := ADDS_UP_NOT.get(answer.question.by):
        yield _("Together"), str(overlap)


def rule() -> str:
    return _(
        "We hide fewer than five people, so that nobody is recognised. We also hide other numbers from which "
        "a hidden one could be computed: they may be larger. 0 is always 0."
    )


def as_of(answer: Answer) -> str:
    return written_moment(answer.as_of)


def written_moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment, timezone.get_default_timezone()), "DATETIME_FORMAT")


def name_of(first: date, last: date) -> str:
    names = [date_format(first, "F Y"), date_format(last, "F Y")]
    return " – ".join(dict.fromkeys(names))
