"""The outbox: a letter is a row first, and the row alone decides whether it goes out (docs/decisions/)."""

from typing import ClassVar
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.codes import new_code
from reminders.enums import State
from reminders.querysets import LetterQuerySet


def new_token() -> str:
    """78 random bits that can be copied from a printed letter by hand."""
    return new_code(16)


def new_message_id() -> str:
    return f"<{uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>"


class Preference(models.Model):
    """Whether a person wants letters, and calls. Whoever holds `token` may stop letters, without signing in."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="letter_preference"
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    email_stopped_at = models.DateTimeField(null=True)
    calls_stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person}"


class Letter(models.Model):
    """One letter to one person. `period` says which occasion; about one occasion we never write twice.

    `params` holds plain values the room that wrote it wants back when the letter is made. `claimed_at` is
    when a worker took it, and tells that worker's claim from a later one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=32)
    period = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.DUE)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    dropped_reason = models.CharField(max_length=32, blank=True)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("person", "kind", "period", name="one_letter_an_occasion"),
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at=None)),
                name="sent_letters_have_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | Q(claimed_at__isnull=False), name="who_sends_has_claimed"
            ),
        ]
        indexes: ClassVar = [
            # The sweep looks each minute; what was sent years ago must not slow it down.
            models.Index(
                "due_at", name="letters_that_wait", condition=Q(state__in=[State.DUE, State.SENDING])
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
