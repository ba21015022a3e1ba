"""What this room knows about a person, for her own copy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from classrooms.calendar_models import CalendarAddress
from classrooms.call_models import Call
from classrooms.models import Attendance, HelpRequest
from people import portability
from people.models import User


def _sessions_of(person: User) -> list[dict[str, Any]]:
    rows = (
        Attendance.objects.filter(person=person)
        .select_related("session__cohort")
        .order_by("session__opened_at")
    )
    return [
        {
            "session": row.session.cohort.name,
            "began": row.session.began_at.isoformat(),
            "joined_at": row.joined_at.isoformat() if row.joined_at else None,
            "attendance": row.status or None,
            "minutes late": row.minutes_late,
        }
        for row in rows
    ]


def _help_of(person: User) -> list[dict[str, Any]]:
    rows = HelpRequest.objects.filter(person=person).order_by("asked_at")
    return [
        {
            "asked for help": row.asked_at.isoformat(),
            "ended": row.ended_at.isoformat() if row.ended_at else None,
        }
        for row in rows
    ]


def _calendar_of(person: User) -> list[dict[str, Any]]:
    rows = CalendarAddress.objects.filter(person=person).values_list("made_at", flat=True)
    return [{"calendar address made": made_at.isoformat()} for made_at in rows]


def _calls_to(person: User) -> list[dict[str, Any]]:
    rows = Call.objects.filter(person=person).order_by("at").values_list("at", flat=True)
    return [{"reached by phone": at.isoformat()} for at in rows]


portability.offer("calls", _("Calls we made to you"), _calls_to)
portability.offer("calendar", _("Address of my calendar"), _calendar_of)
portability.offer("sessions", _("My classes"), lambda person: [*_sessions_of(person), *_help_of(person)])
