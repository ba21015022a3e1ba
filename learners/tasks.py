from celery import shared_task
from django.utils import timezone

from courses.models import Lesson
from learners import reminding, settling


@shared_task
def settle_lesson(lesson_id: int) -> None:
    settling.settle_lesson(lesson_id)


@shared_task
def settle_waiting() -> None:
    """The sweep: lessons whose message was lost."""
    for lesson_id in Lesson.objects.exclude(unsettled_since=None).values_list("id", flat=True):
        settling.settle_lesson(lesson_id)


@shared_task
def write_reminders() -> None:
    reminding.write_come_back_letters(timezone.now())
