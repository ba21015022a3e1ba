from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from people import comfort
from people.access import current_person


def reader(request: HttpRequest) -> dict[str, Any]:
    """`person`: who reads, asked of the database only by a template that uses it; `comfort`: words for `<html>`."""
    return {
        "person": SimpleLazyObject(lambda: current_person(request)),
        "comfort": comfort.chosen(request).replace(".", " "),
        "DEMO": settings.DEMO,
    }
