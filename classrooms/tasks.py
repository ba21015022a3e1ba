from celery import shared_task
from django.utils import timezone

from classrooms import joining, telling


@shared_task
def write_class_letters() -> None:
    telling.write_class_letters(timezone.now())


@shared_task
def forget_names_at_the_door() -> None:
    joining.forget_names(timezone.now())
