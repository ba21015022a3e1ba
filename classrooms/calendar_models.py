from django.conf import settings
from django.db import models

from people.codes import new_code


def new_secret() -> str:
    return new_code(16)  # 78 bits


class CalendarAddress(models.Model):
    """From `secret` the addresses of a person's own calendars are made; a new one ends the old addresses."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="calendar_address"
    )
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person} – {self.made_at:%Y-%m-%d}"
