"""Rollups: what would take too long to count while somebody waits. They follow from the rows of the rooms below
(`reports.rollups`, `manage.py recount_reports`), so that losing them loses nothing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, Value

from courses.models import Lesson, Step
from learners.models import Enrolment
from people.models import Organisation


class Slice(models.Model):
    """The enrolments of one organisation's cohorts, or (`organisation` None) of everybody who learns alone.

    `signature` is what these enrolments looked like when they were counted: where it differs, they have changed.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="slice")
    signature = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                Value(1), condition=Q(organisation=None), name="one_slice_of_who_learns_alone"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation or "alone")


class ActiveMonth(models.Model):
    """A month of the calendar of Brussels in which something arrived from her; `received_at` is the first of it."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="active_months")
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("enrolment", "received_at", name="one_row_an_active_month")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.received_at:%Y-%m}"


class Counted(models.Model):
    """Numbers of people in one slice, by the language in which they are helped. Each row is another group of them,
    so that rows can be added up over slices and languages."""

    slice = models.ForeignKey(Slice, models.CASCADE, related_name="+")
    language = models.CharField(max_length=8)
    people = models.PositiveIntegerField()

    class Meta:
        abstract = True


class FurthestStep(Counted):
    """How many people of a lesson have come through this step and through none after it.

    `step` None: they have tried one, and come through none. Who has finished the lesson has come through its last.
    """

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.step_id}: {self.people}"


class StepEffort(Counted):
    """What a step took. `people` tried it, `completed` came through it, `at_once` without a failed try; `tries` are
    all tries, `failed` those with a mark below 1.

    `took` counts those who came through by the seconds of all their tries: below each of TOOK, and above the last.
    """

    TOOK: ClassVar = (10, 30, 60, 120, 300)

    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    completed = models.PositiveIntegerField()
    at_once = models.PositiveIntegerField()
    tries = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    took_0 = models.PositiveIntegerField()
    took_1 = models.PositiveIntegerField()
    took_2 = models.PositiveIntegerField()
    took_3 = models.PositiveIntegerField()
    took_4 = models.PositiveIntegerField()
    took_5 = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.step_id}: {self.people}"


class GoalOutcome(Counted):
    """How many people a goal of a practice had this outcome for, in any of their tries.

    `outcome` is "tried", "met", "hint", "shown" or "mistake"; `mistake` is the id of the mistake, else "".
    """

    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    goal = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8)
    mistake = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.step_id} {self.goal} {self.outcome}: {self.people}"


# Their tables belong to this room too.
from reports.schedule_models import Delivery, Recipient, Schedule  # noqa: E402, F401
from reports.xapi_models import RecordStore, RecordStoreKey  # noqa: E402, F401
