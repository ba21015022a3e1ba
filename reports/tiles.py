"""The totals at a glance, each beside what it was in the period before."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from people.models import Organisation
from reports.enums import Subject, Unit
from reports.figures import Figure
from reports.questions import Answer, Cell
from reports.templatetags.numbers import grouped


@dataclass(frozen=True, slots=True)
class Tile:
    figure: Figure
    cell: Cell
    unknown: str
    before: str


def tiles(answer: Answer) -> list[tuple[Organisation, list[tuple[Subject, list[Tile]]]]]:
    """Of each organisation, by subject."""
    earlier = {row.organisation.pk: row.cells for row in answer.before}
    found = []
    for row in answer.totals:
        cells_before = earlier.get(row.organisation.pk, [None] * len(row.cells))
        its_tiles = [
            Tile(
                column.figure,
                cell,
                column.unknown.get(row.organisation.pk, ""),
                _compared(column.figure, cell, before),
            )
            for column, cell, before in zip(answer.columns, row.cells, cells_before, strict=True)
        ]
        by_subject = groupby(its_tiles, key=lambda tile: tile.figure.subject)
        found.append((row.organisation, [(subject, list(some)) for subject, some in by_subject]))
    return found


def side_by_side(
    of_each: list[tuple[Organisation, list[tuple[Subject, list[Tile]]]]],
) -> list[tuple[Subject, list[list[Tile]]]]:
    """The same tiles with a line for each figure, in which the organisations stand in their order."""
    by_subject = zip(*[subjects for _organisation, subjects in of_each], strict=True)
    return [
        (some[0][0], [list(line) for line in zip(*[its_tiles for _subject, its_tiles in some], strict=True)])
        for some in by_subject
    ]


def _compared(figure: Figure, cell: Cell, before: Cell | None) -> str:
    """In words; nothing where one of the two is not shown."""
    if before is None or cell.value is None or before.value is None:
        return ""
    if figure.unit == Unit.PERCENT:
        # The difference of two percentages is no percentage.
        return _("before: %(n)s %%") % {"n": grouped(before.value)}
    more = Decimal(cell.value) - Decimal(before.value)
    if not more:
        return _("as many as before")
    words = _("%(n)s more than before") if more > 0 else _("%(n)s fewer than before")
    return words % {"n": grouped(abs(more))}
