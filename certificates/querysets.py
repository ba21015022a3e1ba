from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from people.models import User


class CredentialQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(superseded_by=None)

    def visible_to(self, person: "User") -> Self:
        """Her own, and those of people in cohorts she leads. Everyone else's is a 404."""
        return self.filter(Q(person=person) | Q(person__cohorts__trainers=person)).distinct()

    def unprinted(self) -> Self:
        """The queue of the printer: what somebody may fetch and has no paper yet."""
        return self.filter(rendered_at=None, superseded_by=None, revoked_at=None, person__isnull=False)

    def due(self, *, now: datetime) -> Self:
        return self.unprinted().filter(render_due_at__lte=now)

    def unprinted_since(self, moment: datetime) -> Self:
        """Waiting for their paper since before `moment`: an operator should look."""
        return self.unprinted().filter(issued_at__lt=moment)
