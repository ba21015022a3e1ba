"""Bars: numbers above, what they are below, a hidden one as an empty place with a question mark, nothing to divide by
as a dash; and the trend of one figure as such bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import Organisation
from reports.figures import Figure
from reports.periods import first_day
from reports.questions import Answer, Cell
from reports.templatetags.numbers import grouped

STEP, BAR, HEIGHT, FOOT, MARGIN = 60, 36, 150, 44, 24


@dataclass(frozen=True, slots=True)
class Named:
    """What a bar stands for: in two short lines below it, and in full."""

    cell: Cell
    label: str
    below: str
    further_below: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Lengths are those of the drawing."""

    named: Named
    x: int
    middle: int
    top: int
    height: int

    @property
    def percent(self) -> int:
        """Of the width of a cell in which its number stands too."""
        return round(85 * self.height / HEIGHT)


@dataclass(frozen=True, slots=True)
class Chart:
    """`says` is what the picture shows, in words; `first_column` heads the names in the table behind it."""

    title: str
    first_column: str
    bars: list[Bar]
    width: int
    says: str
    unit: str = ""
    organisation: Organisation | None = None

    ground = MARGIN + HEIGHT
    total_height = MARGIN + HEIGHT + FOOT
    below_at = MARGIN + HEIGHT + 18
    further_below_at = MARGIN + HEIGHT + 36
    bar = BAR

    @property
    def hides(self) -> bool:
        return any(bar.named.cell.is_hidden for bar in self.bars)


def drawn(
    title: str,
    first_column: str,
    entries: Sequence[Named],
    says: str,
    *,
    unit: str = "",
    organisation: Organisation | None = None,
) -> Chart:
    highest = max([one.cell.value for one in entries if one.cell.value is not None], default=0) or 1
    bars = []
    for n, one in enumerate(entries):
        x = MARGIN + n * STEP
        height = round(HEIGHT * float(one.cell.value or 0) / float(highest))
        bars.append(Bar(one, x, x + BAR // 2, MARGIN + HEIGHT - height, height))
    return Chart(title, first_column, bars, 2 * MARGIN + len(bars) * STEP, says, unit, organisation)


def charts(answer: Answer, figure_id: str) -> list[Chart]:
    """One for each organisation that has rows; none when the answer lacks this figure or has one month only."""
    figures = {column.figure.id: column.figure for column in answer.columns}
    if figure_id not in figures or len(answer.question.period) < 2:
        return []
    figure = figures[figure_id]
    return [
        _chart(organisation, figure, answer, answer.trend(organisation, figure))
        for organisation in answer.question.detailed
    ]


def _chart(organisation: Organisation, figure: Figure, answer: Answer, cells: list[Cell]) -> Chart:
    entries = []
    for n, (month, cell) in enumerate(zip(answer.question.period, cells, strict=True)):
        day = first_day(month)
        year = str(day.year) if n == 0 or day.month == 1 else ""
        entries.append(Named(cell, date_format(day, "F Y"), date_format(day, "M"), year))
    return drawn(
        str(figure.label),
        _("Month"),
        entries,
        _says(figure, entries),
        unit=str(figure.unit.label),
        organisation=organisation,
    )


def _says(figure: Figure, entries: list[Named]) -> str:
    """What the picture shows, in one sentence."""
    shown = [(one.cell.value, one.label) for one in entries if one.cell.value is not None]
    if not shown:
        are_all_hidden = all(one.cell.is_hidden for one in entries)
        words = _("%(what)s: every month is hidden.") if are_all_hidden else _("%(what)s: nothing to show.")
        return words % {"what": figure.label}
    most, least = max(value for value, _label in shown), min(value for value, _label in shown)
    if most == least:
        words = _("%(what)s: %(n)s in every month that is shown.")
    elif figure.over:
        words = _("%(what)s: highest in %(month)s (%(n)s), lowest in %(other)s (%(m)s).")
    else:
        words = _("%(what)s: most in %(month)s (%(n)s), fewest in %(other)s (%(m)s).")
    return words % {
        "what": figure.label,
        "month": next(label for value, label in shown if value == most),
        "n": grouped(most) + figure.unit.sign,
        "other": next(label for value, label in reversed(shown) if value == least),
        "m": grouped(least) + figure.unit.sign,
    }
