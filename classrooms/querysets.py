from datetime import datetime
from typing import Self
from uuid import UUID

from django.db.models import F, Q, QuerySet

from people.models import User


class SessionQuerySet(QuerySet):
    def open_at(self, moment: datetime) -> Self:
        """Somebody opened it, nobody closed it, and it has not closed itself."""
        return self.filter(opened_at__lte=moment, closed_at=None, closes_at__gt=moment)

    def led_by(self, person: User) -> Self:
        return self.filter(cohort__trainers=person)

    def booked_for(self, mediator: User) -> Self:
        return self.filter(mediator=mediator, cancelled_at=None)

    def yet_to_open(self) -> Self:
        return self.filter(opened_at=None, cancelled_at=None)

    def held(self) -> Self:
        return self.filter(opened_at__isnull=False)

    def over_at(self, moment: datetime) -> Self:
        """Held and closed, by somebody or by itself; and those whose time went by, which were perhaps held on paper."""
        held = Q(closed_at__isnull=False) | Q(closes_at__lte=moment)
        return self.filter(held | Q(opened_at=None, cancelled_at=None, ends_at__lte=moment))

    def on_agenda(self, *, since: datetime) -> Self:
        """Public ones that are not over; a cancelled one too, so that who comes reads it."""
        return self.filter(is_public=True, ends_at__gt=since).order_by("starts_at", "pk")


class HelpRequestQuerySet(QuerySet):
    def waiting(self) -> Self:
        return self.filter(ended_at=None)

    def unanswered(self, *, now: datetime) -> Self:
        """Nobody came to her before the class was over; who took it back or was helped ended it herself."""
        over = Q(ended_at=F("session__closed_at")) | Q(ended_at=None, session__closes_at__lte=now)
        return self.filter(over, comes=None)


class JoinRequestQuerySet(QuerySet):
    def undecided(self) -> Self:
        return self.filter(decided_at=None)

    def by(self, guest: User | None, browser: UUID | None) -> Self:
        """What this guest or this browser asked; of who has neither, nothing is known."""
        rows = self.none()
        if guest:
            rows |= self.filter(guest=guest)
        if browser:
            rows |= self.filter(browser=browser)
        return rows


class SupervisionQuerySet(QuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)
