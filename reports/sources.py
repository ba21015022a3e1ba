"""Where numbers come from: the rows of the rooms below, each with its moment and what it can be told apart by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Greatest

from certificates.enums import Kind
from certificates.models import Credential
from classrooms.aftercare import somebody_ticked
from classrooms.enums import Status
from classrooms.models import Attendance, Session
from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion
from reports import lengths
from reports.asked import ROLLED_UP_UNTIL, Asked
from reports.enums import By, ClassKind
from reports.models import ActiveMonth, Slice
from reports.periods import A_YEAR, YEARS, starts_at

CAME = (Status.PRESENT, Status.LATE)
MISSED = (Status.EXCUSED, Status.ABSENT)
# Of rows that stay when somebody leaves StepIn. We do not know who they were: all of them count as one person.
SOMEBODY = Coalesce("person_id", Value(0), output_field=BigIntegerField())
NOBODY = Value(0, output_field=BigIntegerField())
ONE = Value(1)
# The group of all rows, where they can be in several groups.
WHOLE = "whole"
# Around each kind in the name of a combination of kinds: "+" is none of them.
PLUS = "+"
Moment = datetime | Asked


@dataclass(frozen=True, eq=False)
class Base:
    """Rows of one table, read once for all that is counted of them: `rows` are those known at a moment.

    `at` is the moment of a row, `person` whose it is; `told_by` says where it keeps each dimension; `session` is the path
    to its class, when it has one.
    """

    rows: Callable[[Moment], QuerySet]
    at: Any
    organisation: str
    told_by: Mapping[By, str]
    person: Any = NOBODY
    session: str | None = None

    def can(self, by: By) -> bool:
        if by == By.KIND:
            return self.session is not None
        return by in (By.NOTHING, By.MONTH) or by in self.told_by

    def querysets(self, by: By, now: Moment) -> list[QuerySet]:
        """With of_organisation, of_group, moment and whose. A class of two kinds stands in two of them, once in that of
        its combination of kinds, and once in the one of the whole."""
        rows = self.rows(now).order_by()
        chosen: list[tuple[Any, QuerySet]]
        if by == By.KIND:
            kinds = [(kind.value, rows.filter(of_kind(kind, self.session or ""))) for kind in ClassKind]
            chosen = [(Value(name), some) for name, some in [(WHOLE, rows), *kinds]]
            chosen.append((_combination(self.session or ""), rows))
        else:
            chosen = [(F(self.told_by[by]) if by in self.told_by else Value(""), rows)]
        return [
            some.annotate(
                of_organisation=F(self.organisation), of_group=group, moment=self.at, whose=self.person
            )
            for group, some in chosen
        ]


def _all(now: Moment) -> Q:
    return Q()


@dataclass(frozen=True, eq=False)
class Source:
    """What is counted of the rows for which `where` holds: how many they are, or what stands in them. Of people (a Count
    that counts each `once`) a row says whose it is, and counts 1."""

    base: Base
    counted: Any = ONE
    where: Callable[[Moment], Q] = _all

    def column(self, now: Moment) -> Any:
        """What a row adds; of people, whether it makes her one of them."""
        where = self.where(now)
        return Case(When(where, then=self.counted), default=Value(0)) if where else self.counted

    def can(self, by: By) -> bool:
        return self.base.can(by)

    def querysets(self, by: By, now: Moment) -> list[QuerySet]:
        """As those of the base, without the rows that do not count."""
        return [rows.filter(self.where(now)) for rows in self.base.querysets(by, now)]


def of_kind(kind: ClassKind, session: str) -> Q:
    kinds = {
        ClassKind.CHILDCARE: Q(**{f"{session}childcare_places__gt": 0}),
        ClassKind.INTERPRETER: Q(**{f"{session}mediator__isnull": False})
        | Q(**{f"{session}mediator_language__gt": ""}),
        ClassKind.WOMEN_ONLY: Q(**{f"{session}is_women_only": True}),
        ClassKind.SCHOOL_HOURS: Q(**{f"{session}is_school_hours": True}),
    }
    if kind != ClassKind.NONE:
        return kinds[kind]
    none = Q()
    for one in kinds.values():
        none &= ~one
    return none


def _combination(session: str) -> Concat:
    parts = [
        Case(
            When(of_kind(kind, session), then=Value(f"{kind.value}{PLUS}")),
            default=Value(""),
            output_field=CharField(),
        )
        for kind in ClassKind
        if kind != ClassKind.NONE
    ]
    return Concat(Value(PLUS), *parts)


def is_combination(group: str) -> bool:
    return group.startswith(PLUS)


def kinds_of(combination: str) -> list[str]:
    """The group of classes without a kind is ""."""
    return combination.strip(PLUS).split(PLUS)


def _of_enrolment(model: Any, rows: Callable[[], QuerySet] | None = None) -> Base:
    return Base(
        rows=lambda now: (rows() if rows else model.objects.all()).filter(received_at__lte=now),
        at=F("received_at"),
        organisation="enrolment__cohort__organisation",
        told_by={
            By.MODULE: "enrolment__module",
            By.LANGUAGE: "enrolment__person__help_language",
            By.COHORT: "enrolment__cohort",
        },
        person=F("enrolment__person"),
    )


def rolled_up_until() -> datetime:
    """Of active months; the beginning of time before the first rollup. It is a value in the statement: not knowing how
    little came in since, PostgreSQL would look through all tries of these people."""
    oldest = Slice.objects.order_by(F("counted_at").asc(nulls_first=True))
    return oldest.values_list("counted_at", flat=True).first() or starts_at(YEARS[0] * A_YEAR)


def _not_rolled_up() -> QuerySet[Attempt]:
    return Attempt.objects.filter(received_at__gte=ROLLED_UP_UNTIL)


def _of_credential(kind: Kind, way: str, **told_by: str) -> Base:
    """One that was corrected counts once, one that was taken back not at all."""
    return Base(
        rows=lambda now: Credential.objects.current().filter(kind=kind, revoked_at=None, issued_at__lte=now),
        at=F("issued_at"),
        organisation=f"{way}__organisation",
        told_by={By.LANGUAGE: "help_language", By.COHORT: way, **{By(k): v for k, v in told_by.items()}},
        person=SOMEBODY,
    )


_enrolments = Base(
    rows=lambda now: Enrolment.objects.filter(started_at__lte=now),
    at=F("started_at"),
    organisation="cohort__organisation",
    told_by={By.MODULE: "module", By.LANGUAGE: "person__help_language", By.COHORT: "cohort"},
    person=F("person"),
)
_lessons, _modules = _of_enrolment(LessonCompletion), _of_enrolment(ModuleCompletion)
_achievements = _of_credential(Kind.ACHIEVEMENT, "completion__enrolment__cohort", module="module")
_attestations = _of_credential(Kind.ATTENDANCE, "cohort")
_ticks = Base(
    rows=lambda now: Attendance.objects.filter(lengths.is_over(now, "session__"), status__gt=""),
    at=lengths.began("session__"),
    organisation="session__cohort__organisation",
    told_by={
        By.MODULE: "session__module",
        By.LANGUAGE: "person__help_language",
        By.PLACE: "session__place",
        By.COHORT: "session__cohort",
    },
    person=SOMEBODY,
    session="session__",
)
_classes = Base(
    rows=lambda now: Session.objects.all(),
    at=lengths.began(),
    organisation="cohort__organisation",
    told_by={By.MODULE: "module", By.PLACE: "place", By.COHORT: "cohort"},
    session="",
)
# Apart, so that whether somebody was ticked is asked once for each class.
_held = replace(_classes, rows=lambda now: Session.objects.filter(lengths.is_over(now), somebody_ticked()))
_unticked = replace(_classes, rows=lambda now: Session.objects.filter(~somebody_ticked()))


def _in_their_language(classes: Base) -> Base:
    """In rows of languages: by the one into which the mediator translates."""
    return replace(classes, told_by={**classes.told_by, By.LANGUAGE: "mediator_language"})


_mediators, _mediators_held = _in_their_language(_classes), _in_their_language(_held)


def _came(now: Moment) -> Q:
    return Q(status__in=CAME)


def _came_where_places_are_known(now: Moment) -> Q:
    return Q(status__in=CAME, session__seats__gt=0)


def _came_elsewhere(now: Moment) -> Q:
    return Q(status__in=CAME) & (Q(session__seats=None) | Q(session__seats__lte=0))


def _planned(now: Moment) -> Q:
    return Q(ends_at__lte=now)


def _booked(now: Moment) -> Q:
    return Q(cancelled_at=None)


def _with(**more: Any) -> Callable[[Moment], Q]:
    return lambda now: Q(**more)


def _not_written(now: Moment) -> Q:
    return of_kind(ClassKind.INTERPRETER, "") & Q(mediator_minutes=None)


def _booked_not_written(now: Moment) -> Q:
    return _booked(now) & _not_written(now)


ENROLLED = Source(_enrolments)
WAS_ACTIVE = Source(_of_enrolment(ActiveMonth))
TRIED_SINCE = Source(_of_enrolment(Attempt, _not_rolled_up))
LESSONS = Source(_lessons)
MODULES = Source(_modules)
ACHIEVEMENTS = Source(_achievements)
ATTESTATIONS = Source(_attestations)

WHO_CAME = Source(_ticks, where=lambda now: _came(now) & Q(person__isnull=False))
VISITS_OF_WHO_LEFT = Source(_ticks, where=lambda now: _came(now) & Q(person__isnull=True))
VISITS = Source(_ticks, where=_came)
EXPECTED = Source(_ticks)
MISSED_VISITS = Source(_ticks, where=lambda now: Q(status__in=MISSED))
MINUTES_ATTENDED = Source(
    _ticks, Greatest(lengths.minutes("session__") - Coalesce("minutes_late", 0), 0), _came
)
VISITS_WHERE_PLACES_ARE_KNOWN = Source(_ticks, where=_came_where_places_are_known)
VISITS_ELSEWHERE = Source(_ticks, where=_came_elsewhere)

PLANNED = Source(_classes, where=_planned)
CANCELLED = Source(_unticked, where=lambda now: _planned(now) & Q(cancelled_at__isnull=False))
CLASSES = Source(_held)
NOT_TICKED = Source(_unticked, where=lambda now: lengths.is_over(now) & Q(cancelled_at=None))
MINUTES_OFFERED = Source(_held, lengths.minutes())
PLACES = Source(_held, F("seats"), _with(seats__gt=0))
PLACES_NOT_WRITTEN = Source(_held, where=lambda now: Q(seats=None) | Q(seats__lte=0))

CHILDCARE_PLACES = Source(_held, F("childcare_places"))
CHILDCARE_PLACES_COUNTED = Source(_held, F("childcare_places"), _with(children_came__isnull=False))
CHILDREN = Source(_held, F("children_came"), _with(children_came__isnull=False))
CHILDREN_NOT_WRITTEN = Source(_held, where=_with(children_came=None, childcare_places__gt=0))

INTERPRETER_MINUTES = Source(
    _mediators, F("mediator_minutes"), lambda now: _booked(now) & Q(mediator_minutes__isnull=False)
)
INTERPRETER_NOT_WRITTEN = Source(_mediators, where=_booked_not_written)
INTERPRETER_MINUTES_HELD = Source(
    _mediators_held, F("mediator_minutes"), _with(mediator_minutes__isnull=False)
)
INTERPRETER_NOT_WRITTEN_HELD = Source(_mediators_held, where=_not_written)
