from django.utils import timezone

from operations.models import Heartbeat


def beat(name: str) -> None:
    """Note that the process of this name is alive. Twice at once is one row."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, beaten_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["beaten_at"],
    )
