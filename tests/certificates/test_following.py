"""People merge and leave; what was issued follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certificates.issuing import correct, revoke
from certificates.models import Credential
from certificates.printing import store_pdf
from learners.models import ModuleCompletion
from people.actions import forget, merge_guest
from people.guests import create_guest
from people.portability import everything_about
from tests.factories.learners import finish_module


@pytest.fixture
def guest(db):
    guest = create_guest(help_language="en", screen_language="nl")
    guest.name = "Amina B"
    guest.save()
    return guest


def test_a_guests_credential_becomes_hers(guest, amina, lesson):
    finish_module(guest, lesson.module)

    merge_guest(guest, into=amina)
    merge_guest(guest, into=amina)

    credential = Credential.objects.get()
    assert (credential.person, credential.is_valid, credential.name) == (amina, True, "Amina B")
    assert credential.completion == ModuleCompletion.objects.get(enrolment__person=amina)


@pytest.mark.parametrize("guest_was_first", [True, False])
def test_of_two_for_one_module_the_earlier_stays(guest, amina, lesson, guest_was_first):
    finish_module(guest, lesson.module)
    finish_module(amina, lesson.module)
    day_before = timezone.now() - timedelta(days=1)
    first = Credential.objects.get(person=guest if guest_was_first else amina)
    Credential.objects.filter(pk=first.pk).update(issued_at=day_before)

    merge_guest(guest, into=amina)
    merge_guest(guest, into=amina)

    assert list(Credential.objects.current()) == [first]
    other = Credential.objects.exclude(pk=first.pk).get()
    assert other.superseded_by == first
    completion = ModuleCompletion.objects.get()
    assert {credential.completion for credential in Credential.objects.all()} == {completion}
    assert {credential.person for credential in Credential.objects.all()} == {amina}


def test_a_revoked_one_does_not_take_the_place_of_a_good_one(guest, amina, lesson):
    finish_module(guest, lesson.module)
    finish_module(amina, lesson.module)
    revoke(Credential.objects.get(person=guest), reason="Mistake")

    merge_guest(guest, into=amina)

    assert Credential.objects.current().get().revoked_at is None


def test_a_corrected_one_survives_the_merge_as_it_was(guest, amina, lesson):
    finish_module(guest, lesson.module)
    new = correct(Credential.objects.get(), name="Amina C")

    merge_guest(guest, into=amina)

    assert list(Credential.objects.current()) == [new]
    assert Credential.objects.filter(person=amina).count() == 2


def test_who_leaves_takes_name_and_paper_along_and_the_code_stays_good(
    amina, finished, quick_paper, files, client, django_capture_on_commit_callbacks
):
    code = Credential.objects.get().code
    store_pdf(Credential.objects.get().pk)
    assert len(files()) == 1

    with django_capture_on_commit_callbacks(execute=True):
        forget(amina)

    credential = Credential.objects.get(code=code)
    assert (credential.name, credential.person, credential.completion, credential.pdf.name) == (
        "",
        None,
        None,
        "",
    )
    assert files() == []
    assert credential.is_valid
    assert client.get(f"/verify/{code}/").status_code == 200
    assert store_pdf(credential.pk) is False


def test_deleting_a_person_in_the_editor_forgets_the_name_too(amina, finished):
    amina.delete()

    assert Credential.objects.get().name == ""


def test_who_leaves_while_it_is_printed_leaves_no_paper(amina, finished, monkeypatch, files):
    def leaves_meanwhile(credentials):
        forget(amina)
        return b"%PDF-1.7 Amina"

    monkeypatch.setattr("certificates.rendering.render", leaves_meanwhile)

    assert store_pdf(Credential.objects.get().pk) is False
    assert files() == []


def test_her_own_copy_of_her_data_has_her_certificates_and_nobody_elses(amina, dilan, finished, lesson):
    finish_module(dilan, lesson.module)

    assert [row["name"] for row in everything_about(amina)["certificates"]] == ["Amina"]
