"""Where numbers come from: the rows of the rooms below, each with its moment and what it can be told apart by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from certificates.enums import Kind
from certificates.models import Credential
from classrooms.enums import Status
from classrooms.models import Attendance, Session
from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion
from reports import lengths
from reports.enums import By, ClassKind
from reports.models import ActiveMonth, Slice
from reports.periods import A_YEAR, YEARS, starts_at

CAME = (Status.PRESENT, Status.LATE)
MISSED = (Status.EXCUSED, Status.ABSENT)
# Of rows that stay when somebody leaves StepIn. We do not know who they were: all of them count as one person.
SOMEBODY = Coalesce("person_id", Value(0), output_field=BigIntegerField())


@dataclass(frozen=True)
class Source:
    """`rows` are those known at a moment; `counted` is whom or how much a row counts.

    `told_by` says where a row keeps each dimension; `session` is the path to its class, when it has one.
    """

    rows: Callable[[datetime], QuerySet]
    at: Any
    organisation: str
    counted: Any
    told_by: Mapping[By, str]
    session: str | None = None

    def can(self, by: By) -> bool:
        if by == By.KIND:
            return self.session is not None
        return by in (By.NOTHING, By.MONTH) or by in self.told_by

    def querysets(self, by: By, now: datetime) -> list[QuerySet]:
        """Columns organisation, group, moment, counted. A class of two kinds stands in two of them."""
        rows = self.rows(now).order_by()
        chosen: list[tuple[Any, QuerySet]]
        if by == By.KIND:
            chosen = [
                (Value(kind.value), rows.filter(of_kind(kind, self.session or ""))) for kind in ClassKind
            ]
        else:
            chosen = [(F(self.told_by[by]) if by in self.told_by else Value(""), rows)]
        return [
            some.annotate(
                of_organisation=F(self.organisation), of_group=group, moment=self.at, counted=self.counted
            ).values_list("of_organisation", "of_group", "moment", "counted")
            for group, some in chosen
        ]


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


def _of_enrolment(model: Any, counted: Any, rows: Callable[[], QuerySet] | None = None) -> Source:
    return Source(
        rows=lambda now: (rows() if rows else model.objects.all()).filter(received_at__lte=now),
        at=F("received_at"),
        organisation="enrolment__cohort__organisation",
        counted=counted,
        told_by={
            By.MODULE: "enrolment__module",
            By.LANGUAGE: "enrolment__person__help_language",
            By.COHORT: "enrolment__cohort",
        },
    )


def _not_rolled_up() -> QuerySet[Attempt]:
    """What came in since the rollup of active months, found at the end of its index; everything before the first."""
    oldest = Slice.objects.exclude(organisation=None).order_by(F("counted_at").asc(nulls_first=True))
    since = Coalesce(Subquery(oldest.values("counted_at")[:1]), Value(starts_at(YEARS[0] * A_YEAR)))
    return Attempt.objects.filter(received_at__gte=since)


def _of_session(rows: Callable[[datetime], QuerySet], counted: Any, **told_by: str) -> Source:
    usual = {By.MODULE: "module", By.PLACE: "place", By.COHORT: "cohort"}
    more = {By(name): path for name, path in told_by.items()}
    return Source(rows, lengths.began(), "cohort__organisation", counted, {**usual, **more}, session="")


def _of_attendance(rows: Callable[[datetime], QuerySet], counted: Any) -> Source:
    told_by = {
        By.MODULE: "session__module",
        By.LANGUAGE: "person__help_language",
        By.PLACE: "session__place",
        By.COHORT: "session__cohort",
    }
    return Source(
        rows,
        lengths.began("session__"),
        "session__cohort__organisation",
        counted,
        told_by,
        session="session__",
    )


def _of_credential(kind: Kind, counted: Any, way: str, **told_by: str) -> Source:
    """One that was corrected counts once, one that was taken back not at all."""
    return Source(
        rows=lambda now: Credential.objects.current().filter(kind=kind, revoked_at=None, issued_at__lte=now),
        at=F("issued_at"),
        organisation=f"{way}__organisation",
        counted=counted,
        told_by={By.LANGUAGE: "help_language", By.COHORT: way, **{By(k): v for k, v in told_by.items()}},
    )


def _of_achievement(counted: Any) -> Source:
    return _of_credential(Kind.ACHIEVEMENT, counted, "completion__enrolment__cohort", module="module")


def _of_attestation(counted: Any) -> Source:
    return _of_credential(Kind.ATTENDANCE, counted, "cohort")


def _ticked(now: datetime) -> QuerySet[Attendance]:
    return Attendance.objects.filter(lengths.is_over(now, "session__"), status__gt="")


def _came(now: datetime) -> QuerySet[Attendance]:
    return _ticked(now).filter(status__in=CAME)


def _came_where_places_are_known(now: datetime) -> QuerySet[Attendance]:
    return _came(now).filter(session__seats__gt=0)


def _came_elsewhere(now: datetime) -> QuerySet[Attendance]:
    return _came(now).exclude(session__seats__gt=0)


def somebody_ticked() -> Exists:
    """Of a class: who was there is known."""
    return Exists(Attendance.objects.filter(session=OuterRef("pk"), status__gt=""))


def held(now: datetime) -> QuerySet[Session]:
    """Over, and somebody ticked who was there."""
    return lengths.over(now).filter(somebody_ticked())


def _planned(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(ends_at__lte=now)


def _booked(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(cancelled_at=None)


def _of_interpreter(rows: Callable[[datetime], QuerySet[Session]]) -> Source:
    """In rows of languages: by the one into which the mediator translates."""
    return _of_session(
        lambda now: rows(now).exclude(mediator_minutes=None),
        F("mediator_minutes"),
        language="mediator_language",
    )


def _interpreter_not_written(rows: Callable[[datetime], QuerySet[Session]]) -> Source:
    return _of_session(
        lambda now: rows(now).filter(of_kind(ClassKind.INTERPRETER, ""), mediator_minutes=None), Value(1)
    )


ENROLLED = Source(
    rows=lambda now: Enrolment.objects.filter(started_at__lte=now),
    at=F("started_at"),
    organisation="cohort__organisation",
    counted=F("person"),
    told_by={By.MODULE: "module", By.LANGUAGE: "person__help_language", By.COHORT: "cohort"},
)
WHO_WAS_ACTIVE = _of_enrolment(ActiveMonth, F("enrolment__person"))
WHO_TRIED_SINCE = _of_enrolment(Attempt, F("enrolment__person"), _not_rolled_up)
LESSONS = _of_enrolment(LessonCompletion, Value(1))
WHO_FINISHED_LESSONS = _of_enrolment(LessonCompletion, F("enrolment__person"))
MODULES = _of_enrolment(ModuleCompletion, Value(1))
WHO_FINISHED_MODULES = _of_enrolment(ModuleCompletion, F("enrolment__person"))

ACHIEVEMENTS = _of_achievement(Value(1))
WHO_ACHIEVED = _of_achievement(SOMEBODY)
ATTESTATIONS = _of_attestation(Value(1))
WHO_WAS_ATTESTED = _of_attestation(SOMEBODY)

WHO_CAME = _of_attendance(lambda now: _came(now).exclude(person=None), F("person"))
VISITS_OF_WHO_LEFT = _of_attendance(lambda now: _came(now).filter(person=None), Value(1))
VISITS = _of_attendance(_came, Value(1))
VISITORS = _of_attendance(_came, SOMEBODY)
EXPECTED = _of_attendance(_ticked, Value(1))
WHO_MISSED = _of_attendance(lambda now: _ticked(now).filter(status__in=MISSED), SOMEBODY)
MINUTES_ATTENDED = _of_attendance(
    _came, Greatest(lengths.minutes("session__") - Coalesce("minutes_late", 0), 0)
)
VISITS_WHERE_PLACES_ARE_KNOWN = _of_attendance(_came_where_places_are_known, Value(1))
VISITORS_WHERE_PLACES_ARE_KNOWN = _of_attendance(_came_where_places_are_known, SOMEBODY)
VISITORS_ELSEWHERE = _of_attendance(_came_elsewhere, SOMEBODY)

PLANNED = _of_session(_planned, Value(1))
CANCELLED = _of_session(
    lambda now: _planned(now).exclude(cancelled_at=None).exclude(somebody_ticked()), Value(1)
)
CLASSES = _of_session(held, Value(1))
NOT_TICKED = _of_session(
    lambda now: lengths.over(now).filter(cancelled_at=None).exclude(somebody_ticked()), Value(1)
)
MINUTES_OFFERED = _of_session(held, lengths.minutes())
PLACES = _of_session(lambda now: held(now).filter(seats__gt=0), F("seats"))
PLACES_NOT_WRITTEN = _of_session(lambda now: held(now).exclude(seats__gt=0), Value(1))

CHILDCARE_PLACES = _of_session(held, F("childcare_places"))
CHILDCARE_PLACES_COUNTED = _of_session(
    lambda now: held(now).exclude(children_came=None), F("childcare_places")
)
CHILDREN = _of_session(lambda now: held(now).exclude(children_came=None), F("children_came"))
CHILDREN_NOT_WRITTEN = _of_session(
    lambda now: held(now).filter(children_came=None, childcare_places__gt=0), Value(1)
)

INTERPRETER_MINUTES = _of_interpreter(_booked)
INTERPRETER_NOT_WRITTEN = _interpreter_not_written(_booked)
INTERPRETER_MINUTES_HELD = _of_interpreter(held)
INTERPRETER_NOT_WRITTEN_HELD = _interpreter_not_written(held)
