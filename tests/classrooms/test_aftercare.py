"""After a class: what each needs next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from classrooms import actions, register
from classrooms.enums import Status
from learners.actions import record_events
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import event
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def held(cohort, bram, *, days_ago: int):
    now = timezone.now() - timedelta(days=days_ago)
    session = actions.open_session(cohort, by=bram, now=now)
    actions.close_session(session, now=now + timedelta(hours=2))
    session.refresh_from_db()
    return session


def tick(session, person, bram, status):
    actions.tick(session, person, status=status, minutes_late=None, by=bram, now=timezone.now())


def test_the_next_lesson_is_of_the_module_she_is_at(cohort, bram, amina):
    first, second = lesson_with_steps(), lesson_with_steps()
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)
    record_events(amina, [event(second.steps.first())], received_at=timezone.now())
    record_events(zahra, [event(step) for step in first.steps.all()], received_at=timezone.now())
    session = held(cohort, bram, days_ago=0)

    results = register.results(session, now=timezone.now())

    assert [(one.learner, one.next_lesson.row) for one in results] == [(amina, second), (zahra, second)]
    record_events(zahra, [event(step) for step in second.steps.all()], received_at=timezone.now())
    assert register.results(session, now=timezone.now())[1].next_lesson is None


def test_absent_twice_running_needs_a_call(cohort, bram, amina):
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)
    oldest, older, newest = (held(cohort, bram, days_ago=days) for days in (21, 14, 7))
    for session, hers in ((oldest, Status.ABSENT), (older, Status.PRESENT), (newest, Status.ABSENT)):
        tick(session, zahra, bram, hers)
        tick(session, amina, bram, Status.ABSENT)

    results = register.results(newest, now=timezone.now())

    assert [(one.learner, one.needs_call) for one in results] == [(amina, True), (zahra, False)]
    assert not any(one.needs_call for one in register.results(oldest, now=timezone.now()))


def test_how_often_she_asked(cohort, bram, amina):
    now = timezone.now() - timedelta(hours=1)
    session = actions.open_session(cohort, by=bram, now=now)
    for _ in range(2):
        actions.ask_for_help(session, amina, now=now)
        actions.end_help(session, amina, now=now)

    assert register.results(session, now=timezone.now())[0].times_asked == 2


@pytest.mark.parametrize("size", [1, 3])
def test_the_summary_costs_the_same(cohort, bram, trainer, size, django_assert_num_queries):
    lesson = lesson_with_steps()
    for person in UserFactory.create_batch(size - 1):
        cohort.learners.add(person)
        record_events(person, [event(lesson.steps.first())], received_at=timezone.now())
    session = held(cohort, bram, days_ago=1)
    trainer.get(f"/teach/sessions/{session.pk}/")

    with django_assert_num_queries(17):
        trainer.get(f"/teach/sessions/{session.pk}/")
