from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion, StepCompletion
from learners.rollups import rebuild_all
from tests.factories.courses import ModuleFactory, rows_of_steps
from tests.factories.learners import do
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(db):
    return rows_of_steps(3)


@pytest.fixture
def enrolment(amina, steps):
    """A module Amina finished, with a wrong answer on the way."""
    do(amina, steps[0], mark=0)
    do(amina, *steps)
    return Enrolment.objects.get(person=amina)


def everything():
    """All that follows from attempts, without row ids: what is made again has a new one."""
    return (
        list(Enrolment.objects.order_by("pk").values()),
        set(StepCompletion.objects.values_list("enrolment", "step", "happened_at", "received_at")),
        set(LessonCompletion.objects.values_list("enrolment", "lesson", "title", "steps", "happened_at")),
        [
            (row.enrolment_id, row.contents, row.happened_at)
            for row in ModuleCompletion.objects.order_by("enrolment")
        ],
    )


def test_what_is_right_is_left_alone(enrolment):
    before = everything()

    assert list(rebuild_all()) == []
    assert everything() == before


@pytest.mark.parametrize(
    ("damage", "reported"),
    [
        (lambda: Enrolment.objects.update(attempts_made=99), {"attempts_made"}),
        (lambda: Enrolment.objects.update(steps_completed=0), {"steps_completed"}),
        (lambda: Enrolment.objects.update(steps_completed=F("steps_completed") + 5), {"steps_completed"}),
        (lambda: Enrolment.objects.update(lessons_completed=7), {"lessons_completed"}),
        (lambda: Enrolment.objects.update(seconds_spent=0), {"seconds_spent"}),
        (lambda: Enrolment.objects.update(last_attempt_at=None), {"last_attempt_at"}),
        (lambda: StepCompletion.objects.all().delete(), {"step completion"}),
        (lambda: LessonCompletion.objects.all().delete(), {"lesson completions"}),
        (lambda: ModuleCompletion.objects.all().delete(), {"module completion"}),
    ],
    ids=[
        "attempts",
        "steps",
        "too many steps",
        "lessons",
        "seconds",
        "last attempt",
        "step rows",
        "lesson rows",
        "module row",
    ],
)
def test_every_kind_of_damage_is_reported_and_set_right(enrolment, damage, reported):
    before = everything()
    damage()

    assert reported <= {difference.what for difference in rebuild_all()}
    assert everything() == before
    assert list(rebuild_all()) == []


def test_lost_rows_and_wrong_numbers_together_are_set_right(enrolment):
    before = everything()
    StepCompletion.objects.all().delete()
    LessonCompletion.objects.all().delete()
    ModuleCompletion.objects.all().delete()
    Enrolment.objects.update(attempts_made=0, steps_completed=0, lessons_completed=0, seconds_spent=0)

    assert list(rebuild_all())
    assert everything() == before


def test_only_the_damaged_one_is_reported(enrolment, steps):
    do(UserFactory(), *steps[:2])
    Enrolment.objects.filter(pk=enrolment.pk).update(attempts_made=0)

    differences = list(rebuild_all())

    assert [(row.enrolment, row.what, row.was, row.now) for row in differences] == [
        (enrolment.pk, "attempts_made", 0, 4)
    ]


def test_completions_that_are_there_keep_their_keys(enrolment):
    before = keys()
    StepCompletion.objects.all().delete()
    Enrolment.objects.update(attempts_made=0)

    assert list(rebuild_all())

    assert keys() == before


def keys():
    return [list(model.objects.values_list("pk", "key")) for model in (LessonCompletion, ModuleCompletion)]


def test_a_step_retired_since_still_counts(enrolment, steps):
    steps[0].retired_at = timezone.now()
    steps[0].save()

    assert list(rebuild_all()) == []
    assert Enrolment.objects.get().steps_completed == 3


def test_a_completion_without_attempt_is_not_taken_away(enrolment):
    """Progress only rises, even where we no longer know why."""
    Attempt.objects.all().delete()

    list(rebuild_all())

    assert StepCompletion.objects.count() == 3
    assert ModuleCompletion.objects.count() == 1


def test_work_left_in_the_module_a_lesson_came_from_is_brought_home(amina, steps):
    do(amina, *steps)
    lesson = steps[0].lesson
    lesson.module = ModuleFactory()
    lesson.save()
    out = StringIO()

    call_command("rebuild_progress", stdout=out)

    assert "1 difference(s) set right." in out.getvalue()
    assert StepCompletion.objects.get(step=steps[0]).enrolment.module == lesson.module
    assert sorted(Enrolment.objects.values_list("steps_completed", flat=True)) == [0, 3]


def test_command_names_each_difference_and_a_second_run_finds_none(enrolment):
    Enrolment.objects.update(seconds_spent=1)
    first, second = StringIO(), StringIO()

    call_command("rebuild_progress", stdout=first)
    call_command("rebuild_progress", stdout=second)

    assert f"enrolment {enrolment.pk}: seconds_spent was 1, is 80" in first.getvalue()
    assert second.getvalue().strip() == "0 difference(s) set right."
