from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from people.models import User


class ProjectQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Answers may lie there: switched off or not, begun or not."""
        return self.filter(closed_at=None)

    def on(self, day: date) -> Self:
        """Switched on, and running that day."""
        return self.open().filter(is_on=True, begins_on__lte=day, ends_on__gte=day)

    def asking(self, person: "User", day: date) -> Self:
        """Of a cohort in which she learns, and which is of the same organisation still."""
        hers = self.on(day).filter(cohorts__learners=person, cohorts__organisation=F("organisation"))
        # Two cohorts of one project are one project.
        return self.filter(pk__in=hers.values("pk"))

    def over(self, day: date) -> Self:
        """Ended, and still to be closed."""
        return self.open().filter(ends_on__lt=day)
