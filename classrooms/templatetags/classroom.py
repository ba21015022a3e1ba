"""What a page says about a class: the bar of who is in one, and a cohort's session."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language

from classrooms import agenda, planning
from classrooms.aftercare import somebody_ticked
from classrooms.here import seat_of
from classrooms.models import Session
from learners.models import Cohort

register = template.Library()
# Pages that say all of it themselves.
PLAIN = ("/teach/", "/class/", "/join/")


@register.inclusion_tag("classrooms/bar.html", takes_context=True)
def class_bar(context: template.Context) -> dict[str, Any]:
    """Asks no database. A page that a phone keeps belongs to no class, and a trainer's own pages need no bar."""
    request = context.get("request")
    if request is None or not hasattr(request, "session") or context.get("is_kept"):
        return {"seat": None}
    if request.path.startswith(PLAIN):
        return {"seat": None}
    path = request.path.split("/", 2)[-1].strip("/") if "reading" in context and "row" in context else ""
    return {
        "seat": seat_of(request),
        "path": path,
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def open_session_of(cohort: Cohort) -> Session | None:
    return Session.objects.open_at(timezone.now()).filter(cohort=cohort).first()


@register.simple_tag
def sessions_before(cohort: Cohort) -> list[Session]:
    """The last ten that are over, the newest first; `is_ticked` when its attendance was saved."""
    over = Session.objects.over_at(timezone.now()).filter(cohort=cohort)
    rows = over.annotate(is_ticked=somebody_ticked())
    return list(rows.order_by(Coalesce("opened_at", "starts_at").desc(), "-pk")[:10])


@register.simple_tag
def next_sessions(cohort: Cohort) -> list[agenda.Row]:
    """What is planned and not over, the called-off ones too, at most twenty."""
    rows = Session.objects.filter(cohort=cohort, opened_at=None, ends_at__gt=timezone.now())
    sessions = list(rows.select_related("place", "mediator").order_by("starts_at", "pk")[:20])
    return agenda.with_modules(sessions, get_language() or settings.LANGUAGE_CODE)


@register.simple_tag
def is_anything_on() -> bool:
    """Whether the agenda has a class to come to: one query."""
    return agenda.is_anything_on(now=timezone.now())


@register.filter
def has_later(session: Session) -> bool:
    return len(planning.later_in_series(session)) > 1


@register.filter
def spoken_in(session: Session) -> list[tuple[str, str]]:
    """(code, name in its own script) of each language in which people are helped."""
    names = dict(settings.LANGUAGES)
    return [(code, names[code]) for code in session.spoken if code in names]


@register.filter
def as_hours(minutes: int) -> str:
    """1:30 h"""
    return f"{minutes // 60}:{minutes % 60:02} h"
