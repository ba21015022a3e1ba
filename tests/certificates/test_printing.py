import errno
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from certificates import printing, tasks
from certificates.models import Credential
from certificates.printing import LEASE, claim_printing, store_pdf
from reminders.models import Letter
from tests.factories.learners import finish_module


def again(credential):
    """As if its delay were over."""
    Credential.objects.filter(pk=credential.pk).update(render_due_at=timezone.now())


@pytest.fixture
def no_space(monkeypatch):
    """The disk fills up in the middle of the file."""

    def write_half(self, name, content):
        path = self.path(name)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content.read()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", write_half)
        yield patch


def test_the_paper_is_stored_once(credential, quick_paper, files):
    assert store_pdf(credential.pk) is True
    assert store_pdf(credential.pk) is False

    credential.refresh_from_db()
    assert credential.is_printed
    assert credential.pdf.read() == b"%PDF-1.7 Amina"
    assert files() == [credential.pdf.name]


def test_finishing_prints_without_waiting_for_the_sweep(
    amina, lesson, quick_paper, files, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        finish_module(amina, lesson.module)

    assert Credential.objects.get().is_printed
    assert len(files()) == 1


def test_without_a_broker_the_sweep_prints(
    amina, lesson, quick_paper, monkeypatch, django_capture_on_commit_callbacks
):
    def unreachable(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.render, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        finish_module(amina, lesson.module)
    assert not Credential.objects.get().is_printed

    tasks.render_waiting()
    tasks.render_waiting()

    assert Credential.objects.get().is_printed


def test_a_full_disk_is_noted_and_the_half_file_removed(
    credential, quick_paper, no_space, files, client, amina
):
    store_pdf(credential.pk)

    credential.refresh_from_db()
    assert files() == []
    assert not credential.is_printed
    assert (credential.render_failures, credential.render_error[:7]) == (1, "OSError")
    client.force_login(amina)
    page = client.get(credential.get_absolute_url()).content.decode()
    assert "Nothing is lost" in page


def test_a_full_disk_that_empties_again_prints(credential, quick_paper, no_space, files):
    store_pdf(credential.pk)
    no_space.undo()
    tasks.render_waiting()
    assert files() == []  # its delay is not over

    again(credential)
    tasks.render_waiting()

    credential.refresh_from_db()
    assert (credential.is_printed, credential.render_failures, credential.render_error) == (True, 0, "")
    assert files() == [credential.pdf.name]


def test_the_delay_grows_and_the_third_failure_is_an_error_for_operators(credential, monkeypatch, caplog):
    def full(credentials):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("certificates.rendering.render", full)
    delays, levels = [], []
    for _ in range(9):
        again(credential)
        caplog.clear()
        before = timezone.now()
        store_pdf(credential.pk)
        credential.refresh_from_db()
        delays.append(round((credential.render_due_at - before).total_seconds()))
        levels += [record.levelno for record in caplog.records]
        assert credential.name not in caplog.text

    assert delays == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert levels == [logging.WARNING] * 2 + [logging.ERROR] * 7


def test_a_claim_is_for_one_worker_until_its_lease_runs_out(credential):
    now = timezone.now()

    assert claim_printing(credential.pk, now) == now + LEASE
    assert claim_printing(credential.pk, now + timedelta(seconds=1)) is None
    # The worker died.
    assert claim_printing(credential.pk, now + LEASE) == now + 2 * LEASE


def test_what_a_killed_worker_half_wrote_is_written_anew(credential, quick_paper, papers, files):
    half = papers / credential.code[:2] / f"{credential.code}.pdf"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"%PDF-1.7 Am")

    store_pdf(credential.pk)

    assert half.read_bytes() == b"%PDF-1.7 Amina"
    assert len(files()) == 1


def test_a_lost_file_is_printed_again(printed, client, amina, files, papers):
    (papers / printed.pdf.name).unlink()
    client.force_login(amina)

    assert client.get(f"/certificates/{printed.code}.pdf").status_code == 302
    tasks.render_waiting()

    assert client.get(f"/certificates/{printed.code}.pdf").status_code == 200


@pytest.mark.parametrize("state", [{"revoked_at": timezone.now()}, {"person": None}])
def test_nothing_is_printed_for_revoked_or_left(credential, quick_paper, files, state):
    Credential.objects.filter(pk=credential.pk).update(**state)

    tasks.render_waiting()

    assert files() == []


def test_one_letter_says_that_it_is_ready(credential, amina, quick_paper):
    amina.email = "amina@example.org"
    amina.save()

    store_pdf(credential.pk)
    printing.print_again(Credential.objects.get())
    store_pdf(credential.pk)

    assert [(letter.kind, letter.period) for letter in Letter.objects.all()] == [
        ("certificate_ready", credential.code)
    ]
