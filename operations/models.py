from typing import ClassVar

from django.db import models

from people.models import Organisation


class Heartbeat(models.Model):
    """The last sign of life of the worker, and of beat; read by `operations.health`."""

    name = models.CharField(max_length=16, unique=True)
    beaten_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class RegionPart(models.Model):
    """An organisation of the made-up region (`manage.py demo_data`), written and taken away as a whole.

    `number` counts the parts of one `seed` from 0; `learners` is how many the whole region has, and `until` where its
    clock stops, so that a run that was interrupted can be gone on with. The keys of its people say where they belong.
    """

    seed = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    learners = models.PositiveIntegerField()
    until = models.DateField()
    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="+")

    class Meta:
        ordering: ClassVar = ["seed", "number"]
        constraints: ClassVar = [models.UniqueConstraint("seed", "number", name="one_part_a_number")]

    def __str__(self) -> str:
        return f"{self.seed} {self.number}"
