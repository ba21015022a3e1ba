from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from learners.actions import record_events
from learners.enums import Refusal
from learners.models import (
    Attempt,
    Cohort,
    Enrolment,
    LessonCompletion,
    ModuleCompletion,
    RefusedEvent,
    StepCompletion,
)
from learners.rollups import rebuild_all
from people.actions import merge_guest
from people.guests import COOKIE, give_cookie
from people.models import User
from tests.factories.courses import ModuleFactory, rows_of_steps
from tests.factories.learners import CohortFactory, do, event
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def guest(db):
    return UserFactory(guest=True)


@pytest.fixture
def steps(db):
    return rows_of_steps(3)


def steps_of(person):
    return sorted(StepCompletion.objects.filter(enrolment__person=person).values_list("step", flat=True))


def test_work_of_a_guest_becomes_hers(amina, guest, steps):
    do(guest, *steps[:2])

    merge_guest(guest, into=amina)

    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.attempts_made, enrolment.steps_completed) == (amina, 2, 2)
    assert not guest.enrolments.exists()


def test_the_same_module_on_both_sides_becomes_one_enrolment(amina, guest, steps):
    do(amina, steps[0], steps[1])
    do(guest, steps[1], steps[2])

    merge_guest(guest, into=amina)

    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed, enrolment.seconds_spent) == (4, 3, 80)
    assert steps_of(amina) == [step.pk for step in steps]
    assert list(rebuild_all()) == []


def test_two_halves_make_a_finished_module(amina, guest, steps):
    do(amina, steps[0], at=TUESDAY)
    do(guest, *steps[1:], at=MONDAY)

    merge_guest(guest, into=amina)

    assert LessonCompletion.objects.get().happened_at == TUESDAY
    assert ModuleCompletion.objects.get().enrolment.person == amina


def test_what_only_both_together_have_finished_is_known_from_today_on(amina, guest, steps):
    today = timezone.now()
    do(amina, steps[0], at=TUESDAY - timedelta(days=90))
    do(guest, *steps[1:], at=MONDAY - timedelta(days=90))

    merge_guest(guest, into=amina)

    assert LessonCompletion.objects.get().received_at >= today
    assert ModuleCompletion.objects.get().received_at >= today


@pytest.mark.parametrize(("hers", "theirs"), [(MONDAY, TUESDAY), (TUESDAY, MONDAY)])
def test_of_two_completions_the_earlier_date_stays(amina, guest, steps, hers, theirs):
    do(amina, *steps, at=hers)
    do(guest, *steps, at=theirs)

    merge_guest(guest, into=amina)

    assert set(StepCompletion.objects.values_list("happened_at", "received_at")) == {(MONDAY, MONDAY)}
    assert LessonCompletion.objects.get().happened_at == MONDAY
    assert ModuleCompletion.objects.get().happened_at == MONDAY
    enrolment = Enrolment.objects.get()
    assert (enrolment.started_at, enrolment.last_attempt_at) == (MONDAY, TUESDAY)


def test_a_module_the_guest_finished_stays_finished(amina, guest, steps):
    do(amina, steps[0], at=TUESDAY)
    do(guest, *steps, at=MONDAY)
    finished = ModuleCompletion.objects.get()

    merge_guest(guest, into=amina)

    assert ModuleCompletion.objects.get() == finished
    assert finished.happened_at == MONDAY


def test_merging_twice_changes_nothing(amina, guest, steps):
    do(amina, steps[0])
    do(guest, *steps)
    merge_guest(guest, into=amina)
    before = list(Enrolment.objects.values()), list(StepCompletion.objects.values())

    merge_guest(guest, into=amina)

    assert (list(Enrolment.objects.values()), list(StepCompletion.objects.values())) == before


def test_a_guest_already_merged_never_moves_on_to_a_stranger(amina, dilan, guest, steps):
    do(guest, *steps)
    merge_guest(guest, into=amina)

    merge_guest(guest, into=dilan)

    assert not dilan.enrolments.exists()
    assert steps_of(amina) == [step.pk for step in steps]


def test_somebody_who_can_sign_in_is_never_swallowed(amina, dilan):
    with pytest.raises(ValueError, match="guest"):
        merge_guest(dilan, into=amina)


def test_what_she_sent_as_a_guest_is_known_afterwards(amina, guest, steps):
    sent = event(steps[0])
    record_events(guest, [sent], received_at=timezone.now())
    merge_guest(guest, into=amina)

    outcome = record_events(amina, [sent], received_at=timezone.now())

    assert (outcome.known, outcome.accepted) == ([sent.key], [])
    assert Attempt.objects.count() == 1


def test_what_a_tab_still_sends_as_the_guest_is_hers(amina, guest, steps):
    """The request had read the guest before the merge, and records after it."""
    do(guest, steps[0])
    merge_guest(User.objects.get(pk=guest.pk), into=amina)

    outcome = record_events(guest, [event(steps[1])], received_at=timezone.now())

    assert len(outcome.accepted) == 1
    assert steps_of(amina) == [steps[0].pk, steps[1].pk]
    assert not Enrolment.objects.filter(person=guest).exists()


def test_two_guests_of_one_person_become_her(amina, steps):
    for step in steps:
        visitor = UserFactory(guest=True)
        do(visitor, step)
        merge_guest(visitor, into=amina)

    assert Enrolment.objects.get().lessons_completed == 1


def test_modules_only_one_of_them_knows_stay_whole(amina, guest):
    mine, yours = rows_of_steps(2), rows_of_steps(2)
    do(amina, *mine)
    do(guest, *yours)

    merge_guest(guest, into=amina)

    assert sorted(Enrolment.objects.filter(person=amina).values_list("steps_completed", flat=True)) == [2, 2]
    assert ModuleCompletion.objects.count() == 2


def test_refused_events_come_along_and_stay_once(amina, guest, steps):
    now = timezone.now()
    rows = [(amina, "both"), (guest, "both"), (guest, "theirs")]
    for person, key in rows:
        RefusedEvent.objects.create(
            person=person, key=key, reason=Refusal.BAD_TIME, event={}, received_at=now
        )

    merge_guest(guest, into=amina)
    merge_guest(guest, into=amina)

    assert sorted(amina.refused_events.values_list("key", flat=True)) == ["both", "theirs"]


def test_she_stands_once_in_the_cohort_of_the_guest(amina, guest, organisation, steps):
    cohort = CohortFactory(organisation=organisation, learners=[guest])
    do(guest, steps[0])

    merge_guest(guest, into=amina)

    assert list(cohort.learners.all()) == [amina]
    assert Enrolment.objects.get().cohort == cohort


def test_a_module_begun_alone_joins_the_cohort_she_is_in(amina, cohort, guest, steps):
    do(guest, steps[0])

    merge_guest(guest, into=amina)

    assert Enrolment.objects.get().cohort == cohort
    assert Cohort.objects.get().learners.count() == 1


def test_a_module_finished_alone_before_is_not_the_doing_of_the_cohort_she_is_in(amina, cohort, guest, steps):
    """As when her name is typed into the list of the cohort."""
    do(guest, *steps)

    merge_guest(guest, into=amina)

    enrolment = Enrolment.objects.get()
    assert (enrolment.person, enrolment.cohort) == (amina, None)
    assert enrolment.completion


def test_date_of_a_lesson_is_that_of_the_step_that_came_last(amina, guest):
    module = ModuleFactory()
    first, second = rows_of_steps(1, module=module), rows_of_steps(2, module=module)
    do(amina, *first, at=MONDAY)
    do(guest, *second, at=MONDAY + timedelta(hours=1))

    merge_guest(guest, into=amina)

    assert ModuleCompletion.objects.get().happened_at == MONDAY + timedelta(hours=1)


def test_signing_in_brings_the_work_of_this_browser_along(client, amina, guest, steps):
    do(guest, steps[0])
    carry_cookie(client, guest)

    response = client.post("/accounts/login/", {"login": "amina", "password": "step-by-step"})

    assert response.status_code == 302
    assert steps_of(amina) == [steps[0].pk]
    assert client.cookies[COOKIE].value == ""


def carry_cookie(client, guest):
    from django.http import HttpResponse

    response = HttpResponse()
    give_cookie(response, guest)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
