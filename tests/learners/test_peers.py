"""A trainer names learners who have finished a module as helpers of her cohort."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learners import overview, peers
from people.actions import merge_guest
from tests.factories.courses import ModuleFactory, lesson_with_steps, rows_of_steps
from tests.factories.learners import CohortFactory, do, finish_lesson, finish_module
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(client, bram):
    client.force_login(bram)
    return client


def name(trainer, cohort, learner, do: str = "name"):
    return trainer.post(f"/teach/{cohort.pk}/helpers/", {"learner": learner.pk, "do": do})


def shown(cohort) -> list[tuple[str, list[str], bool]]:
    return [
        (one.learner.name, [entry.title for entry in one.modules], one.is_helper)
        for one in peers.candidates(cohort, overview.cohort_table(cohort, "en"))
    ]


def test_who_has_finished_a_module_may_be_named_for_it(trainer, cohort, amina, lesson):
    other = lesson_with_steps()
    do(amina, other.steps.first())
    assert shown(cohort) == []
    finish_lesson(amina, lesson)
    assert shown(cohort) == [("Amina", [lesson.module.title], False)]

    name(trainer, cohort, amina)

    assert shown(cohort) == [("Amina", [lesson.module.title], True)]
    page = trainer.get(f"/teach/{cohort.pk}/").content.decode()
    assert "No longer a helper" in page
    assert peers.is_helper(amina.pk, cohort.pk)

    name(trainer, cohort, amina, "end")
    assert not peers.is_helper(amina.pk, cohort.pk)


def test_who_has_finished_none_is_refused(trainer, cohort, amina, lesson):
    do(amina, lesson.steps.first())
    name(trainer, cohort, amina)
    assert list(cohort.helpers.all()) == []


def test_who_only_finished_what_is_no_longer_taught_is_refused(trainer, cohort, amina):
    step = rows_of_steps(1, module=ModuleFactory())[0]
    do(amina, step)
    module = step.lesson.module
    module.retired_at = timezone.now()
    module.save()
    name(trainer, cohort, amina)
    assert list(cohort.helpers.all()) == []


def test_nobody_is_named_outside_her_cohort(trainer, cohort, dilan, lesson):
    finish_lesson(dilan, lesson)
    assert name(trainer, cohort, dilan).status_code == 404
    foreign = CohortFactory(learners=[dilan])
    assert name(trainer, foreign, dilan).status_code == 404
    assert not dilan.cohorts_helped.exists()


def test_who_is_no_longer_of_the_cohort_helps_nobody_there(cohort, amina, lesson):
    finish_lesson(amina, lesson)
    peers.name_helper(cohort, amina)
    cohort.learners.remove(amina)
    assert not peers.is_helper(amina.pk, cohort.pk)


def test_a_guest_who_turns_out_to_be_somebody_stays_a_helper(cohort, dilan, lesson):
    guest = UserFactory(guest=True)
    cohort.learners.add(guest)
    finish_module(guest, lesson.module)
    peers.name_helper(cohort, guest)

    merge_guest(guest, into=dilan)

    assert list(cohort.helpers.all()) == [dilan]
    assert peers.is_helper(dilan.pk, cohort.pk)


def test_the_cohort_page_costs_the_same_with_one_and_with_three(trainer, cohort, amina, lesson):
    def count() -> int:
        url = f"/teach/{cohort.pk}/"
        trainer.get(url)
        with CaptureQueriesContext(connection) as queries:
            trainer.get(url)
        return len(queries)

    finish_lesson(amina, lesson)
    peers.name_helper(cohort, amina)
    one = count()
    for _ in range(2):
        learner = UserFactory()
        cohort.learners.add(learner)
        finish_lesson(learner, lesson)
        finish_lesson(learner, lesson_with_steps())
        peers.name_helper(cohort, learner)
    assert count() == one
