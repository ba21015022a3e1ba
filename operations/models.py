from typing import ClassVar

from django.db import models


class Heartbeat(models.Model):
    """The last sign of life of the worker, and of beat; read by `operations.health`."""

    name = models.CharField(max_length=16, unique=True)
    beaten_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
