"""Where a person stands: what she has completed, and where she goes on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from courses.models import Lesson, Step
from learners.models import Enrolment, LessonCompletion, StepCompletion
from people.models import User


@dataclass(frozen=True, slots=True)
class Spot:
    """A step by its place: all that its address is made of. `number` is 1-based."""

    module_slug: str
    lesson_slug: str
    number: int

    def path(self, language: str) -> str:
        return f"/{language}/{self.module_slug}/{self.lesson_slug}/{self.number}/"


def completed_steps(person: User | None, lesson_id: int) -> set[int]:
    """Row ids of the steps of this lesson that she has completed."""
    if not person:
        return set()
    return set(
        StepCompletion.objects.filter(enrolment__person=person, step__lesson=lesson_id).values_list(
            "step", flat=True
        )
    )


def completed_by_lesson(person: User | None) -> dict[int, int]:
    """{lesson id: steps completed of those taught today}, lessons never begun left out."""
    if not person:
        return {}
    rows = (
        StepCompletion.objects.filter(enrolment__person=person, step__retired_at=None)
        .order_by()
        .values_list("step__lesson")
        .annotate(Count("step", distinct=True))
    )
    return dict(rows)


def finished_lessons(person: User | None) -> set[int]:
    if not person:
        return set()
    return set(LessonCompletion.objects.filter(enrolment__person=person).values_list("lesson", flat=True))


def step_counts(lesson_ids: Iterable[int]) -> dict[int, int]:
    """{lesson id: steps taught today}."""
    rows = (
        Step.objects.live()
        .filter(lesson__in=lesson_ids)
        .order_by()
        .values_list("lesson")
        .annotate(Count("id"))
    )
    return dict(rows)


def where_to_go_on(person: User | None, *, module_id: int | None = None) -> Spot | None:
    """The first step she has not done, of the module she was last at (or the one given); None when all is done."""
    if not person:
        return None
    enrolments = Enrolment.objects.unfinished().filter(person=person)
    if module_id:
        enrolments = enrolments.filter(module=module_id)
    enrolment = enrolments.order_by("-last_attempt_at", "-pk").first()
    return first_open_step(enrolment) if enrolment else None


def first_open_step(enrolment: Enrolment) -> Spot | None:
    """From the lesson she was last at onward, then what she left out before it.

    Lessons that are finished stay finished, whatever was added to them since.
    """
    completed = list(
        enrolment.step_completions.order_by("happened_at", "pk").values_list("step", "step__lesson")
    )
    done = {step for step, _lesson in completed}
    last = completed[-1][1] if completed else None
    finished = set(enrolment.lesson_completions.values_list("lesson", flat=True))
    steps: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for lesson_id, lesson, module, step in (
        Step.objects.live()
        .filter(lesson__module=enrolment.module_id, lesson__retired_at=None)
        .order_by("lesson__position", "lesson_id", "position", "pk")
        .values_list("lesson_id", "lesson__slug", "lesson__module__slug", "id")
    ):
        steps[lesson_id, lesson, module].append(step)
    lessons = list(steps.items())
    here = next((place for place, ((lesson_id, *_), _ids) in enumerate(lessons) if lesson_id == last), 0)
    for (lesson_id, lesson, module), ids in lessons[here:] + lessons[:here]:
        if lesson_id in finished:
            continue
        for number, step in enumerate(ids, 1):
            if step not in done:
                return Spot(module, lesson, number)
    return None


def next_lesson(lesson: Lesson) -> Lesson | None:
    """The lesson after this one in its module."""
    following = list(Lesson.objects.live().filter(module=lesson.module_id))
    ids = [row.pk for row in following]
    position = ids.index(lesson.pk) + 1 if lesson.pk in ids else len(ids)
    return following[position] if position < len(following) else None
