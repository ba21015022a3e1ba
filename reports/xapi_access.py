"""Whose learning records may leave, and to whom: organisations for which an administrator has switched it on."""

from django.db.models import QuerySet

from people.models import User
from reports.access import organisations_of
from reports.models import RecordStore


def stores_of(person: User) -> QuerySet[RecordStore]:
    """Of the organisations she coordinates; everyone else's is a 404."""
    return (
        RecordStore.objects.filter(organisation__in=organisations_of(person))
        .select_related("organisation")
        .order_by("organisation__name")
    )
