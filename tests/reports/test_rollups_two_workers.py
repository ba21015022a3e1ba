"""Workers that count at the same moment, on both databases."""

import multiprocessing
from functools import partial

import pytest
from django.db import connection, transaction

from learners.models import Attempt, Enrolment
from learners.receivers import forget_progress
from people.models import User
from reports import rollups
from reports.models import Slice
from tests.reports.test_rollups import Region, counted_by_hand, three_lessons, written
from tests.scratch import at_once


@pytest.fixture
def region(new_scratch):
    three_lessons()
    region = Region(5)
    region.leave = region.arrive  # whom Wagtail's index knows can only be deleted where that index is
    for _ in range(60):
        region.happen()
    return region


def test_two_workers_count_everything_once(region):
    at_once(*[partial(rollups.sweep, region.at)] * 3)

    assert written() == counted_by_hand()
    assert Slice.objects.count() == 3
    assert rollups.sweep(region.at) == 0


def test_somebody_who_leaves_while_she_is_counted_keeps_nobody_else_from_being_counted(region, monkeypatch):
    count, gone = rollups.rollup_counting.active_months, []

    def count_and_lose_one(scope):
        months = count(scope)
        if not gone:
            gone.append(Enrolment.objects.get(pk=min(months)[0]))
            gone[0].delete()
        return months

    monkeypatch.setattr(rollups.rollup_counting, "active_months", count_and_lose_one)

    rollups.sweep(region.at)
    assert gone
    assert Slice.objects.exclude(counted_at=None).count() == 2
    assert rollups.sweep(region.at) == 1  # it has its turn with the next
    assert written() == counted_by_hand()


def test_who_leaves_while_her_months_are_written_is_gone_at_once(region):
    """Else PostgreSQL would refuse it: rows of hers were written after those she had were deleted."""
    person = Attempt.objects.exclude(enrolment__cohort=None).first().enrolment.person
    is_leaving, is_written = multiprocessing.Event(), multiprocessing.Event()

    def leave():
        with transaction.atomic(), connection.execute_wrapper(pause):
            forget_progress(User, person)

    def pause(execute, sql, params, many, context):
        if sql.startswith('DELETE FROM "learners_enrolment"'):
            is_leaving.set()
            is_written.wait(1)
        return execute(sql, params, many, context)

    def count():
        assert is_leaving.wait(30)
        rollups.sweep(region.at)
        is_written.set()

    at_once(leave, count)

    assert not Enrolment.objects.filter(person=person).exists()
