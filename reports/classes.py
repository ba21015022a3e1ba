"""The classes of a period, a row each, as the screen, the CSV and the XLSX show them.

How many learners or children came is not among it (docs/decisions/small-numbers.md).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from classrooms.aftercare import somebody_ticked
from classrooms.models import Session
from people.models import Organisation
from reminders.clock import BRUSSELS
from reports import lengths, tables
from reports.enums import ClassState
from reports.periods import Period, starts_at
from reports.questions import one_decimal
from reports.tables import NOTHING

Written = str | int | Decimal | date | time


@dataclass(frozen=True, slots=True)
class ClassRow:
    """`minutes` are those of a class that was held. Of seats, and of a mediator, None and "" say: none written down."""

    session: Session
    day: date
    begins: time
    ends: time
    place: str
    trainer: str
    state: ClassState
    minutes: int | None
    seats: int | None
    childcare_places: int
    mediator_language: str
    mediator_hours: Decimal | None

    @property
    def is_to_tick(self) -> bool:
        return self.state == ClassState.NOT_TICKED


def classes_of(organisations: Sequence[Organisation], period: Period, now: datetime) -> QuerySet[Session]:
    """By day and time; but first those in which somebody still has to tick who was there."""
    rows = Session.objects.filter(cohort__organisation__in=organisations).annotate(
        began=lengths.began(), ended=lengths.ended(), minutes=lengths.minutes(), state=_state(now)
    )
    is_to_tick = Q(state=ClassState.NOT_TICKED)
    return (
        rows.filter(began__gte=starts_at(period.first), began__lt=starts_at(period.last + 1))
        .select_related("cohort__organisation", "place", "trainer", "opened_by")
        .order_by(Case(When(is_to_tick, then=0), default=1), "began", "pk")
    )


def _state(now: datetime) -> Case:
    """What was ticked was held, whatever else was said of it; `reports.sources` counts the same way."""
    is_over = lengths.is_over(now)
    return Case(
        When(is_over & Q(somebody_ticked()), then=Value(ClassState.HELD)),
        When(cancelled_at__isnull=False, then=Value(ClassState.CANCELLED)),
        When(is_over, then=Value(ClassState.NOT_TICKED)),
        When(opened_at__isnull=False, then=Value(ClassState.ON)),
        default=Value(ClassState.PLANNED),
    )


def rows_of(sessions: Iterable[Session]) -> Iterator[ClassRow]:
    """Of what `classes_of` found."""
    return map(_row, sessions)


def _row(session: Any) -> ClassRow:
    began, ended = session.began.astimezone(BRUSSELS), session.ended.astimezone(BRUSSELS)
    state = ClassState(session.state)
    has_mediator = session.mediator_language or session.mediator_id
    return ClassRow(
        session=session,
        day=began.date(),
        begins=began.time().replace(second=0, microsecond=0),
        ends=ended.time().replace(second=0, microsecond=0),
        place=str(session.place or ""),
        trainer=str(session.trainer or session.opened_by or ""),
        state=state,
        minutes=session.minutes if state == ClassState.HELD else None,
        seats=session.seats,
        childcare_places=session.childcare_places,
        mediator_language=(session.get_mediator_language_display() or _("not said")) if has_mediator else "",
        mediator_hours=None
        if session.mediator_minutes is None
        else one_decimal(session.mediator_minutes, 60),
    )


def head() -> list[str]:
    return [
        _("Organisation"), _("Date"), _("From"), _("Until"), _("State"), _("Cohort"), _("Place"), _("Trainer"),
        _("Minutes held"), _("Places for learners"), _("Places for children"), _("Mediator: language"), _("Mediator: hours"),
    ]  # fmt: skip


def lines(sessions: Iterable[Session]) -> Iterator[list[Written]]:
    """Worded in the language of who asked, however late each is sent."""
    language = get_language()
    for row in rows_of(sessions):
        with override(language):
            line = _line(row)
        yield line


def _line(row: ClassRow) -> list[Written]:
    cohort = row.session.cohort
    written: list[Written | None] = [
        tables.plain(str(cohort.organisation)), row.day, row.begins, row.ends, str(row.state.label),
        tables.plain(cohort.name), tables.plain(row.place), tables.plain(row.trainer), row.minutes, row.seats,
        row.childcare_places, row.mediator_language, row.mediator_hours,
    ]  # fmt: skip
    return [NOTHING if value is None or value == "" else value for value in written]


def notes(period: Period, now: datetime) -> list[tuple[str, str]]:
    return [
        (_("Period"), tables.name_of(period.first_month, period.last_month)),
        (_("As of"), tables.written_moment(now)),
        (str(ClassState.HELD.label), _("The class is over, and a trainer ticked who was there.")),
        (
            str(ClassState.NOT_TICKED.label),
            _(
                "Its time is over, and nobody ticked who was there. It counts in no number until a trainer does, or calls it off."
            ),
        ),
        (_("Minutes held"), _("Of a class that was held: from when it began until it ended.")),
        (_("Mediator: hours"), _("What was booked.")),
        (_("Small numbers"), without_people()),
    ]


def without_people() -> str:
    return _(
        "How many learners and children came does not stand here. In one class they are few, and from single classes "
        "one could compute what the report hides. The report has them, added up."
    )
