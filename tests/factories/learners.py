from datetime import datetime
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from courses.models import Lesson, Module, Step
from learners.actions import Outcome, record_events
from learners.enums import AttemptKind
from learners.events import KIND_OF_STEP, Event
from learners.models import Cohort, Enrolment
from people.models import User
from tests.factories.people import OrganisationFactory

KIND_OF_EVENT = {step: kind for kind, step in KIND_OF_STEP.items()}


class CohortFactory(DjangoModelFactory):
    class Meta:
        model = Cohort
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Cohort {n}")
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def trainers(self, create, people, **kwargs):
        self.trainers.set(people or [])

    @factory.post_generation
    def learners(self, create, people, **kwargs):
        self.learners.set(people or [])


def event(
    step: Step,
    *,
    mark: float = 1.0,
    seconds: int = 20,
    key=None,
    happened_at: datetime | None = None,
    helped: bool = False,
) -> Event:
    return Event(
        key=key or uuid4(),
        lesson=step.lesson.key,
        step=step.block_id,
        kind=AttemptKind(KIND_OF_EVENT[step.kind]),
        mark=mark,
        seconds=seconds,
        happened_at=happened_at or timezone.now(),
        helped=helped,
    )


def raw(event: Event) -> dict:
    """The event as a browser sends it."""
    return {
        "id": str(event.key),
        "lesson": str(event.lesson),
        "step": str(event.step),
        "kind": event.kind.value,
        "mark": event.mark,
        "seconds": event.seconds,
        "happened_at": event.happened_at.isoformat(),
    }


def do(person: User, *steps: Step, at: datetime | None = None, **fields) -> Outcome:
    """The person passes these steps."""
    events = [event(step, happened_at=at, **fields) for step in steps]
    return record_events(person, events, received_at=at or timezone.now())


def finish_lesson(person: User, lesson: Lesson, **fields) -> Outcome:
    return do(person, *lesson.steps.live(), **fields)


def finish_module(person: User, module: Module, **fields) -> Enrolment:
    for lesson in module.lessons.live():
        finish_lesson(person, lesson, **fields)
    return Enrolment.objects.get(person=person, module=module)
