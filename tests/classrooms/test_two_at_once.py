"""Two trainers, thirty phones, one session: both databases are asked, by processes of their own."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from classrooms import actions, joining
from classrooms.models import Attendance, AttendanceChange, HelpRequest, LedStep, Session
from people.enums import Role
from people.models import User
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory
from tests.scratch import at_once

pytestmark = pytest.mark.usefixtures("emptied")


@pytest.fixture
def cohort():
    trainers = [MembershipFactory(role=Role.TRAINER).user for _ in range(2)]
    return CohortFactory(trainers=trainers, learners=UserFactory.create_batch(6))


@pytest.fixture
def session(cohort):
    return actions.open_session(cohort, by=cohort.trainers.first(), now=timezone.now())


def opened(cohort, trainer) -> int:
    return actions.open_session(cohort, by=trainer, now=timezone.now()).pk


def test_two_trainers_open_one_session(cohort):
    first, second = at_once(*[partial(opened, cohort, trainer) for trainer in cohort.trainers.all()])

    assert first == second
    assert Session.objects.count() == 1


def test_two_trainers_close_it_once(session):
    moments = [timezone.now() + timedelta(seconds=n) for n in (1, 2)]

    at_once(*[partial(actions.close_session, session, now=moment) for moment in moments])

    session.refresh_from_db()
    assert session.closed_at in moments
    assert session.version == 1


def test_everybody_joins_twice_at_once_and_is_there_once(session, cohort):
    learners = list(cohort.learners.all())

    at_once(*[partial(actions.join, session, learner, now=timezone.now()) for learner in learners * 2])

    assert Attendance.objects.count() == len(learners)
    session.refresh_from_db()
    assert session.version == len(learners)


def test_asking_and_ticking_twice_at_once_is_once(session, cohort):
    learner, trainer = cohort.learners.first(), cohort.trainers.first()
    tick = partial(
        actions.tick, session, learner, status="present", minutes_late=None, by=trainer, now=timezone.now()
    )

    at_once(*[partial(actions.ask_for_help, session, learner, now=timezone.now())] * 4, *[tick] * 4)

    assert HelpRequest.objects.count() == 1
    assert AttendanceChange.objects.count() == 1


def take(asked) -> bool:
    return joining.take_answer(asked.key, person=None, now=timezone.now()) is not None


def test_one_answer_lets_one_in(session, cohort):
    asked = joining.ask_to_join(session, person=None, guest=None, name="Rojin", now=timezone.now())
    trainers = list(cohort.trainers.all())
    at_once(*[partial(joining.decide, asked, is_let_in=True, by=one, now=timezone.now()) for one in trainers])

    assert sorted(at_once(*[partial(take, asked)] * 3)) == [False, False, True]
    assert User.objects.filter(name="Rojin").count() == 1


def test_joining_while_it_closes_is_either_and_never_half(session, cohort):
    learners = list(cohort.learners.all())

    def join(learner) -> bool:
        try:
            actions.join(session, learner, now=timezone.now())
        except actions.SessionClosed:
            return False
        return True

    close = partial(actions.close_session, session, now=timezone.now())
    *joined, _ = at_once(*[partial(join, learner) for learner in learners], close)

    assert Attendance.objects.count() == sum(joined)


def test_who_says_so_first_comes(session, cohort):
    learner, *others = cohort.learners.all()
    actions.ask_for_help(session, learner, now=timezone.now())
    comers = [*cohort.trainers.all(), *others]

    at_once(*[partial(actions.come, session, learner, by=comer) for comer in comers])

    assert HelpRequest.objects.get().comes in comers
    session.refresh_from_db()
    assert session.version == 2


def test_everybody_is_led_by_two_at_once_and_each_step_is_noted_once(session):
    now = timezone.now()
    at_once(*[partial(actions.lead, session, path, now=now) for path in ("m/l/1", "m/l/2") * 3])

    assert sorted(LedStep.objects.values_list("path", flat=True)) == ["m/l/1", "m/l/2"]
