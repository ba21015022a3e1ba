"""An answer as a file for a spreadsheet: CSV line by line, XLSX with typed cells."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from courses import spreadsheets
from courses.spreadsheets import Line, Sheet
from reports import tables
from reports.questions import Answer


def csv_lines(answer: Answer) -> Iterator[str]:
    """Worded now, in the reader's language, and sent later."""
    return written([tables.head(answer), *tables.lines(answer)], tables.notes(answer))


def written(lines: Sequence[Line], notes: Iterable[Line]) -> Iterator[str]:
    """The table, an empty line, and what its numbers mean."""
    return spreadsheets.csv_lines([*lines, [], *notes])


def xlsx(answer: Answer) -> bytes:
    return workbook([tables.head(answer), *tables.lines(answer)], tables.notes(answer))


def workbook(lines: Iterable[Line], notes: Iterable[Line]) -> bytes:
    """The table on one sheet, its head and two first columns frozen; what its numbers mean on another."""
    return spreadsheets.xlsx([Sheet(_("Numbers"), lines, frozen="C2"), meanings(notes)])


def meanings(notes: Iterable[Line]) -> Sheet:
    return Sheet(_("What they mean"), notes, widths=(34, 110), frozen=None)
