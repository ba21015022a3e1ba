"""Each takes up one verb. A message only hurries: the row is the queue, and the sweeps guarantee."""

from celery import shared_task
from django.utils import timezone

from certificates import printing
from certificates.models import Credential

A_SWEEP = 200


@shared_task
def render(credential_id: int) -> None:
    printing.store_pdf(credential_id)


@shared_task
def render_waiting() -> None:
    waiting = Credential.objects.due(now=timezone.now()).order_by("render_due_at")
    for credential_id in waiting.values_list("pk", flat=True)[:A_SWEEP]:
        printing.store_pdf(credential_id)


@shared_task
def issue_missing() -> None:
    # Here and not above: issuing asks for `render`.
    from certificates import issuing, supervision

    issuing.issue_missing()
    supervision.follow_all()
