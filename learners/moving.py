"""A lesson that moves to another module takes along what people did in it."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from courses.models import Lesson
from learners.actions import enrol, herself
from learners.merging import pour_completions
from learners.models import Attempt, Enrolment, LessonCompletion, StepCompletion
from learners.rollups import Difference, rebuild
from people.models import User


def bring_home(lesson: Lesson) -> None:
    """Without this, a lesson half done before the move and half after would never be whole. May run twice."""
    away = Attempt.objects.filter(step__lesson=lesson).exclude(enrolment__module=lesson.module_id)
    for person_id in list(away.order_by().values_list("enrolment__person", flat=True).distinct()):
        with transaction.atomic():
            _bring_home(herself(User(pk=person_id)), lesson)


def _bring_home(person: User, lesson: Lesson) -> None:
    enrolments = Enrolment.objects.select_for_update().filter(person=person).order_by("module_id")
    for left in [enrolment for enrolment in enrolments if enrolment.module_id != lesson.module_id]:
        moved = Attempt.objects.filter(enrolment=left, step__lesson=lesson)
        if not moved.exists():
            continue
        home = enrol(person, lesson.module_id, started_at=left.started_at)
        pour_completions(StepCompletion, "step", left, home, step__lesson=lesson)
        pour_completions(LessonCompletion, "lesson", left, home, lesson=lesson)
        moved.update(enrolment=home)
        for enrolment in (home, left):
            rebuild(enrolment)
        # A module she only knew by this lesson is no longer one she is in.
        if not left.attempts.exists():
            Enrolment.objects.filter(pk=left.pk, completion=None).delete()


def bring_all_home() -> Iterator[Difference]:
    """Those that moved while somebody's work was being recorded."""
    away = Attempt.objects.exclude(enrolment__module=F("step__lesson__module"))
    for lesson in list(Lesson.objects.filter(pk__in=away.values("step__lesson"))):
        bring_home(lesson)
        yield Difference(None, f"the module of what was done in lesson {lesson.pk}", None, lesson.module_id)
