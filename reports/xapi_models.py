"""Organisations whose learning records may leave, and the keys with which their record stores fetch them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Organisation


class RecordStore(models.Model):
    """An administrator has said that this organisation keeps one. Without a row nothing leaves."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="record_store", verbose_name=_("organisation")
    )
    keeper = models.CharField(
        _("who answers for the record store"),
        max_length=200,
        help_text=_("The person or office that learners can ask what is kept there, and to delete it."),
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("learning record store")
        verbose_name_plural = _("learning record stores")

    def __str__(self) -> str:
        return str(self.organisation)


class RecordStoreKey(models.Model):
    """A user name and a password for a program. Of the password only a keyed hash is kept."""

    store = models.ForeignKey(RecordStore, models.CASCADE, related_name="keys")
    name = models.CharField(max_length=24, unique=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    # To some minutes.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name
