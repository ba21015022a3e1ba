"""One question, one answer: the screen, the CSV, the XLSX and the PDF all show the same Answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from people.models import Organisation
from reports import counting, naming
from reports.counting import Place, Tally
from reports.enums import By, Unit
from reports.figures import FIGURES, WHY_NOT, Figure
from reports.hiding import Shown, shown_of
from reports.periods import Period, first_day
from reports.sources import is_combination


@dataclass(frozen=True)
class Question:
    """There is no filter within a filter: what two tables together would give away, no table shows.

    `rows_of` is the one organisation whose rows the answer has; None: those of all. The totals are of all either way.
    """

    organisations: Sequence[Organisation]
    period: Period
    by: By = By.NOTHING
    compares: bool = True
    rows_of: Organisation | None = None

    @property
    def periods(self) -> list[Period]:
        """The one that is asked about and, to compare, the one before."""
        return [self.period, self.period.before] if self.compares else [self.period]

    @property
    def ids(self) -> list[int]:
        return [organisation.pk for organisation in self.organisations]

    @property
    def detailed(self) -> list[Organisation]:
        return [one for one in self.organisations if self.rows_of in (None, one)]


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is None when it is hidden, because few people stand behind it; and when there is nothing to divide by."""

    value: int | Decimal | None
    is_hidden: bool = False


HIDDEN = Cell(None, is_hidden=True)


def cell_of(known: int | None) -> Cell:
    """Of a number that is None where it is hidden."""
    return HIDDEN if known is None else Cell(known)


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` stand in the order of the columns."""

    organisation: Organisation
    label: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`unknown` says what cannot be in its totals, a sentence for each organisation that lacks something."""

    figure: Figure
    unknown: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """`totals` and `before` have a row for each organisation; `trend` are the months of the period, of one figure's total.

    `left_out` are figures that make no sense in rows of this kind.
    """

    question: Question
    as_of: datetime
    columns: list[Column]
    rows: list[Row]
    totals: list[Row]
    before: list[Row]
    trend: Callable[[Organisation, Figure], list[Cell]]
    left_out: list[Figure]

    @property
    def why_left_out(self) -> str:
        return str(WHY_NOT.get(self.question.by, "")) if self.left_out else ""

    @property
    def hides(self) -> bool:
        shown = [*self.rows, *self.totals, *self.before]
        return any(cell.is_hidden for row in shown for cell in row.cells)


def ask(question: Question, *, now: datetime) -> Answer:
    figures = [figure for figure in FIGURES if figure.can(question.by)]
    guards = {guard.id: guard for figure in figures for guard in figure.guards}
    counted = guards | {count.id: count for figure in figures for count in figure.counts}
    unknown = {figure.unknown.of.id: figure.unknown.of for figure in figures if figure.unknown}
    detailed = [one.pk for one in question.detailed]
    tallies = counting.count(
        (counted | unknown).values(),
        counting.spans_of(question.periods),
        organisations=question.ids,
        grouped=detailed,
        by=question.by,
        now=now,
    )
    names: dict[int, dict[str, str]] = {one: {} for one in question.ids}
    names |= naming.groups_of(question.by, detailed, get_language() or "")
    found = {place for id_ in counted for place in tallies[id_]}
    for organisation, group in sorted((one, group) for one, group in found if group is not None):
        if not (question.by.overlaps and is_combination(group)):
            names[organisation].setdefault(group, _("others"))
    shown = shown_of(guards.values(), tallies, names, question.periods, question.by)
    numbers = _Numbers(figures, tallies, shown)
    if question.by == By.MONTH:
        rows = [
            numbers.row(organisation, _month(month), Period(month, month))
            for organisation in question.detailed
            for month in question.period
        ]
    else:
        rows = [
            numbers.row(organisation, name, question.period, group)
            for organisation in question.detailed
            for group, name in names[organisation.pk].items()
        ]
        # That a row is missing tells no more than the zeros it would show.
        rows = [row for row in rows if any(cell.is_hidden or cell.value for cell in row.cells)]
    return Answer(
        question=question,
        as_of=now,
        columns=[Column(figure, _unknown(figure, question, tallies)) for figure in figures],
        rows=rows,
        totals=[numbers.row(one, str(one), question.period) for one in question.organisations],
        before=[
            numbers.row(one, str(one), question.period.before)
            for one in question.organisations
            if question.compares
        ],
        trend=lambda organisation, figure: [
            numbers.cell(organisation, figure, Period(month, month)) for month in question.period
        ],
        left_out=[figure for figure in FIGURES if figure not in figures],
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    figures: list[Figure]
    tallies: Mapping[str, Mapping[Place, Tally]]
    shown: Shown

    def row(self, organisation: Organisation, label: str, period: Period, group: str | None = None) -> Row:
        """Of a group, or of the total."""
        cells = [self.cell(organisation, figure, period, group) for figure in self.figures]
        return Row(organisation, label, cells)

    def cell(
        self, organisation: Organisation, figure: Figure, period: Period, group: str | None = None
    ) -> Cell:
        place = (organisation.pk, group)
        if not all(self.shown.lets(guard, place, period) for guard in figure.guards):
            return HIDDEN
        numbers = [
            tally.over(period) if (tally := self.tallies[count.id].get(place)) else 0
            for count in figure.counts
        ]
        return Cell(_in_unit(figure, *numbers))


def _unknown(
    figure: Figure, question: Question, tallies: Mapping[str, Mapping[Place, Tally]]
) -> dict[int, str]:
    if figure.unknown is None:
        return {}
    counted = tallies[figure.unknown.of.id]
    return {
        one: figure.unknown.words % {"n": n}
        for one in question.ids
        if (tally := counted.get((one, None))) and (n := tally.over(question.period))
    }


def _in_unit(figure: Figure, number: int, over: int | None = None) -> int | Decimal | None:
    """None: there is nothing to divide by."""
    if figure.over is None:
        return one_decimal(number, 60) if figure.unit == Unit.HOURS else number
    return one_decimal(number * (100 if figure.unit == Unit.PERCENT else 1), over) if over else None


def one_decimal(number: int, by: int) -> Decimal:
    return (Decimal(number) / by).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _month(month: int) -> str:
    return date_format(first_day(month), "F Y")
