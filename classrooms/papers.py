"""What a trainer prints of a class: the sheet to sign, the poster with the code, the attendance afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms import agenda, come_in, register
from classrooms.access import sessions_of
from classrooms.enums import Status
from classrooms.models import AttendanceChange, Session
from learners.models import Cohort
from learners.papers import leads_cohort
from papers import kinds, rendering
from papers.kinds import Kind, NothingToPrint
from papers.models import PrintJob
from papers.rendering import Paper, direction_of_name
from papers.squares import qr
from people.models import User

STYLESHEET = rendering.TEMPLATES / "classrooms" / "print" / "papers.css"
ROWS_FOR_NEWCOMERS = 5


def leads_session(person: User, params: dict[str, Any]) -> bool:
    return sessions_of(person).filter(pk=params["session"]).exists()


def _session(job: PrintJob) -> Session:
    return Session.objects.select_related("cohort__organisation", "opened_by", "place").get(
        pk=job.params["session"]
    )


def _paper(
    job: PrintJob, name: str, cohort: Cohort, title: str, context: dict[str, Any], **more: Any
) -> Paper:
    return Paper(
        template=f"classrooms/print/{name}.html",
        context={"title": title, "organisation": cohort.organisation.name, **context},
        stylesheet=STYLESHEET,
        language=job.language,
        filename=f"{name}-{slugify(cohort.name) or cohort.pk}.pdf",
        **more,
    )


# The sheet to sign


@dataclass(frozen=True)
class Learner:
    name: str
    direction: str


def compose_sheet(job: PrintJob) -> Paper:
    cohort = Cohort.objects.select_related("organisation").get(pk=job.params["cohort"])
    learners = [
        Learner(str(person), direction_of_name(str(person)))
        for person in cohort.learners.order_by("name", "pk")
    ]
    session = _now_or_next(cohort, timezone.now())
    context = {
        "cohort": cohort,
        "trainer": str(job.owner),
        "session": session,
        "subject": _subject(session, job.language) if session else "",
        "learners": learners,
        "newcomers": range(len(learners) + 1, len(learners) + 1 + ROWS_FOR_NEWCOMERS),
    }
    return _paper(job, "sheet", cohort, _("Attendance sheet"), context)


def _subject(session: Session, language: str) -> str:
    [row] = agenda.with_modules([session], language)
    return f"{row.module.row.number}. {row.module.title}" if row.module else ""


def _now_or_next(cohort: Cohort, now: datetime) -> Session | None:
    """The class that is on, else the next one planned."""
    rows = Session.objects.filter(cohort=cohort).select_related("place", "trainer")
    planned = rows.yet_to_open().filter(ends_at__gt=now).order_by("starts_at", "pk")
    return rows.open_at(now).first() or planned.first()


# The poster at the door


def compose_poster(job: PrintJob) -> Paper:
    session = _session(job)
    if session.cancelled_at or session.ended_at(timezone.now()):
        raise NothingToPrint(_("This class has ended. Its code opens nothing any more."))
    url = settings.BASE_URL + reverse("classrooms:join", args=[session.code])
    context = {
        "session": session,
        "code": session.code,
        "url": url,
        "address": url.split("://", 1)[-1].removesuffix(f"{session.code}/"),
        "qr": qr(url),
        "sentences": come_in.sentences(),
    }
    return _paper(job, "poster", session.cohort, session.cohort.name, context, pages=1)


# The attendance afterwards


@dataclass(frozen=True)
class Row:
    """`minutes` she was there; None, as `hours`, while nobody saved it."""

    name: str
    direction: str
    status: str
    minutes_late: int | None
    minutes: int | None
    hours: str


@dataclass(frozen=True)
class Correction:
    at: datetime
    by: str
    about: str
    before: str
    after: str


def compose_attendance(job: PrintJob) -> Paper:
    session, now = _session(job), timezone.now()
    records = register.records(session, now=now)
    changes = list(
        AttendanceChange.objects.filter(attendance__session=session)
        .select_related("by", "attendance__person")
        .order_by("at", "pk")
    )
    ended_at = session.ended_at(now)
    minutes = sum(record.minutes or 0 for record in records)
    context = {
        "session": session,
        "ended_at": ended_at,
        "length": _hours(register.minutes_held(session, now=now)) if ended_at else "",
        "who_left": register.who_left(session),
        "rows": [_row(record) for record in records],
        "counted": _counted(records),
        "unsaved": sum(record.minutes is None for record in records),
        "minutes": minutes,
        "hours": _hours(minutes),
        "first": changes[0] if changes else None,
        "corrections": _corrections(changes),
    }
    title = _("Attendance on %(day)s") % {"day": date_format(timezone.localdate(session.began_at))}
    return _paper(job, "attendance", session.cohort, title, context)


def _row(record: register.Record) -> Row:
    attendance = record.attendance if record.minutes is not None else None
    name = str(record.learner)
    return Row(
        name=name,
        direction=direction_of_name(name),
        status=attendance.get_status_display() if attendance else "",
        minutes_late=attendance.minutes_late if attendance else None,
        minutes=record.minutes,
        hours="" if record.minutes is None else _hours(record.minutes),
    )


def _counted(records: list[register.Record]) -> str:
    count = Counter(record.attendance.status for record in records if record.attendance)
    return ", ".join(f"{status.label}: {count[status]}" for status in Status if count[status])


def _corrections(changes: list[AttendanceChange]) -> list[Correction]:
    """Every change of a line but the first, which saved it."""
    before: dict[int, AttendanceChange] = {}
    corrections = []
    for change in changes:
        if earlier := before.get(change.attendance_id):
            about = str(change.attendance.person or _("somebody who has left StepIn"))
            corrections.append(
                Correction(change.at, str(change.by or ""), about, _ticked(earlier), _ticked(change))
            )
        before[change.attendance_id] = change
    return corrections


def _ticked(change: AttendanceChange) -> str:
    if change.minutes_late is None:
        return change.get_status_display()
    late = {"status": change.get_status_display(), "n": change.minutes_late}
    return _("%(status)s, %(n)d minutes") % late


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


SHEET = Kind("sheet", gettext_lazy("Attendance sheet"), leads_cohort, compose_sheet)
POSTER = Kind("poster", gettext_lazy("Poster with the code"), leads_session, compose_poster)
ATTENDANCE = Kind("attendance", gettext_lazy("Attendance"), leads_session, compose_attendance)
for kind in (SHEET, POSTER, ATTENDANCE):
    kinds.register(kind)
