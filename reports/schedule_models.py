"""Reports that are sent by themselves: which question, how often, to whom, and what became of each sending."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery

from people.enums import Role
from people.models import Membership, Organisation, User
from reminders.enums import State
from reminders.models import Letter
from reports import rhythms
from reports.enums import By, Obstacle, Rhythm
from reports.periods import Period

# What was deleted by mistake can be had back for so long.
UNDO_FOR = timedelta(days=1)


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def visible_to(self, person: User) -> Self:
        """Those about organisations of which she coordinates every one. Everyone else's is a 404."""
        hers = Membership.objects.filter(user=person, role=Role.COORDINATOR).values("organisation")
        about = Schedule.organisations.through.objects.filter(schedule=OuterRef("pk"))
        return self.filter(Exists(about), ~Exists(about.exclude(organisation__in=hers)))

    def due(self, *, now: datetime) -> Self:
        month = rhythms.following(Rhythm.MONTH, now) - 1
        return self.filter(next_month__lte=month, paused_at=None, deleted_at=None)

    def kept(self, *, now: datetime) -> Self:
        """Also what was deleted just now: that can be undone."""
        return self.filter(Q(deleted_at=None) | Q(deleted_at__gt=now - UNDO_FOR))

    def for_page(self) -> Self:
        """With everything that a page says about each, in the same number of questions for any number of them."""
        return self.select_related("made_by").prefetch_related(
            models.Prefetch("organisations", Organisation.objects.order_by("name", "pk")),
            models.Prefetch("recipients", Recipient.objects.with_obstacles()),
            models.Prefetch("deliveries", Delivery.objects.of_latest_period()),
        )


class Schedule(models.Model):
    """A question without its period, for all who coordinate every one of its organisations.

    `next_month` is the month in which it is sent next, counted as in `reports.periods`. `key` is of the form that made
    it: the same form sent twice makes one.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    organisations = models.ManyToManyField(Organisation, related_name="+")
    # Of the form that asks: another way to ask later is no change of this table.
    by = models.CharField(max_length=16)
    figure = models.CharField(max_length=32)
    rhythm = models.CharField(max_length=8, choices=Rhythm)
    next_month = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                "next_month", name="schedules_that_run", condition=Q(paused_at=None, deleted_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_rhythm_display()}: {self.rows}"

    @property
    def rows(self) -> Any:
        return By(self.by).label

    @property
    def next_at(self) -> datetime:
        return rhythms.goes_out_at(self.next_month)


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def with_obstacles(self) -> Self:
        """With what `Recipient.obstacle` looks at, by name."""
        about = Schedule.organisations.through.objects.filter(schedule=OuterRef("schedule"))
        hers = Membership.objects.filter(
            user=OuterRef(OuterRef("person")),
            organisation=OuterRef("organisation"),
            role=Role.COORDINATOR,
        )
        return (
            self.select_related("person")
            .annotate(
                letters_stopped_at=F("person__letter_preference__email_stopped_at"),
                coordinates=Exists(about) & ~Exists(about.exclude(Exists(hers))),
            )
            .order_by("person__name", "person__username", "pk")
        )


class Recipient(models.Model):
    """Somebody who gets the report; she may have stopped being a coordinator since."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="recipients")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="scheduled_reports")

    objects = RecipientQuerySet.as_manager()
    # Of with_obstacles().
    letters_stopped_at: datetime | None
    coordinates: bool

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("schedule", "person", name="one_place_on_a_schedule")
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def obstacle(self) -> Obstacle | None:
        """Why she would get nothing today."""
        if not self.person.is_active or self.person.merged_into_id:
            return Obstacle.CLOSED
        if not self.coordinates:
            return Obstacle.NO_COORDINATOR
        if not self.person.email:
            return Obstacle.NO_ADDRESS
        return Obstacle.STOPPED if self.letters_stopped_at else None


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def of_latest_period(self) -> Self:
        of_schedule = Delivery.objects.filter(schedule=OuterRef("schedule")).order_by()
        latest = of_schedule.values("schedule").annotate(latest=Max("last_month")).values("latest")
        return (
            self.filter(last_month=Subquery(latest))
            .select_related("person", "letter")
            .order_by("-first_month", "person__name", "person__username", "pk")
        )


class Delivery(models.Model):
    """One person, one period: a letter was written to her, or not, and then `obstacle` says why."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    letter = models.OneToOneField(Letter, models.CASCADE, null=True, related_name="+")
    obstacle = models.CharField(max_length=16, choices=Obstacle, blank=True)
    at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "schedule", "person", "first_month", "last_month", name="one_report_a_person_and_period"
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False, obstacle="") | (Q(letter=None) & ~Q(obstacle="")),
                name="a_report_is_a_letter_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.person_id} {self.first_month}-{self.last_month}"

    @property
    def period(self) -> Period:
        return Period(self.first_month, self.last_month)

    @property
    def sent_at(self) -> datetime | None:
        return self.letter.sent_at if self.letter else None

    @property
    def why_not(self) -> Any:
        """In words; empty when it was sent, or still waits."""
        if self.letter is None:
            return self.get_obstacle_display()
        if self.letter.state == State.FAILED:
            return Obstacle.REFUSED.label
        if self.letter.state == State.DROPPED:
            return dict(Obstacle.choices).get(self.letter.dropped_reason, State.DROPPED.label)
        return ""
