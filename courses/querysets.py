"""Which links to other sites."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F

from courses.enums import FAILURES

# A site may be away for an evening.
BROKEN_AFTER = timedelta(days=1)


class OutsideLinkQuerySet(models.QuerySet):
    def due(self, now: datetime) -> Self:
        return self.filter(due_at__lte=now)

    def broken(self) -> Self:
        """They failed at least twice, a day or more apart, and worked at no visit in between."""
        return self.filter(status__in=FAILURES, first_failed_at__lte=F("checked_at") - BROKEN_AFTER)
