"""What the class has done so far, for who came late: where everybody was led, and what half of them finished."""

from dataclasses import dataclass

from django.db.models import Count, Q

from classrooms.models import Session
from courses import library
from courses.models import Step
from learners.models import StepCompletion


@dataclass(frozen=True, slots=True)
class ClassStep:
    """`path` is module/lesson/n, `title` in the reader's language or the nearest one; `is_done` by her."""

    path: str
    lesson: str
    title: str
    language: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class _Place:
    step: Step
    path: str


def has_missed(session: Session, person: int) -> bool:
    steps = [place.step.pk for place in _places(session, person)]
    return len(_done(person, steps)) < len(steps)


def steps_of_class(session: Session, person: int, language: str) -> list[ClassStep]:
    """In the order in which they are taught."""
    places = _places(session, person)
    done = _done(person, [place.step.pk for place in places])
    texts = library.all_texts({place.step.lesson.key for place in places})
    for of_lesson in texts.values():
        of_lesson.sort(key=lambda text: library.nearness(text.language, language))
    steps = []
    for place in places:
        block, lesson = str(place.step.block_id), place.step.lesson
        found = next((text for text in texts[lesson.key] if block in text.steps), None)
        title, its_language = (found.steps[block].title, found.language) if found else (place.step.title, "")
        steps.append(ClassStep(place.path, lesson.number, title, its_language, place.step.pk in done))
    return steps


def _places(session: Session, person: int) -> list[_Place]:
    led = {
        (module, lesson, int(number))
        for module, lesson, number in (
            path.split("/") for path in session.led_steps.values_list("path", flat=True)
        )
    }
    shared = _finished_by_half(session, person)
    steps = (
        Step.objects.live()
        .filter(lesson__retired_at=None, lesson__module__retired_at=None)
        .filter(
            Q(lesson__in=shared.values())
            | Q(
                lesson__module__slug__in={module for module, _, _ in led},
                lesson__slug__in={lesson for _, lesson, _ in led},
            )
        )
        .select_related("lesson__module")
        .order_by(
            "lesson__module__position", "lesson__module", "lesson__position", "lesson", "position", "pk"
        )
    )
    places, number, lesson_before = [], 0, None
    for step in steps:
        number = number + 1 if step.lesson_id == lesson_before else 1
        lesson_before = step.lesson_id
        slugs = step.lesson.module.slug, step.lesson.slug
        if step.pk in shared or (*slugs, number) in led:
            places.append(_Place(step, f"{slugs[0]}/{slugs[1]}/{number}"))
    return places


def _finished_by_half(session: Session, person: int) -> dict[int, int]:
    """{step id: lesson id} of what at least half of the others in class have finished since it was opened."""
    others = session.attendances.exclude(joined_at=None).exclude(person=person).exclude(person=None)
    half = others.count() / 2
    counted = (
        StepCompletion.objects.filter(
            enrolment__person__in=others.values("person"), received_at__gte=session.opened_at
        )
        .order_by()
        .values_list("step", "step__lesson")
        .annotate(people=Count("enrolment__person", distinct=True))
        .filter(people__gte=half)
    )
    return {step: lesson for step, lesson, _ in counted}


def _done(person: int, steps: list[int]) -> set[int]:
    hers = StepCompletion.objects.filter(enrolment__person=person, step__in=steps)
    return set(hers.values_list("step", flat=True))
