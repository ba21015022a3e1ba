"""Attempts are facts, appended; completions and rollups follow from them (`manage.py rebuild_progress`)."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson, Module, Step
from learners.enums import AttemptKind, Refusal
from learners.querysets import CohortQuerySet, EnrolmentQuerySet, InvitationQuerySet
from people.models import Organisation


class Cohort(models.Model):
    """People who learn together."""

    name = models.CharField(_("name"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="cohorts", verbose_name=_("organisation")
    )
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="cohorts_led", blank=True, verbose_name=_("trainers")
    )
    learners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="cohorts", blank=True, verbose_name=_("learners")
    )
    # Learners who help others in class at the modules they have finished (learners.peers).
    helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="cohorts_helped", blank=True, editable=False
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # A class of theirs is on until then; cards that do not work at home work meanwhile.
    open_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """A class is on now."""
        return self.open_until is not None and timezone.now() < self.open_until


class Invitation(models.Model):
    """Her colleague asks a trainer to lead a cohort with them. Open until she answers; taken back, it is gone."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "cohort", "person", condition=Q(answered_at=None), name="one_open_invitation_a_cohort"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.cohort}"


class Enrolment(models.Model):
    """One person on one module, with the rollup of her attempts."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    module = models.ForeignKey(Module, models.PROTECT, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, models.SET_NULL, null=True, related_name="enrolments")
    started_at = models.DateTimeField()
    last_attempt_at = models.DateTimeField(null=True, db_index=True)
    # Rollups, written in the transaction of the attempts they count.
    attempts_made = models.PositiveIntegerField(default=0)
    steps_completed = models.PositiveIntegerField(default=0)
    lessons_completed = models.PositiveIntegerField(default=0)
    seconds_spent = models.PositiveBigIntegerField(default=0)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("person", "module", name="one_enrolment_a_module")]

    def __str__(self) -> str:
        return f"{self.person} – {self.module}"


class Attempt(models.Model):
    """One try at a step. `key` was made by the browser: the same try sent twice is one row.

    `mark` is 0.0–1.0; what was answered or typed is not kept. `helped`: somebody sat beside her (learners.helped).
    `happened_at` is the device's clock within sane bounds, `received_at` ours.
    """

    key = models.UUIDField(unique=True)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attempts")
    step = models.ForeignKey(Step, models.PROTECT, related_name="attempts")
    kind = models.CharField(max_length=8, choices=AttemptKind)
    mark = models.FloatField()
    seconds = models.PositiveIntegerField(default=0)
    # Of a practice: goals met, mistakes by kind, help asked (shape: courses.simulators.clean_result).
    practice = models.JSONField(null=True)
    helped = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mark__gte=0, mark__lte=1), name="mark_is_a_share")
        ]
        indexes: ClassVar = [
            # Few of many: counting them must not read all the others.
            models.Index(fields=["enrolment"], condition=Q(helped=True), name="tries_with_help"),
            # What came in since somebody last looked. It grows at its end only, so that writing costs little.
            models.Index(fields=["received_at", "id"], name="tries_as_they_came"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mark}"


class Completion(models.Model):
    """A fact: it happened then, and we learned it then. Only ever added."""

    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        abstract = True


class StepCompletion(Completion):
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="step_completions")
    step = models.ForeignKey(Step, models.PROTECT, related_name="completions")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("enrolment", "step", name="a_step_completes_once")]

    def __str__(self) -> str:
        return f"{self.enrolment} – {self.step}"


class KeyedCompletion(Completion):
    """`key` is what it is called outside (learning records): the same row is the same key, whoever it belongs to."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class LessonCompletion(KeyedCompletion):
    """Keeps what the lesson was called and how many steps it had then."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="lesson_completions")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="completions")
    title = models.CharField(max_length=255)
    steps = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("enrolment", "lesson", name="a_lesson_completes_once")
        ]

    def __str__(self) -> str:
        return self.title


class ModuleCompletion(KeyedCompletion):
    """Keeps what the module was then: `contents` is {"number", "title", "minutes", "digcomp": [ids],
    "lessons": [{"number", "title", "minutes"}]} in the source language."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="completion")
    contents = models.JSONField()

    def __str__(self) -> str:
        return f"{self.enrolment}"


class RefusedEvent(models.Model):
    """An event that could not be taken, with the reason; for her trainer and the operators only."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="refused_events")
    key = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=Refusal)
    event = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("person", "key", name="refused_once")]

    def __str__(self) -> str:
        return f"{self.reason} {self.key}"
