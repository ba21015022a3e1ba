"""Reports that are sent by themselves: once a person and period, to who may see them, and about nothing older."""

import re
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import strip_tags

from certificates.enums import Kind
from certificates.models import Credential
from people import portability
from people.enums import Role
from reminders import sending
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter
from reports import scheduling, tables, tasks
from reports.enums import By, Obstacle, Rhythm
from reports.models import Delivery, Recipient, Schedule
from reports.periods import Period, read_month
from reports.questions import Question, ask
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.reports import ScheduleFactory

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 12, 2, 8, 59, tzinfo=BRUSSELS)
DUE = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
DAY = timedelta(days=1)


@pytest.fixture
def reader(celia):
    """Celia, now that she has an address."""
    celia.email, celia.help_language = "celia@example.org", "en"
    celia.save()
    return celia


@pytest.fixture
def jan(organisation):
    person = UserFactory(username="jan", name="Jan", email="jan@example.org", help_language="en")
    return MembershipFactory(user=person, organisation=organisation, role=Role.COORDINATOR).user


@pytest.fixture
def monthly(organisation, reader, jan) -> Schedule:
    return ScheduleFactory(organisations=[organisation], recipients=[reader, jan], made_by=reader)


@pytest.fixture
def sweep(set_clock):
    """The worker's round at some moment; whom a letter reached."""

    def at(moment: datetime) -> list[str]:
        set_clock(moment)
        mail.outbox.clear()
        tasks.write_scheduled()
        sending.send_due()
        return sorted(message.to[0] for message in mail.outbox)

    return at


def months_told() -> list[str]:
    return sorted({delivery.period.last_month.strftime("%Y-%m") for delivery in Delivery.objects.all()})


class TestWhen:
    def test_once_the_month_is_over_and_never_again(self, monthly, sweep):
        assert sweep(BEFORE) == []
        assert sweep(DUE) == ["celia@example.org", "jan@example.org"]
        assert [sweep(DUE + n * DAY) for n in range(29)] == [[]] * 29
        assert months_told() == ["2026-11"]
        assert sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS)) == ["celia@example.org", "jan@example.org"]
        assert months_told() == ["2026-11", "2026-12"]

    def test_every_quarter(self, monthly, sweep):
        Schedule.objects.update(rhythm=Rhythm.QUARTER, next_month=read_month("2027-01"))

        assert sweep(DUE) == []
        assert len(sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS))) == 2
        assert {(one.first_month, one.last_month) for one in Delivery.objects.all()} == {
            (read_month("2026-10"), read_month("2026-12"))
        }
        assert sweep(datetime(2027, 2, 2, 9, tzinfo=BRUSSELS)) == []

    def test_a_server_that_was_off_for_months_tells_the_latest_only(self, monthly, sweep):
        assert len(sweep(datetime(2027, 5, 20, 12, tzinfo=BRUSSELS))) == 2
        assert months_told() == ["2027-04"]
        assert sweep(datetime(2027, 5, 21, 12, tzinfo=BRUSSELS)) == []

    def test_at_night_it_is_written_and_waits_for_the_morning(self, monthly, sweep):
        assert sweep(datetime(2026, 12, 10, 2, tzinfo=BRUSSELS)) == []
        assert len(sweep(datetime(2026, 12, 10, 9, tzinfo=BRUSSELS))) == 2

    def test_a_letter_that_waited_until_the_next_report_is_dropped(self, monthly, sweep, set_clock):
        set_clock(DUE)
        tasks.write_scheduled()

        assert sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS)) == ["celia@example.org", "jan@example.org"]
        assert set(Letter.objects.values_list("state", "dropped_reason")) == {
            (State.DROPPED, Obstacle.TOO_LATE),
            (State.SENT, ""),
        }

    def test_the_clock_that_is_set_back_doubles_nothing(self, monthly, sweep):
        assert len(sweep(DUE)) == 2
        assert sweep(DUE - timedelta(hours=1)) == []
        assert sweep(DUE) == []

    def test_a_new_one_begins_with_the_month_that_is_not_over(self, organisation, reader, sweep, set_clock):
        set_clock(DUE)
        question = Question([organisation], Period(read_month("2026-11"), read_month("2026-11")))
        made = scheduling.schedule(
            question, figure="came", rhythm=Rhythm.MONTH, people=[reader], by=reader, key=uuid4(), now=DUE
        )

        assert sweep(DUE + DAY) == []
        assert made.next_month == read_month("2027-01")


class TestToWhom:
    def test_who_is_no_coordinator_any_more_gets_nothing_and_the_schedule_says_so(self, monthly, sweep, jan):
        jan.memberships.update(role=Role.TRAINER)

        assert sweep(DUE) == ["celia@example.org"]
        assert Delivery.objects.get(person=jan).why_not == Obstacle.NO_COORDINATOR.label

    def test_who_stops_to_be_one_between_writing_and_sending_gets_nothing_either(
        self, monthly, sweep, jan, set_clock
    ):
        set_clock(DUE)
        tasks.write_scheduled()
        jan.memberships.all().delete()

        assert sweep(DUE) == ["celia@example.org"]
        assert Delivery.objects.get(person=jan).why_not == Obstacle.NO_COORDINATOR.label

    def test_of_two_organisations_she_must_coordinate_both(self, monthly, sweep, jan):
        other = OrganisationFactory()
        monthly.organisations.add(other)
        MembershipFactory(user=jan, organisation=other, role=Role.COORDINATOR)

        assert sweep(DUE) == ["jan@example.org"]

    @pytest.mark.parametrize(
        ("fields", "why"),
        [({"email": ""}, Obstacle.NO_ADDRESS), ({"is_active": False}, Obstacle.CLOSED)],
    )
    def test_who_cannot_be_reached_is_told_with_the_reason(self, monthly, sweep, jan, fields, why):
        type(jan).objects.filter(pk=jan.pk).update(**fields)

        assert sweep(DUE) == ["celia@example.org"]
        assert Delivery.objects.get(person=jan).why_not == why.label
        assert sweep(DUE + DAY) == []

    def test_one_tap_in_the_letter_stops_them(self, monthly, sweep, jan, client):
        sweep(DUE)
        to_jan = next(message for message in mail.outbox if message.to == [jan.email])
        stop = re.search(r"/reminders/stop/[^/]+/", to_jan.body)[0]

        assert client.post(stop).status_code == 200

        assert sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS)) == ["celia@example.org"]
        assert Delivery.objects.latest("at", "person__name").why_not == Obstacle.STOPPED.label

    @pytest.mark.parametrize(
        ("spoil", "why"),
        [
            (lambda one: scheduling.pause(one.pk, now=DUE), Obstacle.PAUSED),
            (lambda one: scheduling.delete(one.pk, now=DUE), Obstacle.DELETED),
            (lambda one: one.recipients.all().delete(), Obstacle.TAKEN_OFF),
        ],
        ids=["paused", "deleted", "taken off"],
    )
    def test_what_changes_between_writing_and_sending_counts(self, monthly, sweep, set_clock, spoil, why):
        set_clock(DUE)
        tasks.write_scheduled()
        spoil(monthly)

        assert sweep(DUE) == []
        assert {str(one.why_not) for one in Delivery.objects.all()} == {str(why.label)}

    def test_her_own_copy_tells_what_is_sent_to_her(self, monthly, reader, amina):
        assert portability.everything_about(reader)["scheduled_reports"] == [
            {"how often": "month", "rows": "nothing"}
        ]
        assert portability.everything_about(amina)["scheduled_reports"] == []


class TestPausedAndDeleted:
    def test_nothing_is_sent_while_it_is_paused_and_nothing_old_afterwards(self, monthly, sweep):
        scheduling.pause(monthly.pk, now=BEFORE)
        assert sweep(DUE) == []

        scheduling.go_on(monthly.pk, now=DUE + DAY)

        assert sweep(DUE + DAY) == []
        assert len(sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS))) == 2

    def test_a_pause_that_ends_before_the_day_costs_nothing(self, monthly, sweep):
        scheduling.pause(monthly.pk, now=BEFORE - DAY)
        scheduling.go_on(monthly.pk, now=BEFORE)

        assert len(sweep(DUE)) == 2

    def test_what_is_deleted_sends_nothing_can_be_had_back_for_a_day_and_is_then_gone(self, monthly, sweep):
        scheduling.delete(monthly.pk, now=BEFORE)
        assert sweep(DUE) == []
        scheduling.undo_delete(monthly.pk)
        assert len(sweep(DUE + timedelta(hours=3))) == 2

        scheduling.delete(monthly.pk, now=DUE + DAY)
        sweep(DUE + 2 * DAY)

        assert not Schedule.objects.exists()
        assert sweep(DUE + 40 * DAY) == []

    def test_a_letter_that_was_dropped_because_it_was_deleted_comes_back_with_it(
        self, monthly, sweep, jan, set_clock
    ):
        set_clock(DUE)
        tasks.write_scheduled()
        jan.memberships.all().delete()
        sending.send_due()
        Letter.objects.filter(state=State.SENT).update(state=State.DUE, sent_at=None)  # hers had to wait
        scheduling.delete(monthly.pk, now=DUE)
        assert sweep(DUE) == []
        assert set(Letter.objects.values_list("dropped_reason", flat=True)) == {
            Obstacle.DELETED,
            Obstacle.NO_COORDINATOR,
        }

        scheduling.undo_delete(monthly.pk)

        assert [str(one.why_not) for one in monthly.deliveries.order_by("person__name")] == [
            "",
            str(Obstacle.NO_COORDINATOR.label),
        ]
        assert sweep(DUE + timedelta(hours=3)) == ["celia@example.org"]
        assert sweep(DUE + timedelta(hours=4)) == []

    def test_a_letter_that_comes_back_after_the_next_report_is_not_sent(self, monthly, sweep, set_clock):
        set_clock(DUE)
        tasks.write_scheduled()
        scheduling.delete(monthly.pk, now=DUE)
        assert sweep(DUE) == []
        Schedule.objects.update(paused_at=None, next_month=read_month("2027-02"))

        scheduling.undo_delete(monthly.pk)

        assert sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS)) == []
        assert {str(one.why_not) for one in Delivery.objects.all()} == {str(Obstacle.TOO_LATE.label)}

    def test_another_rhythm_sends_nothing_for_what_is_over(self, monthly, sweep, reader):
        sweep(DUE)
        for rhythm in (Rhythm.QUARTER, Rhythm.MONTH):
            scheduling.change(monthly.pk, rhythm=rhythm, people=[reader], now=DUE + DAY)

        assert sweep(DUE + DAY) == []
        monthly.refresh_from_db()
        assert monthly.next_month == read_month("2027-01")

    def test_other_people_do_not_move_the_date(self, monthly, sweep, reader):
        Schedule.objects.update(next_month=read_month("2026-12"))

        scheduling.change(monthly.pk, rhythm=Rhythm.MONTH, people=[reader], now=DUE + DAY)

        assert sweep(DUE + DAY) == ["celia@example.org"]


class TestTheLetter:
    @pytest.fixture
    def letter(self, year, monthly, jan, sweep) -> mail.EmailMultiAlternatives:
        """With three certificates of attendance in November, too few to be shown."""
        few = Credential.objects.filter(kind=Kind.ATTENDANCE).values_list("pk", flat=True)[:3]
        Credential.objects.filter(pk__in=list(few)).delete()
        jan.memberships.all().delete()
        assert sweep(DUE) == ["celia@example.org"]
        return mail.outbox[0]

    def test_it_shows_the_totals_and_those_before_as_the_page_does(self, letter, organisation):
        november = Period(read_month("2026-11"), read_month("2026-11"))
        answer = ask(Question([organisation], november), now=DUE)
        lines = [line.strip() for line in letter.body.splitlines()]

        assert answer.hides
        for column, now, before in zip(
            answer.columns, answer.totals[0].cells, answer.before[0].cells, strict=True
        ):
            place = lines.index(f"{column.figure.label} ({column.figure.unit.label})")
            assert lines[place + 1 : place + 3] == [
                f"November 2026: {tables.written(now)}",
                f"October 2026: {tables.written(before)}",
            ]

    def test_both_halves_say_the_same_numbers(self, letter):
        html = letter.alternatives[0].content
        shown = re.findall(r"(?:November|October) 2026: (\S+)", letter.body)

        cells = re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)
        assert [strip_tags(cell).strip() for cell in cells] == shown
        assert "hidden" in shown

    def test_its_link_opens_exactly_that_question(self, letter, coordinator):
        url = re.search(r"https?://[^/]+(/reports/\?\S+)", letter.body)[1]

        page = coordinator.get(url)

        assert page.context["title"] == "Report: November 2026"
        assert page.context["form"].cleaned_data["by"] == By.NOTHING
        assert coordinator.get(url.replace("/reports/", "/reports/numbers.csv")).status_code == 200

    def test_it_names_no_learner_and_carries_no_file(self, letter, year):
        text = letter.body + letter.alternatives[0].content
        assert [person.name for person in year.learners if person.name in text] == []
        assert letter.attachments == []

    def test_rows_by_another_thing_leave_out_the_same_figures_as_the_page(
        self, year, monthly, sweep, coordinator
    ):
        Schedule.objects.update(by=By.LANGUAGE)
        sweep(DUE)
        url = re.search(r"https?://[^/]+(/reports/\?\S+)", mail.outbox[0].body)[1]

        answer = coordinator.get(url).context["answer"]

        assert answer.left_out
        told = [figure.label for figure in answer.left_out if f"{figure.label} (" in mail.outbox[0].body]
        assert told == []

    @pytest.mark.parametrize(
        ("own", "of_forms", "read"),
        [("nl", "fr", "nl"), ("ar", "fr", "fr"), ("ar", "", "en"), ("", "de", "de")],
    )
    def test_each_reads_it_in_her_own_language_as_far_as_reports_have_it(
        self, monthly, sweep, jan, own, of_forms, read
    ):
        type(jan).objects.filter(pk=jan.pk).update(help_language=own, screen_language=of_forms)
        sweep(DUE)

        languages = {message.to[0]: message.extra_headers["Content-Language"] for message in mail.outbox}
        assert languages == {"celia@example.org": "en", "jan@example.org": read}
        to_jan = next(message for message in mail.outbox if message.to == [jan.email])
        with translation.override(read):
            month = date_format(date(2026, 11, 1), "F Y")
        assert f"{month}: 0" in to_jan.body

    def test_an_organisation_called_like_a_header_or_a_tag_is_only_text(self, monthly, sweep, organisation):
        type(organisation).objects.update(name="<b>Huis\nBcc: all@example.org")
        sweep(DUE)

        message = mail.outbox[0]
        assert message.to == ["celia@example.org"]
        assert "<b>Huis" not in message.alternatives[0].content


class TestSendNow:
    def test_she_gets_the_latest_one_at_once_and_once_a_press(self, monthly, reader, set_clock):
        set_clock(DUE - DAY)
        key = uuid4()
        for _ in range(2):
            scheduling.send_now(monthly, reader, key=key, now=DUE - DAY)
            sending.send_due()

        (message,) = mail.outbox
        assert message.to == [reader.email]
        assert message.subject == "Report: October 2026 – Wegwijs vzw"
        assert "You asked to see this report now." in message.body

    def test_it_is_no_delivery_and_takes_nobodys_place(self, monthly, reader, sweep):
        scheduling.send_now(monthly, reader, key=uuid4(), now=DUE - DAY)

        assert not Delivery.objects.exists()
        assert len(sweep(DUE)) == 3

    def test_not_even_a_test_goes_to_who_is_no_coordinator_any_more(self, monthly, reader, sweep):
        scheduling.send_now(monthly, reader, key=uuid4(), now=BEFORE)
        reader.memberships.all().delete()

        assert sweep(DUE + DAY) == ["jan@example.org"]


def test_a_real_mail_server_is_given_it_once(monthly, mail_server, set_clock):
    set_clock(DUE)
    mail_server.start()
    for _ in range(3):
        tasks.write_scheduled()
        sending.send_due()

    assert sorted(mail_server.recipients) == ["celia@example.org", "jan@example.org"]
    letter: EmailMessage = mail_server.letters[0]
    assert letter["Subject"] == "Report: November 2026 – Wegwijs vzw"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_writing_asks_no_more_of_the_database_for_more_schedules_that_are_not_due(
    monthly, organisation, reader, set_clock, django_assert_num_queries
):
    ScheduleFactory.create_batch(3, organisations=[organisation], recipients=[reader])
    set_clock(BEFORE)

    with django_assert_num_queries(2):
        tasks.write_scheduled()


def test_who_leaves_stepin_takes_her_letters_along_and_leaves_the_schedule_to_others(monthly, reader, sweep):
    sweep(DUE)
    reader.delete()

    monthly.refresh_from_db()
    assert monthly.made_by is None
    assert sweep(datetime(2027, 1, 2, 9, tzinfo=BRUSSELS)) == ["jan@example.org"]


def test_an_address_that_goes_at_the_very_moment_of_writing_is_a_reason_too(monthly, jan, monkeypatch, sweep):
    monkeypatch.setattr(Recipient, "obstacle", None)  # what was read a moment before
    type(jan).objects.filter(pk=jan.pk).update(email="")

    assert sweep(DUE) == ["celia@example.org"]
    assert Delivery.objects.get(person=jan).obstacle == Obstacle.NO_ADDRESS
