"""Attestations of attendance, and what a trainer saw on those of learning."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates import issuing, supervision
from certificates.attending import NO_HOURS_LEFT, hours_attended, issue_attendance, minutes_offered
from certificates.enums import Kind
from certificates.models import Credential
from certificates.rendering import render
from classrooms import actions, supervising
from classrooms.enums import Status
from classrooms.models import Session, Supervision
from people.actions import forget, merge_guest
from people.guests import create_guest
from tests.factories.certificates import CredentialFactory
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, finish_module
from tests.factories.people import UserFactory
from tests.papers.looking import text_of

pytestmark = pytest.mark.django_db


def held(cohort, *, days_ago: int, hours: int = 2, module=None) -> Session:
    now = timezone.now() - timedelta(days=days_ago)
    session = actions.open_session(cohort, by=cohort.trainers.first(), now=now)
    actions.close_session(session, now=now + timedelta(hours=hours))
    Session.objects.filter(pk=session.pk).update(module=module)
    session.refresh_from_db()
    return session


def tick(session, person, status=Status.PRESENT, late=None):
    by = session.cohort.trainers.first()
    actions.tick(session, person, status=status, minutes_late=late, by=by, now=timezone.now())


@pytest.fixture
def came(cohort, amina, lesson):
    """Amina: two of three classes, a quarter of an hour late at one; Zahra: none."""
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)
    first, second, third = (held(cohort, days_ago=days, module=lesson.module) for days in (21, 14, 7))
    tick(first, amina)
    tick(second, amina, Status.LATE, 15)
    tick(third, amina, Status.EXCUSED)
    for session in (first, second, third):
        tick(session, zahra, Status.ABSENT)
    return [first, second, third]


def test_hours_are_those_that_were_ticked(cohort, amina, came):
    [hers] = hours_attended(cohort, now=timezone.now())

    assert (hers.person, hers.minutes, len(hers.sessions)) == (amina, 120 + 105, 2)
    assert minutes_offered(cohort, now=timezone.now()) == 360


def test_a_class_that_is_on_does_not_count_yet(cohort, amina):
    session = actions.open_session(cohort, by=cohort.trainers.first(), now=timezone.now())
    tick(session, amina)

    assert hours_attended(cohort, now=timezone.now()) == []
    assert issue_attendance(cohort, now=timezone.now()) == []


def test_who_came_gets_one_and_the_same_one_again(cohort, amina, came):
    [credential] = issue_attendance(cohort, now=timezone.now())

    assert (credential.person, credential.kind, credential.name) == (amina, Kind.ATTENDANCE, "Amina")
    assert (credential.minutes_attended, credential.minutes_planned, credential.sessions_attended) == (
        225,
        360,
        2,
    )
    assert credential.issuer_name == "Wegwijs vzw"
    assert issue_attendance(cohort, now=timezone.now()) == [credential]


def test_who_came_again_gets_a_newer_one(cohort, amina, came):
    [old] = issue_attendance(cohort, now=timezone.now())
    tick(held(cohort, days_ago=1), amina)

    [new] = issue_attendance(cohort, now=timezone.now())

    old.refresh_from_db()
    assert old.superseded_by == new
    assert (new.minutes_attended, new.sessions_attended, new.cohort) == (345, 3, cohort)
    assert Credential.objects.current().count() == 1


def test_one_that_was_taken_back_is_not_made_again(cohort, came):
    [credential] = issue_attendance(cohort, now=timezone.now())
    issuing.revoke(credential, reason="Wrong person.")
    tick(held(cohort, days_ago=1), credential.person)

    assert issue_attendance(cohort, now=timezone.now()) == [credential]


def test_who_turns_out_not_to_have_come_loses_it_and_may_get_another(cohort, amina, came, client):
    [old] = issue_attendance(cohort, now=timezone.now())
    for session in came:
        tick(session, amina, Status.ABSENT)

    assert issue_attendance(cohort, now=timezone.now()) == []

    old.refresh_from_db()
    assert not old.is_valid
    assert "is not valid" in client.get(f"/verify/{old.code}/").content.decode()
    client.force_login(amina)
    assert "corrected the list" in client.get(f"/certificates/{old.code}/").content.decode()
    tick(came[0], amina)
    [new] = issue_attendance(cohort, now=timezone.now())
    old.refresh_from_db()
    assert (old.superseded_by, new.is_valid, new.minutes_attended) == (new, True, 120)
    assert issue_attendance(cohort, now=timezone.now()) == [new]


def test_who_turns_out_to_have_come_when_the_class_was_over_loses_it_too(cohort, amina, came):
    [old] = issue_attendance(cohort, now=timezone.now())
    for session in came:
        tick(session, amina, Status.LATE, 120)

    assert issue_attendance(cohort, now=timezone.now()) == []

    old.refresh_from_db()
    assert (old.is_valid, old.revoked_reason) == (False, NO_HOURS_LEFT)
    tick(came[0], amina, Status.LATE, 60)
    [new] = issue_attendance(cohort, now=timezone.now())
    old.refresh_from_db()
    assert (old.superseded_by, new.is_valid, new.minutes_attended) == (new, True, 60)


def test_ticked_again_as_it_was_there_is_a_valid_one_again(cohort, amina, came):
    [old] = issue_attendance(cohort, now=timezone.now())
    for status in (Status.ABSENT, Status.PRESENT):
        for session in came:
            tick(session, amina, status)
        issued = issue_attendance(cohort, now=timezone.now())

    assert [one.is_valid for one in issued] == [True]
    assert issued != [old]


def test_only_papers_of_this_cohort_are_taken_back_and_only_from_who_is_here(cohort, amina, dilan, came):
    elsewhere = CredentialFactory(
        person=amina, kind="attendance", module=None, cohort=CohortFactory(), minutes_attended=5
    )
    learned = CredentialFactory(person=amina)
    dilans = CredentialFactory(
        person=dilan, kind="attendance", module=None, cohort=cohort, minutes_attended=5
    )
    forget(dilan)
    for session in came:
        tick(session, amina, Status.ABSENT)

    issue_attendance(cohort, now=timezone.now())

    for credential in (elsewhere, learned, dilans):
        credential.refresh_from_db()
        assert credential.is_valid


def test_the_paper_says_attendance_in_both_languages_and_nothing_about_learning(cohort, came):
    [credential] = issue_attendance(cohort, now=timezone.now())
    credential.help_language, credential.texts = (
        "fr",
        {"fr": credential.texts["nl"], "nl": credential.texts["nl"]},
    )

    text = text_of(render([credential]))

    assert "Amina" in text
    assert "DigComp" not in text
    assert "3 h 45 min" in text


def test_anyone_may_check_it_and_sees_no_name(client, cohort, came):
    [credential] = issue_attendance(cohort, now=timezone.now())

    page = client.get(f"/verify/{credential.code}/").content.decode()

    assert "Time attended" in page
    assert "3 h 45 min" in page
    assert "Amina" not in page


def test_a_wrong_name_is_corrected_on_it_too(cohort, amina, came):
    [credential] = issue_attendance(cohort, now=timezone.now())

    fresh = issuing.correct(credential, name="Amina Benali")

    assert (fresh.kind, fresh.cohort, fresh.minutes_attended) == (Kind.ATTENDANCE, cohort, 225)


def test_it_follows_a_guest_who_becomes_somebody(cohort, amina, came):
    guest = create_guest(help_language="ar", screen_language="nl")
    guest.name = "A."
    guest.save()
    cohort.learners.add(guest)
    tick(held(cohort, days_ago=2), guest)
    assert len(issue_attendance(cohort, now=timezone.now())) == 2

    merge_guest(guest, into=amina)

    assert Credential.objects.current().get().person == amina
    [now_hers] = issue_attendance(cohort, now=timezone.now())
    assert now_hers.minutes_attended == 345


def test_one_that_was_taken_back_does_not_take_the_place_of_a_guests_good_one(cohort, amina, came):
    [hers] = issue_attendance(cohort, now=timezone.now())
    guest = UserFactory(guest=True, name="A.")
    cohort.learners.add(guest)
    tick(held(cohort, days_ago=2), guest)
    [good] = [one for one in issue_attendance(cohort, now=timezone.now()) if one.person == guest]
    issuing.revoke(hers, reason="Wrong person.")

    merge_guest(guest, into=amina)

    current = Credential.objects.current().get()
    assert (current, current.person, current.is_valid) == (good, amina, True)


def test_who_leaves_leaves_no_name(cohort, amina, came):
    [credential] = issue_attendance(cohort, now=timezone.now())
    forget(amina)

    credential.refresh_from_db()
    assert (credential.name, credential.person, credential.minutes_attended) == ("", None, 225)
    assert issue_attendance(cohort, now=timezone.now()) == []


class TestSupervised:
    @pytest.fixture
    def module(self):
        return lesson_with_steps().module

    @pytest.fixture
    def session(self, cohort, bram):
        return actions.open_session(cohort, by=bram, now=timezone.now())

    def test_ticked_before_she_finished(self, session, amina, bram, module):
        supervising.tick(session, amina, module, by=bram, now=timezone.now())

        credential = issuing.issue(finish_module(amina, module).completion)

        assert credential.is_supervised
        assert "not supervised" not in text_of(render([credential]))

    def test_ticked_afterwards_a_new_one_takes_its_place(self, session, amina, bram, module):
        old = issuing.issue(finish_module(amina, module).completion)
        assert not old.is_supervised

        supervising.tick(session, amina, module, by=bram, now=timezone.now())

        old.refresh_from_db()
        new = old.superseded_by
        assert (new.is_supervised, new.completion, new.minutes_planned) == (
            True, Credential.objects.get(pk=new.pk).completion, old.minutes_planned,
        )  # fmt: skip
        page = Client().get(f"/verify/{new.code}/").content.decode()
        assert "Seen by a trainer" in page
        supervising.withdraw(amina, module, by=bram, now=timezone.now())
        assert not Credential.objects.current().get(person=amina).is_supervised

    def test_the_sweep_finds_what_no_signal_told(self, session, amina, bram, module):
        issuing.issue(finish_module(amina, module).completion)
        Supervision.objects.create(person=amina, module=module, session=session, by=bram, at=timezone.now())

        supervision.follow_all()
        supervision.follow_all()

        assert Credential.objects.count() == 2
        assert Credential.objects.current().get().is_supervised

    def test_another_module_and_a_revoked_one_stay(self, session, amina, bram, module):
        old = issuing.issue(finish_module(amina, module).completion)
        supervising.tick(session, amina, lesson_with_steps().module, by=bram, now=timezone.now())
        assert Credential.objects.get() == old
        issuing.revoke(old, reason="")

        supervising.tick(session, amina, module, by=bram, now=timezone.now())

        assert Credential.objects.get() == old
