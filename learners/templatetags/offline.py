"""What every page tells its script about learning without network."""

from typing import Any

from django import template

from learners.devices import tag_of
from people.access import current_person

register = template.Library()


@register.inclusion_tag("offline/status.html", takes_context=True)
def outbox_status(context: dict[str, Any]) -> dict[str, Any]:
    """Where the page says what waits on the phone. A kept page is everybody's: the phone knows whose it is."""
    is_kept = bool(context.get("is_kept"))
    request = context.get("request")
    person = None
    if not is_kept and request is not None and hasattr(request, "user"):
        person = current_person(request)
    return {"is_kept": is_kept, "tag": tag_of(person), "is_guest": bool(person and person.is_guest)}
