"""Each takes up one verb. A message only hurries: the row is the queue, and the sweep guarantees."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from papers.models import PrintJob

A_SWEEP = 50


@shared_task
def make(key: str) -> None:
    # Here and not above: only a worker prints, and asking knows only the message.
    from papers import making

    making.make(UUID(key))


@shared_task
def make_waiting() -> None:
    from papers import kinds, making

    waiting = PrintJob.objects.due(now=timezone.now()).order_by("due_at").values_list("pk", flat=True)
    # Somebody stands before a printer: what is small comes first.
    for some in (waiting.exclude(kind__in=kinds.exports()), waiting.filter(kind__in=kinds.exports())):
        for key in some[:A_SWEEP]:
            making.make(key)


@shared_task
def clear_old() -> None:
    # Here and not above: asking sends `make`.
    from papers import actions

    actions.clear_old(now=timezone.now())
