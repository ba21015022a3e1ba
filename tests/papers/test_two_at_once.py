"""Many workers and many presses at the same moment make one paper: on SQLite and on PostgreSQL."""

import os
import signal
import time
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from papers import actions, making, rendering
from papers.making import LEASE, make
from papers.models import PrintJob
from papers.rendering import Printed
from tests.factories.papers import PrintJobFactory
from tests.factories.people import UserFactory
from tests.scratch import Crew, at_once

pytestmark = pytest.mark.usefixtures("emptied")
MANY = 6


@pytest.fixture
def bram():
    return UserFactory(username="bram", name="Bram")


def test_many_workers_make_each_paper_once(bram, params, monkeypatch, tmp_path):
    log = tmp_path / "made"

    def write_down(paper, tell):
        with log.open("a") as lines:
            lines.write(f"{paper.context['words'][0]}\n")
        return Printed(b"%PDF-1.7", [])

    monkeypatch.setattr(rendering, "render", write_down)
    jobs = [PrintJobFactory(owner=bram, params=params | {"words": [f"{n}"]}) for n in range(8)]

    results = at_once(*[lambda: sum(make(job.pk) for job in jobs)] * MANY)

    assert sum(results) == len(jobs)
    assert sorted(log.read_text().split()) == sorted(f"{n}" for n in range(8))
    assert not PrintJob.objects.unmade().exists()


def test_a_worker_killed_meanwhile_costs_nothing_but_the_lease(bram, params, monkeypatch):
    job = PrintJobFactory(owner=bram, params=params)
    monkeypatch.setattr(rendering, "render", lambda paper, tell: time.sleep(60))
    crew = Crew(partial(make, job.pk))
    crew.go()
    deadline = time.monotonic() + 20
    while PrintJob.objects.get().claimed_at is None and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(crew.members[0].pid, signal.SIGKILL)
    crew.members[0].join(20)
    monkeypatch.setattr(rendering, "render", lambda paper, tell: Printed(b"%PDF-1.7", []))

    assert make(job.pk) is False  # its lease runs
    later = timezone.now() + LEASE
    monkeypatch.setattr(making.timezone, "now", lambda: later)
    assert make(job.pk) is True

    assert PrintJob.objects.get().file.read() == b"%PDF-1.7"


def test_a_paper_claimed_twice_because_it_took_too_long_is_stored_once(bram, params, monkeypatch, files):
    job = PrintJobFactory(owner=bram, params=params)

    def slow(paper, tell):
        # The lease runs out while this worker prints, and another one prints meanwhile.
        monkeypatch.setattr(rendering, "render", lambda paper, tell: Printed(b"%PDF-1.7 second", []))
        PrintJob.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(seconds=1))
        assert make(job.pk) is True
        return Printed(b"%PDF-1.7 first", [])

    monkeypatch.setattr(rendering, "render", slow)

    assert make(job.pk) is False
    assert PrintJob.objects.get().file.read().startswith(b"%PDF-1.7")
    assert files() == [f"{job.pk}.pdf"]


def test_the_same_press_sent_many_times_at_once_asks_once(bram, params):
    key = uuid4()

    def press():
        return actions.ask(bram, "list", params, title="Cohort 1", key=key).pk

    assert set(at_once(*[press] * MANY)) == {key}
    assert PrintJob.objects.count() == 1
