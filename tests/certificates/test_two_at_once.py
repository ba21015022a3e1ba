"""Many workers at the same moment issue, print and correct once: on SQLite and on PostgreSQL."""

import os
import signal
import time
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from certificates import printing, rendering
from certificates.issuing import correct, issue, issue_missing
from certificates.models import Credential
from certificates.printing import LEASE, store_pdf
from learners.models import Enrolment, ModuleCompletion
from people.actions import merge_guest
from people.guests import create_guest
from people.models import User
from tests.factories.certificates import CredentialFactory
from tests.factories.courses import ModuleFactory
from tests.factories.people import UserFactory
from tests.scratch import Crew, at_once

pytestmark = pytest.mark.usefixtures("emptied")
MANY = 6


@pytest.fixture
def amina():
    return UserFactory(username="amina", name="Amina")


def completion_of(person: User, module=None) -> ModuleCompletion:
    now = timezone.now()
    enrolment = Enrolment.objects.create(person=person, module=module or ModuleFactory(), started_at=now)
    return ModuleCompletion.objects.create(
        enrolment=enrolment,
        happened_at=now,
        received_at=now,
        contents={"title": "E-mail", "minutes": 50, "digcomp": []},
    )


def codes(work, *args):
    """What `work` returns, as codes: rows do not travel between processes."""
    found = work(*args)
    return [one.code for one in found] if isinstance(found, list) else found and found.code


def correct_to(pk, name):
    return correct(Credential.objects.get(pk=pk), name=name).code


def test_signals_and_sweeps_at_once_issue_one_credential(amina):
    completion = completion_of(amina)

    results = at_once(*[partial(codes, issue, completion)] * 3, *[partial(codes, issue_missing)] * 3)

    code = Credential.objects.get().code
    assert set(results[:3]) == {code}
    assert all(result in ([], [code]) for result in results[3:])


def test_many_workers_print_each_paper_once(amina, monkeypatch, tmp_path):
    log = tmp_path / "printed"

    def write_down(credentials):
        with log.open("a") as lines:
            lines.write(f"{credentials[0].code}\n")
        return b"%PDF-1.7"

    monkeypatch.setattr("certificates.rendering.render", write_down)
    credentials = CredentialFactory.create_batch(8, person=amina)

    def work():
        return sum(store_pdf(credential.pk) for credential in credentials)

    results = at_once(*[work] * MANY)

    assert sum(results) == len(credentials)
    assert sorted(log.read_text().split()) == sorted(credential.code for credential in credentials)
    assert not Credential.objects.unprinted().exists()


def test_a_worker_killed_while_printing_costs_nothing_but_the_lease(amina, monkeypatch):
    credential = CredentialFactory(person=amina)
    monkeypatch.setattr("certificates.rendering.render", lambda credentials: time.sleep(60))
    crew = Crew(partial(store_pdf, credential.pk))
    crew.go()
    deadline = time.monotonic() + 20
    while Credential.objects.get().render_due_at <= timezone.now() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(crew.members[0].pid, signal.SIGKILL)
    crew.members[0].join(20)
    monkeypatch.setattr("certificates.rendering.render", lambda credentials: b"%PDF-1.7")

    assert store_pdf(credential.pk) is False  # its lease runs
    later = timezone.now() + LEASE
    monkeypatch.setattr(printing.timezone, "now", lambda: later)
    assert store_pdf(credential.pk) is True

    assert Credential.objects.get().is_printed


def test_two_corrections_at_once_leave_one_current_credential(amina):
    credential = issue(completion_of(amina))

    at_once(*[partial(correct_to, credential.pk, f"Amina {sign}") for sign in "ABCABC"])

    assert Credential.objects.current().count() == 1
    assert Credential.objects.exclude(superseded_by=None).count() == Credential.objects.count() - 1


def test_a_merge_and_the_sweep_at_once_leave_one_current_credential(amina):
    guest = create_guest()
    guest.name = "Amina B"
    guest.save()
    module = ModuleFactory()
    completion_of(guest, module)
    completion_of(amina, module)

    at_once(
        partial(merge_guest, guest, into=amina), partial(codes, issue_missing), partial(codes, issue_missing)
    )
    issue_missing()

    assert Credential.objects.current().count() == 1
    assert Credential.objects.current().get().person == amina


def test_a_paper_claimed_twice_because_it_took_too_long_is_stored_once(amina, monkeypatch):
    credential = CredentialFactory(person=amina)

    def slow(credentials):
        # The lease runs out while this worker prints, and another one prints meanwhile.
        monkeypatch.setattr(rendering, "render", lambda credentials: b"%PDF-1.7 second")
        Credential.objects.filter(pk=credential.pk).update(
            render_due_at=timezone.now() - timedelta(seconds=1)
        )
        assert store_pdf(credential.pk) is True
        return b"%PDF-1.7 first"

    monkeypatch.setattr(rendering, "render", slow)

    assert store_pdf(credential.pk) is False
    assert Credential.objects.get().is_printed
    assert Credential.objects.get().pdf.read().startswith(b"%PDF-1.7")
