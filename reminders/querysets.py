from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from reminders.enums import State

# Much longer than the slowest handover to a mail server (EMAIL_TIMEOUT for each of its answers).
LEASE = timedelta(minutes=10)


class LetterQuerySet(models.QuerySet):
    def takeable(self, *, now: datetime) -> Self:
        """Due, or left in the hands of a worker that must have died."""
        return self.filter(
            Q(state=State.DUE, due_at__lte=now) | Q(state=State.SENDING, claimed_at__lte=now - LEASE)
        )
