from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from learners.actions import record_events
from learners.enums import Refusal
from learners.models import Attempt, Enrolment, ModuleCompletion
from tests.factories.courses import lesson_with_steps, module_page, page_of, question, republish
from tests.factories.learners import do, event, finish_lesson
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(lesson):
    return list(lesson.steps.all())


def test_same_try_sent_twice_counts_once(amina, steps):
    once = event(steps[0])

    first = record_events(amina, [once], received_at=timezone.now())
    second = record_events(amina, [once], received_at=timezone.now())

    assert (first.accepted, first.known) == ([once.key], [])
    assert (second.accepted, second.known) == ([], [once.key])
    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed, enrolment.seconds_spent) == (1, 1, 20)


def test_same_id_twice_in_one_call_is_one_event(amina, steps):
    twice = event(steps[0])

    outcome = record_events(amina, [twice, twice], received_at=timezone.now())

    assert outcome.accepted == [twice.key]
    assert Attempt.objects.count() == 1


def test_somebody_elses_event_is_refused_and_stays_hers(amina, dilan, steps):
    hers = event(steps[0])
    record_events(amina, [hers], received_at=timezone.now())

    outcome = record_events(dilan, [hers], received_at=timezone.now())

    assert outcome.refused == {hers.key: Refusal.NOT_YOURS}
    assert Attempt.objects.get().enrolment.person == amina
    assert not dilan.enrolments.get().step_completions.exists()


def test_a_wrong_answer_is_a_try_and_completes_nothing(amina, steps):
    outcome = record_events(amina, [event(steps[1], mark=0)], received_at=timezone.now())

    assert len(outcome.accepted) == 1
    enrolment = Enrolment.objects.get()
    assert (enrolment.attempts_made, enrolment.steps_completed) == (1, 0)


def test_lesson_and_module_are_complete_with_their_last_step(amina, lesson, steps):
    do(amina, *steps[:2])
    assert not ModuleCompletion.objects.exists()

    do(amina, steps[2])

    enrolment = Enrolment.objects.get()
    assert enrolment.lessons_completed == 1
    assert enrolment.lesson_completions.get().title == lesson.title
    assert enrolment.completion.contents["title"] == lesson.module.title
    assert enrolment.completion.contents["digcomp"] == ["2.1", "PRE"]


def test_module_is_complete_only_with_all_its_lessons(amina):
    module = module_page()
    first, second = lesson_with_steps(module), lesson_with_steps(module)

    finish_lesson(amina, first)
    assert not ModuleCompletion.objects.exists()

    outcome = finish_lesson(amina, second)
    assert outcome.modules_completed == [first.module_id]
    assert ModuleCompletion.objects.count() == 1


def test_completions_carry_the_time_of_the_device_and_ours(amina, steps):
    happened, received = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 3, 18, tzinfo=UTC)

    record_events(amina, [event(steps[0], happened_at=happened)], received_at=received)

    completion = Enrolment.objects.get().step_completions.get()
    assert (completion.happened_at, completion.received_at) == (happened, received)


@pytest.mark.parametrize(
    "claimed",
    [datetime(1970, 1, 1, tzinfo=UTC), datetime(2038, 1, 19, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)],
)
def test_a_device_clock_that_cannot_be_right_is_replaced_by_ours(amina, steps, claimed):
    received = datetime(2026, 11, 3, 18, tzinfo=UTC)

    outcome = record_events(amina, [event(steps[0], happened_at=claimed)], received_at=received)

    assert len(outcome.accepted) == 1
    assert Attempt.objects.get().happened_at == received


def test_events_of_a_week_without_network_arrive_in_any_order(amina, steps):
    now = timezone.now()
    week = [event(step, happened_at=now - timedelta(days=7 - n)) for n, step in enumerate(steps)]

    record_events(amina, list(reversed(week)), received_at=now)

    completion = ModuleCompletion.objects.get()
    assert completion.happened_at == week[-1].happened_at
    assert Enrolment.objects.get().started_at == week[0].happened_at


def test_unknown_steps_and_wrong_kinds_are_refused_beside_good_ones(amina, lesson, steps):
    good = event(steps[0])
    unknown = event(steps[0])
    object.__setattr__(unknown, "step", uuid4())
    wrong = event(steps[1])
    object.__setattr__(wrong, "kind", good.kind)

    outcome = record_events(amina, [unknown, good, wrong], received_at=timezone.now())

    assert outcome.accepted == [good.key]
    assert outcome.refused == {unknown.key: Refusal.UNKNOWN_STEP, wrong.key: Refusal.WRONG_KIND}


def test_a_step_added_later_takes_no_completion_away(amina, lesson, steps):
    finish_lesson(amina, lesson)
    page = page_of(lesson)

    republish(page, [*page.body.get_prep_value(), question()])

    enrolment = Enrolment.objects.get()
    assert enrolment.lesson_completions.count() == 1
    assert enrolment.completion is not None


def test_removing_the_only_open_step_finishes_the_lesson(
    amina, lesson, steps, django_capture_on_commit_callbacks
):
    do(amina, *steps[:2])
    page = page_of(lesson)

    with django_capture_on_commit_callbacks(execute=True):
        republish(page, page.body.get_prep_value()[:2])

    assert Enrolment.objects.get().lesson_completions.count() == 1
    assert ModuleCompletion.objects.count() == 1


def test_a_try_at_a_retired_step_still_counts(amina, lesson, steps):
    page = page_of(lesson)
    republish(page, page.body.get_prep_value()[:2])

    outcome = do(amina, steps[2])

    assert len(outcome.accepted) == 1


def test_sql_of_one_event_is_constant(amina, django_assert_num_queries):
    def one_more(lesson):
        steps = list(lesson.steps.all())
        do(amina, steps[0])
        again = event(steps[1], mark=1)
        with django_assert_num_queries(8):  # savepoints of the test's own transaction included
            record_events(amina, [again], received_at=timezone.now())

    one_more(lesson_with_steps())
    for _ in range(3):
        one_more(lesson_with_steps())


def test_work_of_others_never_shows(amina, dilan, steps):
    do(amina, *steps)

    assert not dilan.enrolments.exists()
    assert not Enrolment.objects.visible_to(dilan).exists()
    assert Enrolment.objects.visible_to(amina).count() == 1


def test_a_trainer_sees_her_cohort_and_no_other(amina, bram, cohort, steps):
    do(amina, steps[0])
    do(UserFactory(), steps[0])

    assert [enrolment.person for enrolment in Enrolment.objects.visible_to(bram)] == [amina]
