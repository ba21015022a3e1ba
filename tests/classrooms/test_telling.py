"""The letter of the day before: once, by day, in her language, and only while it is true."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from classrooms import planning, tasks
from classrooms.models import Session
from reminders import actions, sending
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter
from tests.classrooms.conftest import FRIDAY
from tests.factories.courses import lesson_with_steps
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
TOMORROW = datetime(2026, 10, 24, 10, tzinfo=BRUSSELS)


@pytest.fixture
def reader(amina, cohort):
    """Amina of Bram's cohort, now that she has an address."""
    amina.email, amina.help_language = "amina@example.org", "en"
    amina.save()
    return amina


@pytest.fixture
def tomorrow(plan, cohort, reader) -> Session:
    return plan(TOMORROW, cohort=cohort)


def occasions() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("period", flat=True))


class TestWhoIsWrittenTo:
    def test_each_learner_once_however_often_the_sweep_runs(self, tomorrow, cohort, reader):
        cohort.learners.add(UserFactory(email="other@example.org"))

        for _ in range(3):
            tasks.write_class_letters()

        assert occasions() == [f"{tomorrow.pk}@2026-10-24"] * 2
        assert {letter.person.email for letter in Letter.objects.all()} == {reader.email, "other@example.org"}

    def test_nobody_without_address_or_who_stopped_letters_or_is_closed(self, tomorrow, cohort, reader):
        actions.stop_letters(actions.preference_of(reader).token)
        cohort.learners.add(UserFactory(email=""), UserFactory(email="gone@example.org", is_active=False))

        tasks.write_class_letters()

        assert occasions() == []

    @pytest.mark.parametrize(
        ("at", "is_told"),
        [
            (datetime(2026, 10, 23, 23, 59), False),
            (datetime(2026, 10, 24, 0, 0), True),
            (datetime(2026, 10, 24, 23, 59), True),
            (datetime(2026, 10, 25, 0, 0), False),
        ],
    )
    def test_tomorrow_is_a_day_in_brussels(self, plan, cohort, reader, at, is_told):
        plan(at.replace(tzinfo=BRUSSELS), cohort=cohort)

        tasks.write_class_letters()

        assert bool(occasions()) == is_told

    @pytest.mark.parametrize(("hour", "is_told"), [(8, False), (9, True), (18, True), (19, False)])
    def test_in_the_daytime_only(self, tomorrow, set_clock, hour, is_told):
        set_clock(FRIDAY.replace(hour=hour))

        tasks.write_class_letters()

        assert bool(occasions()) == is_told

    def test_of_what_takes_place(self, plan, cohort, reader):
        plan(TOMORROW, cohort=cohort, cancelled_at=FRIDAY)
        cohort.ended_at = FRIDAY
        cohort.save()
        plan(TOMORROW, cohort=cohort)

        tasks.write_class_letters()

        assert occasions() == []

    def test_a_class_that_moved_is_told_again(self, tomorrow, set_clock):
        tasks.write_class_letters()
        planning.change(tomorrow, date(2026, 10, 27), time(10), time(12), and_later=False, lessons=[])
        set_clock(datetime(2026, 10, 26, 10, tzinfo=BRUSSELS))

        tasks.write_class_letters()

        assert occasions() == [f"{tomorrow.pk}@2026-10-24", f"{tomorrow.pk}@2026-10-27"]

    @pytest.mark.parametrize("size", [1, 3])
    def test_the_sweep_asks_two_questions_when_all_are_told(
        self, tomorrow, cohort, size, django_assert_num_queries
    ):
        for number in range(size):
            cohort.learners.add(UserFactory(email=f"learner{number}@example.org"))
        tasks.write_class_letters()
        assert Letter.objects.count() == size + 1

        with django_assert_num_queries(2):
            tasks.write_class_letters()


class TestTheLetter:
    def test_says_when_and_where(self, tomorrow, mailoutbox):
        module = lesson_with_steps().module
        Session.objects.update(module=module, childcare_places=3)
        tasks.write_class_letters()

        sending.send_due()

        [mail] = mailoutbox
        assert mail.subject == "You have class tomorrow"
        for body in (mail.body, mail.alternatives[0].content):
            for told in (
                "Saturday 24 October 2026", "10:00 – 12:00", "The blue house", "Kaai 1", "Gent", "Ring twice.",
                module.title, "You can bring your children.", "Wegwijs vzw", "02 000 00 00", "/me/",
            ):  # fmt: skip
                assert told in body, told

    def test_in_her_language(self, tomorrow, reader, mailoutbox):
        reader.help_language = "ar"
        reader.save()
        tasks.write_class_letters()

        sending.send_due()

        assert '<html lang="ar" dir="rtl">' in mailoutbox[0].alternatives[0].content
        assert "أكتوبر" in mailoutbox[0].body

    def test_the_hours_as_they_are_when_it_goes_out(self, tomorrow, mailoutbox):
        tasks.write_class_letters()
        planning.change(tomorrow, date(2026, 10, 24), time(14), time(15), and_later=False, lessons=[])

        sending.send_due()

        assert "14:00 – 15:00" in mailoutbox[0].body

    @pytest.mark.parametrize(
        ("meanwhile", "reason"),
        [
            (
                lambda session, set_clock: planning.cancel(session, and_later=False, now=timezone.now()),
                "called-off",
            ),
            (
                lambda session, set_clock: planning.change(
                    session, date(2026, 10, 25), time(10), time(12), and_later=False, lessons=[]
                ),
                "moved",
            ),
            (lambda session, set_clock: session.cohort.learners.clear(), "left"),
            (lambda session, set_clock: type(session.cohort).objects.update(ended_at=FRIDAY), "left"),
            (lambda session, set_clock: session.delete(), "gone"),
            (lambda session, set_clock: set_clock(FRIDAY + timedelta(days=1)), "too-late"),
        ],
        ids=["called off", "moved", "she left", "the cohort ended", "deleted", "the day itself"],
    )
    def test_what_is_not_true_any_more_does_not_go_out(
        self, tomorrow, meanwhile, reason, set_clock, mailoutbox
    ):
        tasks.write_class_letters()

        meanwhile(tomorrow, set_clock)
        sending.send_due()

        letter = Letter.objects.get()
        assert mailoutbox == []
        assert (letter.state, letter.dropped_reason) == (State.DROPPED, reason)
