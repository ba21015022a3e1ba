"""A worker and a print job: claimed, told of, stored once, or said to have failed."""

import errno
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError
from django.utils import timezone

from papers import actions, kinds, making, rendering, tasks
from papers.enums import State
from papers.making import LEASE, Claim, ClaimLost, make
from papers.models import LIFETIME, PrintJob
from papers.rendering import RenderingFailed
from papers.signs import Unprintable
from people.actions import forget
from tests.factories.papers import PrintJobFactory


def again(job):
    """As if its delay were over."""
    PrintJob.objects.filter(pk=job.pk).update(due_at=timezone.now())


def fails_with(monkeypatch, error):
    def render(paper, tell):
        raise error

    monkeypatch.setattr(rendering, "render", render)


def test_the_paper_is_stored_once_and_its_secrets_are_forgotten(job, quick, files):
    assert make(job.pk) is True
    assert make(job.pk) is False

    job.refresh_from_db()
    assert job.state == State.READY
    assert job.file.read() == b"%PDF-1.7 Amina"
    assert files() == [f"{job.pk}.pdf"]
    assert job.params == {"for": "bram", "words": ["Amina"]}
    assert job.remarks == ["Dilan is missing."]
    assert job.ends_at - job.made_at == LIFETIME


def test_asking_hurries_a_worker(ask, quick, files, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()

    assert PrintJob.objects.get().state == State.READY
    assert files() == [f"{job.pk}.pdf"]


def test_without_a_broker_the_sweep_makes_it(ask, quick, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.make, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        ask()
    assert PrintJob.objects.get().state == State.WAITING

    tasks.make_waiting()

    assert PrintJob.objects.get().state == State.READY


def test_the_same_press_asks_once_and_another_press_once_more(ask):
    key = uuid4()

    assert ask(key=key).pk == ask(key=key).pk
    ask()

    assert PrintJob.objects.count() == 2


def test_another_choice_in_the_same_form_is_another_paper(ask):
    """Two buttons in two tabs, or back in the browser and once more."""
    key = uuid4()
    first = ask(key=key, words=["Amina"])

    second = ask(key=key, words=["Bram"])
    again = [ask(key=key, words=[word]).pk for word in ("Amina", "Bram")]

    assert second.params["words"] == ["Bram"]
    assert again == [first.pk, second.pk]
    assert PrintJob.objects.count() == 2


def test_another_kind_of_paper_in_the_same_form_is_another_paper(ask, bram, params, monkeypatch):
    monkeypatch.setitem(kinds._kinds, "table", replace(kinds.named("list"), name="table"))
    key = uuid4()

    first, second = ask(key=key), actions.ask(bram, "table", params, title="Cohort 1", key=key)

    assert (first.kind, second.kind) == ("list", "table")


def test_a_secret_that_was_forgotten_is_no_other_choice(ask, quick):
    key = uuid4()
    job = ask(key=key)
    make(job.pk)

    assert ask(key=key).pk == job.pk


def test_nobody_asks_for_what_is_not_hers_or_with_a_key_of_somebody_else(ask, dilan, job):
    with pytest.raises(actions.MayNot):
        ask(dilan)
    with pytest.raises(actions.MayNot):
        ask(dilan, key=job.pk, **{"for": "dilan"})

    assert list(PrintJob.objects.all()) == [job]


def test_a_claim_is_for_one_worker_until_its_lease_runs_out(job):
    now = timezone.now()

    assert Claim.take(job.pk, now).due_at == now + LEASE
    assert Claim.take(job.pk, now + timedelta(seconds=1)) is None
    # The worker died.
    assert Claim.take(job.pk, now + LEASE).due_at == now + 2 * LEASE


def test_a_claimed_job_is_being_made_and_waits_again_when_its_worker_died(job):
    Claim.take(job.pk, timezone.now())
    job.refresh_from_db()
    assert job.state == State.WORKING

    PrintJob.objects.filter(pk=job.pk).update(due_at=timezone.now())
    job.refresh_from_db()

    assert job.state == State.WAITING


@pytest.fixture
def clock(monkeypatch):
    """The time since the machine started, as the test says."""

    class Clock:
        seconds = 100.0

        def monotonic(self):
            return self.seconds

    clock = Clock()
    monkeypatch.setattr(making, "time", clock)
    return clock


def pages(job):
    job.refresh_from_db()
    return job.done, job.total


def test_progress_is_written_twice_a_second_at_most_and_never_goes_back(job, clock):
    claim = Claim.take(job.pk)

    claim.tell(1, 12)
    assert pages(job) == (0, 0)
    clock.seconds += 0.5
    claim.tell(5, 12)
    assert pages(job) == (5, 12)
    clock.seconds += 0.4
    claim.tell(6, 12)
    assert pages(job) == (5, 12)
    clock.seconds += 0.2
    claim.tell(2, 12)  # laid out again
    assert pages(job) == (6, 12)
    clock.seconds += 1
    claim.tell(14, 12)  # more than expected
    assert pages(job) == (14, 14)


def test_without_an_expected_number_only_the_page_is_told(job, clock):
    claim = Claim.take(job.pk)
    clock.seconds += 1

    claim.tell(3, None)

    assert pages(job) == (3, 0)


def test_progress_renews_the_lease_and_a_lost_claim_stops_the_worker(job, clock):
    nearly_over = timezone.now() - LEASE + timedelta(seconds=1)
    PrintJob.objects.filter(pk=job.pk).update(due_at=nearly_over)
    claim = Claim.take(job.pk, nearly_over)
    clock.seconds += 1

    claim.tell(1, 2)

    assert Claim.take(job.pk, timezone.now() + timedelta(seconds=5)) is None
    Claim.take(job.pk, timezone.now() + 2 * LEASE)
    clock.seconds += 1
    with pytest.raises(ClaimLost):
        claim.tell(2, 2)


def test_a_busy_database_costs_a_progress_note_and_not_the_paper(job, clock, monkeypatch):
    claim = Claim.take(job.pk)
    clock.seconds += 1

    def busy(self, **fields):
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("papers.querysets.PrintJobQuerySet.update", busy)
        claim.tell(1, 2)

    clock.seconds += 1
    claim.tell(2, 2)
    assert pages(job) == (2, 2)


def test_the_delay_grows_and_the_third_failure_is_said(job, monkeypatch, caplog):
    fails_with(monkeypatch, RenderingFailed("a font is missing"))
    delays, states, levels = [], [], []
    for _ in range(4):
        again(job)
        before = timezone.now()
        make(job.pk)
        job.refresh_from_db()
        delays.append(round((job.due_at - before).total_seconds()))
        states.append(job.state)
    levels = [record.levelno for record in caplog.records]

    assert states == [State.WAITING, State.WAITING, State.FAILED, State.FAILED]
    assert delays[:3] == [10, 30, 90]
    assert levels == [logging.WARNING, logging.WARNING, logging.ERROR]
    assert job.reason == "Something went wrong on our side. Whoever runs this site was told."
    assert job.error == "RenderingFailed: a font is missing"
    assert job.title not in caplog.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no room"),
        (ValueError("a mistake of ours"), "on our side"),
    ],
)
def test_the_reason_is_said_in_plain_words(job, monkeypatch, error, words):
    fails_with(monkeypatch, error)
    for _ in range(3):
        again(job)
        make(job.pk)

    job.refresh_from_db()
    assert words in job.reason


def test_what_trying_again_cannot_change_fails_at_once(bram, params, monkeypatch, job):
    empty = PrintJobFactory(owner=bram, params=params | {"words": []})
    make(empty.pk)
    fails_with(monkeypatch, Unprintable(["李"]))
    make(job.pk)

    reasons = [one.reason for one in PrintJob.objects.exclude(failed_at=None).order_by("asked_at")]
    assert sorted(reasons) == ["There is nobody in this class.", "We cannot print these signs yet: 李"]


def test_a_failed_job_is_taken_up_again_when_its_owner_asks(
    job, monkeypatch, quick, django_capture_on_commit_callbacks
):
    with monkeypatch.context() as patch:
        fails_with(patch, Unprintable(["李"]))
        make(job.pk)
    job.refresh_from_db()
    assert make(job.pk) is False

    with django_capture_on_commit_callbacks(execute=True):
        actions.try_again(job)

    job.refresh_from_db()
    assert (job.state, job.failures, job.reason) == (State.READY, 0, "")


def test_asking_again_for_what_is_made_changes_nothing(job, quick):
    make(job.pk)
    before = PrintJob.objects.values().get()

    actions.try_again(job)

    assert PrintJob.objects.values().get() == before


def test_a_full_disk_leaves_no_half_file(job, quick, files, monkeypatch):
    def write_half(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", write_half)
        make(job.pk)
    assert files() == []

    again(job)
    assert make(job.pk) is True


def test_a_worker_asks_again_whether_she_may_have_it(job, quick, files):
    PrintJob.objects.filter(pk=job.pk).update(params={**job.params, "for": "dilan"})

    make(job.pk)

    job.refresh_from_db()
    assert (job.state, files()) == (State.FAILED, [])


def test_what_her_language_says_is_said_in_it(job, monkeypatch):
    PrintJob.objects.filter(pk=job.pk).update(language="nl")
    said = []
    kind = kinds.named("list")

    def compose(job):
        from django.utils.translation import get_language

        said.append(get_language())
        return kind.compose(job)

    monkeypatch.setitem(kinds._kinds, "list", kinds.Kind("list", "List", kind.may_have, compose))
    fails_with(monkeypatch, Unprintable(["李"]))
    make(job.pk)

    assert said == ["nl"]


def test_after_a_day_the_row_and_the_file_go(job, quick, files, bram, params):
    make(job.pk)
    unmade = PrintJobFactory(owner=bram, params=params, ends_at=timezone.now() + timedelta(hours=1))
    tasks.clear_old()
    assert PrintJob.objects.count() == 2

    assert actions.clear_old(now=timezone.now() + LIFETIME) == 2

    assert not PrintJob.objects.exists()
    assert files() == []
    assert unmade.file.name == ""


def test_who_leaves_takes_her_papers_with_her(job, quick, files, bram, django_capture_on_commit_callbacks):
    make(job.pk)

    with django_capture_on_commit_callbacks(execute=True):
        forget(bram)

    assert not PrintJob.objects.exists()
    assert files() == []


def test_deleting_a_person_in_the_editor_deletes_her_files_too(
    job, quick, files, bram, django_capture_on_commit_callbacks
):
    make(job.pk)

    with django_capture_on_commit_callbacks(execute=True):
        bram.delete()

    assert files() == []


def test_who_leaves_while_it_is_made_leaves_no_paper(job, bram, monkeypatch, files):
    def leaves_meanwhile(paper, tell):
        forget(bram)
        return rendering.Printed(b"%PDF-1.7", [])

    monkeypatch.setattr(rendering, "render", leaves_meanwhile)

    assert make(job.pk) is False
    assert files() == []
