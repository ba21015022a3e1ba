from celery import shared_task
from django.conf import settings
from django.utils import timezone

from courses import outside_links


@shared_task
def note_links() -> None:
    if settings.CHECK_LINKS:
        outside_links.note_links(timezone.now())


@shared_task
def visit_links() -> None:
    if settings.CHECK_LINKS:
        outside_links.visit_due(timezone.now())
