"""What this room knows about a person, for her own copy."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people import portability
from people.models import User


def _scheduled_for(person: User) -> list[dict[str, Any]]:
    rows = person.scheduled_reports.select_related("schedule").order_by("pk")
    return [{"how often": row.schedule.rhythm, "rows": row.schedule.by} for row in rows]


portability.offer("scheduled_reports", _("Reports that are sent to you"), _scheduled_for)
