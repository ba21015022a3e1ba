"""The database alone decides what is counted once; both databases are asked, by processes of their own."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from courses import contents
from learners import inviting
from learners.actions import record_events
from learners.models import (
    Attempt,
    Enrolment,
    Invitation,
    LessonCompletion,
    ModuleCompletion,
    StepCompletion,
)
from learners.moving import bring_home
from learners.recording import take_events
from learners.rollups import rebuild_all
from people.actions import merge_guest
from people.guests import create_guest, find_guest
from people.models import User
from tests.factories.courses import ModuleFactory, rows_of_steps
from tests.factories.learners import CohortFactory, event, raw
from tests.factories.people import UserFactory
from tests.scratch import at_once

pytestmark = pytest.mark.usefixtures("emptied")
MANY = 8


@pytest.fixture
def amina():
    return UserFactory(username="amina", name="Amina")


def send(person, events):
    outcome = record_events(person, events, received_at=timezone.now())
    return len(outcome.accepted), len(outcome.known), len(outcome.refused)


def nothing_is_wrong() -> bool:
    """A rebuild finds no difference to report, and no step stands twice for one person."""
    differences = list(rebuild_all())
    pairs = list(StepCompletion.objects.values_list("enrolment__person", "step"))
    return differences == [] and len(pairs) == len(set(pairs))


def test_one_event_sent_by_many_tabs_counts_once(amina):
    once = event(rows_of_steps(1)[0])

    results = at_once(*[partial(send, amina, [once])] * MANY)

    assert sorted(results) == [(0, 1, 0)] * (MANY - 1) + [(1, 0, 0)]
    assert Attempt.objects.count() == StepCompletion.objects.count() == ModuleCompletion.objects.count() == 1
    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed, enrolment.seconds_spent) == (1, 1, 20)
    assert nothing_is_wrong()


def test_overlapping_batches_in_any_order_over_two_modules_count_once(amina):
    steps = [*rows_of_steps(6), *rows_of_steps(6)]
    events = [event(step) for step in steps]
    turned = [events[n:] + events[:n] for n in range(MANY)]
    overlapping = [batch[: 8 + n % 5] if n % 2 else batch[::-1] for n, batch in enumerate(turned)]

    results = at_once(*[partial(send, amina, batch) for batch in overlapping])

    assert sum(accepted for accepted, _, _ in results) == len(events)
    assert sum(map(sum, results)) == sum(map(len, overlapping))
    assert {row.steps_completed for row in Enrolment.objects.all()} == {6}
    assert LessonCompletion.objects.count() == ModuleCompletion.objects.count() == 2
    assert nothing_is_wrong()


def test_different_steps_sent_at_once_all_count(amina):
    steps = rows_of_steps(MANY)

    at_once(*[partial(send, amina, [event(step)]) for step in steps])

    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed, enrolment.lessons_completed) == (
        MANY,
        MANY,
        1,
    )
    assert ModuleCompletion.objects.count() == 1
    assert nothing_is_wrong()


def test_the_same_events_from_two_people_belong_to_one_of_them(amina):
    dilan = UserFactory(username="dilan")
    events = [event(step) for step in rows_of_steps(10)]
    batches = [(amina, events), (dilan, events[::-1])] * (MANY // 2)

    results = at_once(*[partial(send, person, batch) for person, batch in batches])

    assert sum(accepted for accepted, _, _ in results) == len(events)
    owners = set(Attempt.objects.values_list("enrolment__person", flat=True))
    assert len(owners) == 1
    assert nothing_is_wrong()


def test_two_first_events_of_one_new_person_make_one_enrolment(amina):
    first, second = rows_of_steps(2)

    at_once(partial(send, amina, [event(first)]), partial(send, amina, [event(second)]))

    assert Enrolment.objects.get().steps_completed == 2
    assert nothing_is_wrong()


def test_one_first_event_of_a_visitor_from_two_tabs_is_counted_for_one_of_them():
    sent = [raw(event(rows_of_steps(1)[0]))]

    def visit():
        answer = take_events(sent, None, make_person=create_guest, received_at=timezone.now())
        return len(answer.accepted), [refusal["reason"] for refusal in answer.refused]

    results = at_once(visit, visit)

    assert sorted(results) in ([(0, ["not-yours"]), (1, [])],)
    assert Attempt.objects.count() == 1


def test_one_first_event_of_one_browser_from_two_tabs_makes_one_guest():
    sent, key = [raw(event(rows_of_steps(1)[0]))], uuid4()

    def visit():
        find, make = partial(find_guest, key), partial(create_guest, key=key)
        answer = take_events(sent, None, find_person=find, make_person=make, received_at=timezone.now())
        return len(answer.accepted), len(answer.known)

    assert sorted(at_once(visit, visit)) == [(0, 1), (1, 0)]
    assert User.objects.get().key == key
    assert Attempt.objects.count() == 1


def test_two_guests_become_one_person_at_once(amina):
    module = ModuleFactory()
    steps = [*rows_of_steps(3, module=module), *rows_of_steps(3, module=module)]
    guests = [UserFactory(guest=True), UserFactory(guest=True)]
    send(guests[0], [event(step) for step in steps[:4]])
    send(guests[1], [event(step) for step in steps[2:]])
    send(amina, [event(steps[0])])

    at_once(*[partial(merge_guest, guest, into=amina) for guest in guests] * 2)

    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.attempts_made, enrolment.steps_completed) == (amina, 9, 6)
    assert ModuleCompletion.objects.count() == 1
    assert nothing_is_wrong()


def test_what_a_guest_sends_while_she_is_merged_is_not_lost(amina):
    module, other = ModuleFactory(), ModuleFactory()
    begun, new = rows_of_steps(MANY, module=module), rows_of_steps(MANY, module=other)
    guest = UserFactory(guest=True)
    send(guest, [event(begun[0])])
    send(amina, [event(begun[1])])
    senders = [partial(send, guest, [event(begun[n]), event(new[n])]) for n in range(2, MANY)]

    results = at_once(*senders[:3], partial(merge_guest, guest, into=amina), *senders[3:])

    assert [result for result in results if result] == [(2, 0, 0)] * len(senders)
    assert set(Enrolment.objects.values_list("person", flat=True)) == {amina.pk}
    assert StepCompletion.objects.filter(enrolment__person=amina).count() == 2 + 2 * len(senders)
    assert nothing_is_wrong()


def test_a_lesson_moves_while_it_is_learned(amina):
    steps = rows_of_steps(MANY)
    lesson, people = steps[0].lesson, [amina, *UserFactory.create_batch(3)]
    for person in people:
        send(person, [event(steps[0])])
    contents.places({(lesson.key, steps[0].block_id)})
    lesson.module = ModuleFactory()
    lesson.save()

    at_once(
        *[partial(send, person, [event(step) for step in steps[1:]]) for person in people],
        partial(bring_home, lesson),
        partial(bring_home, lesson),
    )
    bring_home(lesson)

    assert set(Enrolment.objects.values_list("module", "steps_completed")) == {(lesson.module_id, MANY)}
    assert ModuleCompletion.objects.count() == len(people)
    assert nothing_is_wrong()


def test_rollups_are_rebuilt_while_people_learn(amina):
    steps = rows_of_steps(MANY)
    send(amina, [event(steps[0])])

    def rebuild():
        return [str(difference) for _ in range(5) for difference in rebuild_all()]

    results = at_once(rebuild, *[partial(send, amina, [event(step)]) for step in steps], rebuild)

    assert (results[0], results[-1]) == ([], [])
    assert nothing_is_wrong()


def test_a_class_finishes_a_lesson_in_the_same_minute():
    steps = rows_of_steps(3)
    people = UserFactory.create_batch(12)
    now = timezone.now()

    def learn(some):
        for person in some:
            for n, step in enumerate(steps):
                send(person, [event(step, happened_at=now - timedelta(minutes=3 - n))])

    at_once(*[partial(learn, people[n::MANY]) for n in range(MANY)])

    assert ModuleCompletion.objects.count() == User.objects.count() == 12
    assert set(Enrolment.objects.values_list("attempts_made", "steps_completed")) == {(3, 3)}
    assert nothing_is_wrong()


def stays(cohort, trainer) -> bool:
    try:
        inviting.step_back(cohort, trainer)
    except inviting.LastTrainer:
        return True
    return False


def test_of_all_trainers_who_step_back_at_once_one_stays():
    trainers = UserFactory.create_batch(3)
    cohort = CohortFactory(trainers=trainers)

    stayed = at_once(*[partial(stays, cohort, trainer) for trainer in trainers])

    assert sorted(stayed) == [False, False, True]
    assert cohort.trainers.count() == 1


def test_many_who_ask_the_same_colleague_at_once_make_one_invitation(amina):
    cohort = CohortFactory(trainers=UserFactory.create_batch(2))
    ask = partial(inviting.invite, cohort, amina, now=timezone.now())

    at_once(*[partial(ask, by=trainer) for trainer in cohort.trainers.all()] * 3)

    assert Invitation.objects.count() == 1
