from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Call(models.Model):
    """A learner was reached by phone: about one class, or about herself (`day`, as it is in Brussels)."""

    session = models.ForeignKey("classrooms.Session", models.CASCADE, null=True, related_name="calls")
    day = models.DateField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("session", "person", name="one_call_a_session"),
            models.UniqueConstraint("day", "person", name="one_call_a_day"),
            models.CheckConstraint(
                condition=Q(session=None, day__isnull=False) | Q(session__isnull=False, day=None),
                name="a_call_is_about_a_class_or_her",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.session or self.day}"
