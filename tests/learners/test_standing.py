from datetime import timedelta

import pytest
from django.utils import timezone

from learners import standing
from learners.models import Enrolment, LessonCompletion, ModuleCompletion
from learners.settling import settle_lesson
from learners.standing import Spot
from tests.factories.courses import LessonFactory, ModuleFactory, StepFactory, rows_of_steps
from tests.factories.learners import do

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(db):
    return ModuleFactory()


@pytest.fixture
def first(module):
    return rows_of_steps(3, module=module)


@pytest.fixture
def second(module):
    return rows_of_steps(2, module=module)


def spot_of(step, number):
    return Spot(step.lesson.module.slug, step.lesson.slug, number)


def test_she_goes_on_at_the_first_step_she_has_not_done(amina, first):
    do(amina, first[0])

    assert standing.where_to_go_on(amina) == spot_of(first[1], 2)


def test_a_step_left_out_is_where_she_goes_on(amina, first):
    do(amina, first[0], first[2])

    assert standing.where_to_go_on(amina) == spot_of(first[1], 2)


def test_after_a_lesson_comes_the_next(amina, first, second):
    do(amina, *first)

    assert standing.where_to_go_on(amina) == spot_of(second[0], 1)


def test_a_finished_lesson_stays_behind_her_whatever_was_added(amina, first, second):
    do(amina, *first)
    StepFactory(lesson=first[0].lesson)

    assert standing.where_to_go_on(amina) == spot_of(second[0], 1)


def test_numbers_follow_the_steps_of_today(amina, first):
    do(amina, first[1])
    first[0].retired_at = timezone.now()
    first[0].save()

    assert standing.where_to_go_on(amina) == spot_of(first[2], 2)


def test_the_module_she_was_last_at_comes_first(amina, first):
    other = rows_of_steps(2)
    now = timezone.now()
    do(amina, first[0], at=now - timedelta(hours=1))
    do(amina, other[0], at=now)

    assert standing.where_to_go_on(amina) == spot_of(other[1], 2)
    assert standing.where_to_go_on(amina, module_id=first[0].lesson.module_id) == spot_of(first[1], 2)


def test_nobody_and_whoever_finished_all_have_nowhere_to_go_on(amina, dilan, first):
    do(amina, *first)

    assert standing.where_to_go_on(amina) is None
    assert standing.where_to_go_on(dilan) is None
    assert standing.where_to_go_on(None) is None


def test_a_retired_module_calls_nobody_back(amina, first):
    do(amina, first[0])
    module = first[0].lesson.module
    module.retired_at = timezone.now()
    module.save()

    assert standing.where_to_go_on(amina) is None


def test_what_is_counted_is_never_more_than_what_is_taught(amina, first):
    do(amina, *first)
    first[0].retired_at = timezone.now()
    first[0].save()
    lesson = first[0].lesson_id

    assert standing.completed_by_lesson(amina) == {lesson: 2} == standing.step_counts([lesson])


def test_a_stranger_and_a_visitor_have_done_nothing(amina, dilan, first):
    do(amina, *first)

    for person in (dilan, None):
        assert standing.completed_steps(person, first[0].lesson_id) == set()
        assert standing.completed_by_lesson(person) == {}
        assert standing.finished_lessons(person) == set()


def test_next_lesson_skips_what_is_away(module, first, second):
    third = rows_of_steps(1, module=module)
    second[0].lesson.retired_at = timezone.now()
    second[0].lesson.save()

    assert standing.next_lesson(first[0].lesson) == third[0].lesson
    assert standing.next_lesson(third[0].lesson) is None


def test_a_lesson_emptied_of_steps_holds_nobody_back(amina, module, first):
    empty = rows_of_steps(1, module=module)
    do(amina, *first)
    assert not ModuleCompletion.objects.exists()
    empty[0].retired_at = timezone.now()
    empty[0].save()

    settle_lesson(empty[0].lesson_id)
    settle_lesson(empty[0].lesson_id)

    assert ModuleCompletion.objects.get().contents["lessons"] == [
        {"number": first[0].lesson.number, "title": first[0].lesson.title, "minutes": 50}
    ]
    assert LessonCompletion.objects.count() == 1


def test_a_module_without_any_step_is_finished_by_nobody(amina, first):
    do(amina, first[0])
    for step in first:
        step.retired_at = timezone.now()
        step.save()

    settle_lesson(first[0].lesson_id)

    assert not LessonCompletion.objects.exists()
    assert not ModuleCompletion.objects.exists()


def test_a_step_taken_away_settles_those_who_finished_the_module_before_the_lesson_came(amina, module, first):
    do(amina, *first)
    later = StepFactory.create_batch(2, lesson=LessonFactory(module=module))
    do(amina, later[0])
    later[1].retired_at = timezone.now()
    later[1].save()

    settle_lesson(later[0].lesson_id)

    assert Enrolment.objects.get().lessons_completed == 2


def test_a_lesson_half_done_before_it_moved_is_whole_with_the_other_half(amina, first):
    lesson, left = first[0].lesson, first[0].lesson.module
    do(amina, first[0], first[1])
    lesson.module = ModuleFactory()
    lesson.save()
    settle_lesson(lesson.pk)

    do(amina, first[2])

    enrolment = Enrolment.objects.get()
    assert (enrolment.module, enrolment.steps_completed, enrolment.lessons_completed) == (lesson.module, 3, 1)
    assert not Enrolment.objects.filter(module=left).exists()


def test_what_a_move_completes_is_known_from_today_on(amina, first, second):
    """Whoever asks for what is new since the last time would never hear of it."""
    long_ago, today = timezone.now() - timedelta(days=90), timezone.now()
    do(amina, first[0], *second, at=long_ago)
    lesson = first[0].lesson
    lesson.module = ModuleFactory()
    lesson.save()

    settle_lesson(lesson.pk)

    finished = ModuleCompletion.objects.get()
    assert finished.happened_at == long_ago
    assert finished.received_at >= today


def test_a_module_finished_with_a_lesson_that_moved_stays_finished(amina, first, second):
    do(amina, *first, *second)
    lesson, left = first[0].lesson, first[0].lesson.module
    lesson.module = ModuleFactory()
    lesson.save()

    settle_lesson(lesson.pk)

    finished = ModuleCompletion.objects.get(enrolment__module=left)
    assert [row["title"] for row in finished.contents["lessons"]] == [
        first[0].lesson.title,
        second[0].lesson.title,
    ]
    assert standing.finished_lessons(amina) == {first[0].lesson_id, second[0].lesson_id}
