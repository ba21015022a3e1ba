from celery import shared_task
from django.utils import timezone

from reminders import sending


@shared_task
def send_due() -> None:
    """The sweep, each minute: it alone guarantees that letters go out."""
    sending.send_due()


@shared_task
def send_letter(letter_id: int) -> None:
    """Hurries one letter that somebody waits for: `tasks.send_letter.delay_on_commit(letter.pk)`."""
    sending.send_one(letter_id, timezone.now())
