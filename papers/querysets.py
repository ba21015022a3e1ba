from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from papers.models import PrintJob  # noqa: F401 (ruff takes the name below for a text)


class PrintJobQuerySet(models.QuerySet["PrintJob"]):
    def unmade(self) -> Self:
        return self.filter(made_at=None, failed_at=None)

    def due(self, *, now: datetime) -> Self:
        """The queue: what a worker may take up."""
        return self.unmade().filter(due_at__lte=now)

    def at_rest(self, *, now: datetime) -> Self:
        """No worker has them in hand."""
        return self.exclude(claimed_at__isnull=False, due_at__gt=now)

    def taken_up(self, *, since: datetime) -> Self:
        """A worker has them in hand, or had them until about then, however it ended."""
        return self.filter(Q(claimed_at__isnull=False) | Q(failures__gt=0), due_at__gt=since)

    def fetchable(self, *, now: datetime) -> Self:
        return self.filter(ends_at__gt=now)

    def ended(self, *, now: datetime) -> Self:
        """Nobody may fetch them any more."""
        return self.filter(ends_at__lte=now)
