"""Somebody learns alone first, and then in a class."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from learners.models import Enrolment
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, do, finish_module
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(amina):
    """Of a module with two lessons to go."""
    do(amina, lesson_with_steps().steps.first())
    return Enrolment.objects.get(person=amina)


@pytest.mark.parametrize("way", ["add", "set", "from her side"])
def test_what_she_has_begun_goes_on_in_the_cohort(amina, begun, way):
    cohort = CohortFactory()

    match way:
        case "add":
            cohort.learners.add(amina)
        case "set":
            cohort.learners.set([amina])
        case _:
            amina.cohorts.add(cohort)

    begun.refresh_from_db()
    assert begun.cohort == cohort


def test_what_she_finished_alone_is_not_the_doing_of_the_cohort(amina):
    enrolment = finish_module(amina, lesson_with_steps().module)

    CohortFactory().learners.add(amina)

    enrolment.refresh_from_db()
    assert enrolment.cohort is None


def test_what_she_learns_in_one_cohort_stays_there_when_she_comes_into_another(amina, begun):
    first = CohortFactory()
    first.learners.add(amina)

    CohortFactory().learners.add(amina)

    begun.refresh_from_db()
    assert begun.cohort == first


def test_nobody_else_is_taken_along_and_no_cohort_that_has_ended_takes(amina, begun, dilan):
    CohortFactory().learners.add(dilan)
    CohortFactory(ended_at=timezone.now()).learners.add(amina)

    begun.refresh_from_db()
    assert begun.cohort is None


def test_who_came_before_it_was_so_is_taken_along_by_the_upgrade(amina, begun, dilan):
    ended, cohort = CohortFactory(ended_at=timezone.now(), learners=[dilan]), CohortFactory(learners=[amina])
    do(UserFactory(), lesson_with_steps().steps.first())
    do(dilan, lesson_with_steps().steps.first())
    Enrolment.objects.update(cohort=None)
    upgrade = import_module("learners.migrations.0011_begun_alone_and_then_in_a_cohort")

    upgrade.take_into_the_cohort(apps, None)

    assert list(Enrolment.objects.exclude(cohort=None).values_list("person", "cohort")) == [
        (amina.pk, cohort.pk)
    ]
    assert not ended.enrolments.exists()
