"""A paper or file somebody asked for is a row first; a worker makes it, and a day later both are gone."""

from datetime import datetime, timedelta
from pathlib import PurePath
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from papers.enums import State
from papers.querysets import PrintJobQuerySet

LIFETIME = timedelta(hours=24)


def private_storage() -> Storage:
    return storages["papers"]


def path_of(job: "PrintJob", filename: str) -> str:
    return f"{job.key}{PurePath(filename).suffix}"


def a_day_from_now() -> datetime:
    return timezone.now() + LIFETIME


class PrintJob(models.Model):
    """`key` comes with the form that asks, so that a press sent twice is one job (actions.ask).

    `due_at` is when a worker may take it up: claiming moves it past the lease, a failure past a growing delay.
    `done` of `total` pages are laid out, or rows written; `total` is 0 while nobody can know it. `reason` and
    `remarks` are told to the owner, `error` to operators.
    """

    key = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="print_jobs")
    kind = models.CharField(max_length=32)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    remarks = models.JSONField(default=list)
    file = models.FileField(storage=private_storage, upload_to=path_of, max_length=100, blank=True)
    filename = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(default=a_day_from_now, db_index=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(made_at=None) | ~Q(file=""), name="made_has_a_file"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(failed_at=None), name="not_both_made_and_failed"
            ),
        ]
        indexes: ClassVar = [
            models.Index("due_at", condition=Q(made_at=None, failed_at=None), name="papers_to_make"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("papers:job", args=[self.key])

    @property
    def ending(self) -> str:
        """Of its file, once there is one: "pdf"."""
        return PurePath(self.file.name or "").suffix.lstrip(".")

    @property
    def file_url(self) -> str:
        return reverse("papers:file", args=[self.key, self.ending])

    @property
    def state(self) -> State:
        if self.made_at:
            return State.READY
        if self.failed_at:
            return State.FAILED
        is_claimed = self.claimed_at is not None and timezone.now() < self.due_at
        return State.WORKING if is_claimed else State.WAITING
