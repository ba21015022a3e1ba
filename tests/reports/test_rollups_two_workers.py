"""Workers that count at the same moment, on both databases."""

from functools import partial

import pytest

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
