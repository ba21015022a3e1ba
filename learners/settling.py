"""When a step or lesson is taken away or moved, whoever had done all the rest has finished."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.actions import set_settled
from courses.models import Lesson
from learners.actions import settle, settle_module
from learners.models import Enrolment
from learners.moving import bring_home


def settle_lesson(lesson_id: int) -> None:
    """Look again at everyone in the middle of this lesson or its module; may run twice."""
    lesson = Lesson.objects.get(pk=lesson_id)
    bring_home(lesson)
    is_in_the_middle = Q(step_completions__step__lesson=lesson_id) & ~Q(lesson_completions__lesson=lesson_id)
    waiting = Enrolment.objects.filter(Q(completion=None) | is_in_the_middle, module=lesson.module_id)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True).distinct()):
        with transaction.atomic():
            enrolment = Enrolment.objects.select_for_update().filter(pk=pk).first()
            if enrolment:  # else she was merged or left meanwhile
                # Now, not when the task began: what is asked for by this date must soon be there.
                now = timezone.now()
                settle(enrolment, [lesson_id], received_at=now)
                settle_module(enrolment, received_at=now)
    set_settled(lesson_id, lesson.unsettled_since)
