"""A session opens with one tap, closes by itself or with one more, and both may be tapped twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from classrooms import actions
from classrooms.models import Attendance, HelpRequest, Session
from people.actions import forget, merge_guest
from people.portability import everything_about
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_two_taps_open_one_session_and_cards_for_class_work_meanwhile(trainer, cohort):
    for _ in range(2):
        response = trainer.post(f"/teach/{cohort.pk}/open/")

    session = Session.objects.get()
    assert response.url == f"/teach/sessions/{session.pk}/"
    cohort.refresh_from_db()
    assert cohort.is_open
    assert cohort.open_until == session.closes_at
    assert "Class is on" in trainer.get(f"/teach/{cohort.pk}/").content.decode()


def test_it_is_closed_by_whoever_is_first(session, cohort):
    actions.close_session(session, now=session.opened_at + timedelta(hours=1))
    actions.close_session(session, now=session.opened_at + timedelta(hours=2))

    session.refresh_from_db()
    cohort.refresh_from_db()
    assert session.closed_at == session.opened_at + timedelta(hours=1)
    assert not cohort.is_open


def test_it_closes_itself_and_the_next_one_says_when(cohort, bram):
    first = actions.open_session(cohort, by=bram, now=NOW - timedelta(hours=30))
    assert not first.is_open(NOW)

    second = actions.open_session(cohort, by=bram, now=NOW)

    first.refresh_from_db()
    assert first.closed_at == first.closes_at
    assert second != first
    assert second.is_open(NOW)


def test_over_midnight_and_over_the_change_of_the_clock_four_hours_are_four_hours(cohort, bram):
    # 25 October 2026, 3:00 in Brussels becomes 2:00 again.
    late = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
    assert timezone.localtime(late).strftime("%H:%M") == "23:30"
    session = actions.open_session(cohort, by=bram, now=late)

    assert session.closes_at - session.opened_at == timedelta(hours=4)
    assert timezone.localtime(session.closes_at).strftime("%H:%M") == "02:30"


def test_nobody_joins_or_asks_when_it_is_over(session, amina):
    actions.close_session(session, now=timezone.now())

    for verb in (actions.join, actions.ask_for_help):
        with pytest.raises(actions.SessionClosed):
            verb(session, amina, now=timezone.now())
    assert not Attendance.objects.exists()
    assert not HelpRequest.objects.exists()


def test_joining_twice_is_one_attendance_with_the_first_time(session, amina):
    first = actions.join(session, amina, now=session.opened_at)
    actions.join(session, amina, now=session.opened_at + timedelta(minutes=30))

    assert Attendance.objects.get().joined_at == first.joined_at


def test_a_guest_who_turns_out_to_be_amina_was_there_once_and_asked_once(session, amina, bram):
    guest = UserFactory(guest=True)
    early, late = session.opened_at, session.opened_at + timedelta(minutes=20)
    actions.join(session, guest, now=early)
    actions.join(session, amina, now=late)
    actions.tick(session, guest, status="present", minutes_late=None, by=bram, now=late)
    for one in (guest, amina):
        actions.ask_for_help(session, one, now=late)

    merge_guest(guest, into=amina)

    attendance = Attendance.objects.get()
    assert (attendance.person, attendance.joined_at, attendance.status) == (amina, early, "present")
    assert attendance.changes.get().by == bram
    assert HelpRequest.objects.get().person == amina


def test_her_own_copy_says_where_she_was_and_leaving_forgets_it(session, amina, cohort):
    actions.join(session, amina, now=session.opened_at)
    actions.ask_for_help(session, amina, now=session.opened_at)

    first, second = everything_about(amina)["sessions"]
    assert first["session"] == cohort.name
    assert first["joined_at"] == session.opened_at.isoformat()
    assert second["asked for help"] == session.opened_at.isoformat()

    forget(amina)
    assert not Attendance.objects.exists()
    assert not HelpRequest.objects.exists()


def test_help_is_asked_once_answered_by_one_and_over_for_all(session, amina, bram, celia):
    for _ in range(2):
        actions.ask_for_help(session, amina, now=timezone.now())
    actions.come(session, amina, by=bram)
    actions.come(session, amina, by=celia)
    assert HelpRequest.objects.get().comes == bram

    for _ in range(2):
        actions.end_help(session, amina, now=timezone.now())
    assert HelpRequest.objects.get().ended_at

    actions.ask_for_help(session, amina, now=timezone.now())
    assert HelpRequest.objects.waiting().count() == 1
    actions.close_session(session, now=timezone.now())
    assert not HelpRequest.objects.waiting().exists()
