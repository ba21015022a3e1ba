from celery import shared_task
from django.utils import timezone

from classrooms import telling


@shared_task
def write_class_letters() -> None:
    telling.write_class_letters(timezone.now())
