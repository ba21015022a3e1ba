"""What a learner's own page says about her classes."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.translation import get_language

from classrooms import agenda
from classrooms.models import Session

register = template.Library()


@register.inclusion_tag("classrooms/my_next_classes.html", takes_context=True)
def my_next_classes(context: RequestContext) -> dict[str, Any]:
    """The next three, called-off ones too. Nothing for who is in no class."""
    person = context.get("person") or None
    if not person:
        return {"rows": []}
    rows = Session.objects.filter(
        cohort__learners=person, cohort__ended_at=None, ends_at__gt=timezone.now()
    ).select_related(*agenda.SHOWN)
    sessions = list(rows.order_by("starts_at", "pk")[:3])
    return {"rows": agenda.with_modules(sessions, get_language() or "")}


@register.filter
def is_to_come(session: Session) -> bool:
    return session.ended_at(timezone.now()) is None
