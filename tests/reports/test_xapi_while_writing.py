"""A store reads while learners send: on SQLite and on PostgreSQL, with processes that commit late."""

import time
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone

from learners.actions import record_events
from learners.models import Attempt
from reports import xapi_records
from reports.xapi_records import page, settled
from tests.factories.courses import rows_of_steps
from tests.factories.learners import CohortFactory, event
from tests.factories.people import UserFactory
from tests.scratch import Crew

pytestmark = pytest.mark.usefixtures("new_scratch")
LATEST = 0.15  # seconds from coming in to being committed
TRIES = 12


def send(person, step, seed):
    """Tries whose moment is taken first, and which can be read only a while later."""
    random = Random(seed)
    for _ in range(TRIES):
        came_in = timezone.now()
        time.sleep(random.random() * LATEST)
        with transaction.atomic():
            record_events(person, [event(step, mark=0.5)], received_at=came_in)


def test_every_try_is_told_once_whenever_it_was_committed(monkeypatch):
    monkeypatch.setattr(xapi_records, "LATE_COMMIT", timedelta(seconds=3))
    step = rows_of_steps(1)[0]
    people = [UserFactory() for _ in range(3)]
    cohort = CohortFactory(learners=people)
    crew = Crew(*[partial(send, person, step, n) for n, person in enumerate(people)])
    read = partial(page, cohort.organisation_id, limit=5)
    told, since, rounds = [], None, 0

    crew.go()
    ends_at = time.monotonic() + 60
    while len(told) < len(people) * TRIES and time.monotonic() < ends_at:
        until, has_more, after = settled(timezone.now()), True, None
        while has_more:
            records, has_more = read(since=since, after=after, until=until)
            told += [record.key for record in records]
            after = records[-1].place if records else None
        since, rounds = until, rounds + 1
        time.sleep(0.2)
    crew.results()

    assert sorted(told) == sorted(Attempt.objects.values_list("key", flat=True))
    assert rounds > 3
