"""What happens in a session. Every verb may be sent twice, and whoever was first is right."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from classrooms.enums import Status
from classrooms.models import (
    EARLIEST_START,
    Attendance,
    AttendanceChange,
    HelpRequest,
    LedStep,
    Session,
)
from courses.models import Step
from learners import classes
from learners.models import Cohort
from people import codes
from people.models import User

# A session that nobody closes closes itself; a planned one some time after its end.
LONGEST_SESSION = timedelta(hours=4)
AFTER_ITS_END = timedelta(minutes=30)
CODE_LENGTH = 6  # 29 bits, for some hours, and guessing is limited


class SessionClosed(Exception):
    """Nothing more can happen in it."""


class TooEarly(Exception):
    """It is planned for later. Begun and ended now, it could be held no more when its learners come."""


@transaction.atomic
def open_session(cohort: Cohort, *, by: User, now: datetime, planned: Session | None = None) -> Session:
    """The session of this cohort that is open; else `planned`, or what was planned around now; else a new one.

    Meanwhile cards for class only work. Raises TooEarly.
    """
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    session = Session.objects.filter(cohort=cohort, closed_at=None).held().first()
    if session and session.is_open(now):
        return session
    if session:
        _close(session, session.ended_at(now) or now)
    if planned and planned.is_too_early(now):
        raise TooEarly
    near = Session.objects.yet_to_open().filter(
        cohort=cohort, starts_at__lte=now + EARLIEST_START, ends_at__gt=now
    )
    session = near.filter(pk=planned.pk).first() if planned else None
    session = session or near.order_by("starts_at", "pk").first()
    session = session or Session(cohort=cohort, code=new_session_code())
    session.opened_by, session.opened_at = by, now
    session.closes_at = (
        max(now + LONGEST_SESSION, session.ends_at + AFTER_ITS_END)
        if session.ends_at
        else now + LONGEST_SESSION
    )
    session.save()
    classes.open_class(cohort, until=session.closes_at)
    return session


def new_session_code() -> str:
    return codes.new_code(CODE_LENGTH)


@transaction.atomic
def close_session(session: Session, *, now: datetime) -> None:
    """The first to close it says when; the code and cards for class only open nothing any more."""
    session = _locked(session)
    if session.opened_at and session.closed_at is None:
        _close(session, session.ended_at(now) or now)
        classes.end_class(session.cohort)


def _close(session: Session, at: datetime) -> None:
    session.closed_at = at
    session.is_led = False
    session.version += 1
    session.save(update_fields=["closed_at", "is_led", "version"])
    HelpRequest.objects.waiting().filter(session=session).update(ended_at=at)


def _locked(session: Session) -> Session:
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("cohort")
    return rows.get(pk=session.pk)


def touch(session: Session) -> None:
    """Boards draw themselves anew."""
    Session.objects.filter(pk=session.pk).update(version=F("version") + 1)


@transaction.atomic
def join(session: Session, person: User, *, now: datetime) -> Attendance:
    """She is here. Says nothing yet about being present: that her trainer ticks. Raises SessionClosed."""
    session = _locked(session)
    if not session.is_open(now):
        raise SessionClosed
    attendance, _ = Attendance.objects.get_or_create(session=session, person=person)
    if attendance.joined_at is None:
        attendance.joined_at = now
        attendance.save(update_fields=["joined_at"])
        touch(session)
    return attendance


def stand_at(session: Session, person: User, step: Step | None, *, now: datetime) -> None:
    """Which step is on her screen since when; coming back to the same one does not begin anew."""
    rows = Attendance.objects.filter(session=session, person=person, joined_at__isnull=False)
    if rows.exclude(step=step).update(step=step, step_at=now):
        touch(session)


def catch_up(session: Session, person: User, *, is_on: bool) -> None:
    """Nobody pulls her along while she does what she missed; off again, she follows."""
    rows = Attendance.objects.filter(session=session, person=person, joined_at__isnull=False)
    if rows.filter(is_catching_up=not is_on).update(is_catching_up=is_on):
        touch(session)


@transaction.atomic
def tick(
    session: Session,
    person: User,
    *,
    status: Status,
    minutes_late: int | None,
    by: User,
    now: datetime,
    is_proposal: bool = False,
) -> bool:
    """Write what her trainer saw, in an open session or later; False when it stood there already.

    What her trainer left as it was proposed (`is_proposal`) writes over nobody's tick.
    """
    session = _locked(session)
    attendance, _ = Attendance.objects.get_or_create(session=session, person=person)
    minutes_late = minutes_late if status == Status.LATE else None
    if (attendance.status, attendance.minutes_late) == (status, minutes_late):
        return False
    if is_proposal and attendance.status:
        return False
    attendance.status, attendance.minutes_late = status, minutes_late
    attendance.save(update_fields=["status", "minutes_late"])
    AttendanceChange.objects.create(
        attendance=attendance, by=by, at=now, status=status, minutes_late=minutes_late
    )
    touch(session)
    return True


def count_children(session: Session, children: int | None) -> None:
    """How many were looked after."""
    Session.objects.filter(pk=session.pk).update(children_came=children)


@transaction.atomic
def ask_for_help(session: Session, person: User, *, now: datetime) -> None:
    """She stands in the queue once, from her first tap on. Raises SessionClosed."""
    session = _locked(session)
    if not session.is_open(now):
        raise SessionClosed
    _, is_new = HelpRequest.objects.get_or_create(
        session=session, person=person, ended_at=None, defaults={"asked_at": now}
    )
    if is_new:
        touch(session)


@transaction.atomic
def come(session: Session, person: User, *, by: User) -> None:
    """The first who says so comes."""
    session = _locked(session)
    if HelpRequest.objects.waiting().filter(session=session, person=person, comes=None).update(comes=by):
        touch(session)


@transaction.atomic
def end_help(session: Session, person: User, *, now: datetime) -> None:
    """She was helped, or needs none any more."""
    session = _locked(session)
    if HelpRequest.objects.waiting().filter(session=session, person=person).update(ended_at=now):
        touch(session)


@transaction.atomic
def lead(session: Session, path: str, *, now: datetime) -> None:
    """Everybody to this step, module/lesson/n; who calls anew calls those too who are catching up.

    Raises SessionClosed.
    """
    session = _locked(session)
    if not session.is_open(now):
        raise SessionClosed
    if (session.is_led, session.led_path) == (True, path):
        return
    if not session.is_led:
        Attendance.objects.filter(session=session, is_catching_up=True).update(is_catching_up=False)
    Session.objects.filter(pk=session.pk).update(is_led=True, led_path=path, version=F("version") + 1)
    LedStep.objects.bulk_create([LedStep(session=session, path=path, at=now)], ignore_conflicts=True)


@transaction.atomic
def release(session: Session) -> None:
    """Everybody at her own pace; the step stays known, so that she who leads can call back to it."""
    session = _locked(session)
    if session.is_led:
        Session.objects.filter(pk=session.pk).update(is_led=False, version=F("version") + 1)
