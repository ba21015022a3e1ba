"""Tables of a report for a spreadsheet: with what their numbers mean, below or on a sheet of its own."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from courses.spreadsheets import Line, Sheet
from reports import tables
from reports.periods import Period
from reports.questions import Answer


def name_of(what: str, period: Period) -> str:
    """Without its ending."""
    return f"{what}-{period.first_month:%Y-%m}-{period.last_month:%Y-%m}"


def lines_of(answer: Answer) -> list[Line]:
    """Worded now, in the reader's language: they may be sent later."""
    return with_meanings([tables.head(answer), *tables.lines(answer)], tables.notes(answer))


def sheets_of(answer: Answer) -> list[Sheet]:
    return sheets([tables.head(answer), *tables.lines(answer)], tables.notes(answer))


def with_meanings(lines: Iterable[Line], notes: Iterable[Line]) -> list[Line]:
    """The table, an empty line, and what its numbers mean."""
    return [*lines, [], *notes]


def sheets(lines: Iterable[Line], notes: Iterable[Line]) -> list[Sheet]:
    """The table, its head and two first columns frozen, and what its numbers mean."""
    return [Sheet(_("Numbers"), lines, frozen="C2"), meanings(notes)]


def meanings(notes: Iterable[Line]) -> Sheet:
    return Sheet(_("What they mean"), notes, widths=(34, 110), frozen=None)
