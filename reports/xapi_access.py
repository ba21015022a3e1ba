"""Whose learning records may leave, and to whom: organisations for which an administrator has switched it on."""

from django.db.models import QuerySet

from people.access import organisations_coordinated_by
from people.models import User
from reports.models import RecordStore


def stores_of(person: User) -> QuerySet[RecordStore]:
    """Of the organisations she coordinates; everyone else's is a 404."""
    return (
        RecordStore.objects.filter(organisation__in=organisations_coordinated_by(person))
        .select_related("organisation")
        .order_by("organisation__name")
    )
