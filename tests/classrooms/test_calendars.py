"""Calendars: right over the change of the clocks, stable, without names, and secret where they are a person's."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from classrooms import calendar_addresses, planning
from classrooms.calendar_models import CalendarAddress
from classrooms.enums import Feed
from people.actions import merge_guest
from reminders.clock import BRUSSELS
from tests.classrooms.conftest import FRIDAY, NAMES
from tests.factories.courses import lesson_with_steps
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def events(answer) -> list:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).events


@pytest.fixture
def hers(plan, settings):
    """Amina's and Bram's classes: their addresses, by feed."""
    session = plan()
    learner, trainer = session.cohort.learners.get(), session.cohort.trainers.get()
    for person in (learner, trainer):
        calendar_addresses.renew(person, now=FRIDAY)
    return {
        Feed.LEARN: calendar_addresses.address_of(learner, Feed.LEARN).removeprefix(settings.BASE_URL),
        Feed.TEACH: calendar_addresses.address_of(trainer, Feed.TEACH).removeprefix(settings.BASE_URL),
    }


class TestTheAgenda:
    def test_a_class_in_full(self, client, plan):
        module = lesson_with_steps().module
        session = plan(childcare_places=1, is_women_only=True, module=module)

        [event] = events(client.get("/agenda.ics?lang=en"))

        assert event["SUMMARY"] == f"Class: {module.title}"
        assert event["LOCATION"] == "The blue house, Kaai 1, Gent"
        assert event["DESCRIPTION"].split("\n") == [
            "Ring twice.", "Languages: العربية · Français · ትግርኛ", "Childcare: 1 place", "For women only",
            "Wegwijs vzw", "02 000 00 00", "0400 00 00 15",
        ]  # fmt: skip
        assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
        assert re.fullmatch(rf"session-{session.pk}@[\w.-]+", event["UID"])
        assert event["URL"].endswith(f"/en/agenda/{session.pk}/")
        assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == FRIDAY

    def test_nobodys_name_is_in_it(self, client, plan):
        session = plan()

        for path in ("/agenda.ics", f"/agenda/{session.pk}.ics"):
            content = client.get(path).content.replace(b"\r\n ", b"").decode()
            assert "The blue house" in content
            assert [name for name in NAMES if name in content] == [], path

    def test_the_same_wishes_as_the_page(self, client, plan):
        plan()
        wanted = plan(is_women_only=True)
        page = client.get("/en/agenda/?women=on").content.decode()
        [address] = re.findall(r'href="(/agenda\.ics[^"]*)"', page)

        assert address == "/agenda.ics?women=on&amp;lang=en"
        [event] = events(client.get(address.replace("&amp;", "&")))
        assert event["URL"].endswith(f"/{wanted.pk}/")

    def test_wishes_that_are_none_get_no_calendar(self, client, plan):
        assert client.get("/agenda.ics?weekday=9").status_code == 400

    def test_what_is_not_public_has_no_calendar(self, client, trainer, plan):
        hidden = plan(is_public=False)

        assert events(client.get("/agenda.ics")) == []
        for visitor in (client, trainer):
            assert visitor.get(f"/agenda/{hidden.pk}.ics").status_code == 404

    def test_in_the_language_that_is_asked_for(self, client, plan):
        plan()

        answer = client.get("/agenda.ics?lang=nl", headers={"accept-language": "fr"})

        assert answer["Content-Language"] == "nl"
        assert "/nl/agenda/" in events(answer)[0]["URL"]
        assert (
            client.get("/agenda.ics?lang=xx", headers={"accept-language": "fr"})["Content-Language"] == "fr"
        )

    def test_programs_are_told_to_ask_again_each_hour(self, client):
        lines = client.get("/agenda.ics").content.decode().split("\r\n")

        assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(lines)

    def test_asked_again_unchanged_it_is_not_sent_again(self, client, plan):
        plan()
        tag = client.get("/agenda.ics")["ETag"]

        assert client.get("/agenda.ics", headers={"if-none-match": tag}).status_code == 304

    @pytest.mark.parametrize("size", [1, 3])
    def test_costs_the_same(self, client, plan, size, django_assert_num_queries):
        for day in range(size):
            plan(FRIDAY + timedelta(days=day + 1))

        with django_assert_num_queries(3):
            assert len(events(client.get("/agenda.ics"))) == size


class TestTime:
    @pytest.mark.parametrize(("day", "utc"), [(24, 8), (26, 9)])
    def test_ten_oclock_stays_ten_oclock_when_the_clocks_change(self, client, plan, day, utc):
        plan(datetime(2026, 10, day, 10, tzinfo=BRUSSELS))

        answer = client.get("/agenda.ics")

        [event] = events(answer)
        assert f"DTSTART;TZID=Europe/Brussels:202610{day}T100000".encode() in answer.content
        assert event.start.astimezone(UTC).hour == utc

    def test_the_zone_that_is_sent_along_is_right_in_itself(self, client, plan):
        """For a program that knows no Europe/Brussels: each hour around four changes, and each noon of three years."""
        plan()
        [zone] = Calendar.from_ical(client.get("/agenda.ics").content).timezones
        sent, known = zone.to_tz(lookup_tzid=False), ZoneInfo("Europe/Brussels")
        assert not isinstance(sent, ZoneInfo)

        hours = [
            datetime(*night) + timedelta(hours=hour)
            for night in ((2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2035, 3, 25))
            for hour in (0, 1, 3, 4, 12)
        ]
        noons = [datetime(2026, 1, 1, 12) + timedelta(days=day) for day in range(3 * 365)]
        for moment in hours + noons:
            assert moment.replace(tzinfo=sent).utcoffset() == moment.replace(tzinfo=known).utcoffset(), moment


class TestChanges:
    def test_a_class_that_moves_is_the_same_one_and_newer(self, client, plan, set_clock):
        session = plan()
        [before] = events(client.get("/agenda.ics"))
        later = FRIDAY + timedelta(hours=1)
        set_clock(later)

        planning.change(session, date(2026, 10, 27), time(14), time(16), and_later=False, lessons=[])

        [after] = events(client.get("/agenda.ics"))
        assert after["UID"] == before["UID"]
        assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
        assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == later
        assert after.start == datetime(2026, 10, 27, 14, tzinfo=BRUSSELS)

    def test_a_called_off_class_stays_and_says_so(self, client, plan, set_clock):
        session = plan()
        later = FRIDAY + timedelta(hours=1)

        planning.cancel(session, and_later=False, now=later)

        [event] = events(client.get("/agenda.ics"))
        assert (event["STATUS"], event["SUMMARY"], event["SEQUENCE"]) == ("CANCELLED", "Called off: Class", 1)
        assert event["LAST-MODIFIED"].dt == later


class TestPersonal:
    def test_a_learner_reads_when_and_where_and_nobodys_name(self, client, hers, plan):
        plan(is_public=False, at=FRIDAY + timedelta(weeks=20))

        answer = client.get(hers[Feed.LEARN])

        assert [event["LOCATION"] for event in events(answer)] == ["The blue house, Kaai 1, Gent"] * 2
        content = answer.content.replace(b"\r\n ", b"").decode()
        assert [name for name in NAMES if name in content] == []
        assert "no-store" in answer["Cache-Control"]

    def test_a_trainer_reads_which_cohort_and_no_persons_name(self, client, hers):
        answer = client.get(hers[Feed.TEACH])

        [event] = events(answer)
        assert event["SUMMARY"] == "Cohortnaam"
        content = answer.content.replace(b"\r\n ", b"").decode()
        assert [name for name in NAMES if name in content] == ["Cohortnaam"]

    def test_each_reads_her_own_classes_only(self, client, hers, plan, cohort):
        plan(cohort=cohort)

        assert [len(events(client.get(path))) for path in hers.values()] == [1, 1]

    def test_what_is_long_over_or_of_a_cohort_that_ended_is_gone(self, client, hers, plan):
        plan(FRIDAY - timedelta(days=29))
        old = plan(FRIDAY - timedelta(days=31))

        assert len(events(client.get(hers[Feed.LEARN]))) == 2
        old.cohort.ended_at = FRIDAY
        old.cohort.save()
        assert events(client.get(hers[Feed.LEARN])) == []

    def test_in_her_own_language_unless_another_is_asked_for(self, client, hers, plan):
        learner = plan().cohort.learners.get()
        learner.help_language = "nl"
        learner.save()

        assert client.get(hers[Feed.LEARN], headers={"accept-language": "fr"})["Content-Language"] == "nl"
        assert client.get(f"{hers[Feed.LEARN]}?lang=ar")["Content-Language"] == "ar"

    def test_one_address_does_not_open_the_other_feed_nor_does_a_wrong_one(self, client, hers):
        token = hers[Feed.LEARN].split("/")[-1]
        secret = token.split(".")[0]

        for path in (f"/calendar/teach/{token}", f"/calendar/learn/{secret}.ics", "/calendar/learn/x.y.ics"):
            assert client.get(path).status_code == 404, path

    def test_who_may_not_sign_in_any_more_reads_nothing(self, client, hers, plan):
        learner = plan().cohort.learners.get()
        learner.is_active = False
        learner.save()

        assert client.get(hers[Feed.LEARN]).status_code == 404

    def test_what_she_put_in_her_calendar_as_a_guest_goes_on_until_she_makes_a_new_address(
        self, client, hers, plan, settings
    ):
        session, guest = plan(), UserFactory(guest=True)
        learner = session.cohort.learners.get()
        calendar_addresses.renew(guest, now=FRIDAY)
        hers_as_guest = calendar_addresses.address_of(guest, Feed.LEARN).removeprefix(settings.BASE_URL)
        merge_guest(guest, into=learner)

        assert len(events(client.get(hers_as_guest))) == 2
        calendar_addresses.renew(learner, now=FRIDAY)
        assert client.get(hers_as_guest).status_code == 404


class TestTheAddress:
    @pytest.mark.parametrize(
        ("path", "feed"), [("/me/calendar/", Feed.LEARN), ("/teach/calendar/", Feed.TEACH)]
    )
    def test_one_press_makes_it_and_one_makes_a_new_one(self, bram, trainer, cohort, path, feed, settings):
        assert 'id="address"' not in trainer.get(path).content.decode()
        found = []
        for _ in range(2):
            page = trainer.post(path, follow=True).content.decode()
            [address] = re.findall(r'id="address"[^>]* value="([^"]+)"', page)
            assert address == calendar_addresses.address_of(bram, feed)
            assert f'href="webcal:{address.partition(":")[2]}"' in page
            found.append(address.removeprefix(settings.BASE_URL))

        assert [Client().get(one).status_code for one in found] == [404, 200]

    def test_a_visitor_has_none(self, client):
        assert client.post("/me/calendar/").url == "/me/"
        assert CalendarAddress.objects.count() == 0

    def test_nobody_but_a_trainer_has_the_trainers(self, learner):
        assert learner.post("/teach/calendar/").status_code == 404


class TestMyNextClasses:
    @pytest.fixture
    def amina_in(self, plan, amina):
        plan_one = plan

        def plan_hers(*args, **fields):
            session = plan_one(*args, **fields)
            session.cohort.learners.add(amina)
            return session

        return plan_hers

    def test_the_next_three_stand_on_her_page(self, learner, amina_in, plan, cohort):
        for day in (9, 2, 4, 6):
            amina_in(FRIDAY + timedelta(days=day), is_public=False)
        amina_in(FRIDAY - timedelta(days=1))

        page = learner.get("/me/", headers={"accept-language": "en"}).content.decode()

        assert re.findall(r"<b>(\w+ \d+ \w+) 2026, <span", page) == [
            "Sunday 25 October", "Tuesday 27 October", "Thursday 29 October",
        ]  # fmt: skip
        assert 'href="/me/calendar/"' in page

    def test_a_called_off_one_says_so(self, learner, amina_in):
        amina_in(cancelled_at=FRIDAY)

        assert (
            "This class does not take place."
            in learner.get("/me/", headers={"accept-language": "en"}).content.decode()
        )

    def test_nothing_for_who_is_in_no_such_class(self, learner, plan):
        plan()

        assert "/me/calendar/" not in learner.get("/me/").content.decode()

    def test_costs_the_same(self, learner, amina_in, django_assert_max_num_queries):
        counts = []
        for day in range(3):
            amina_in(FRIDAY + timedelta(days=day + 1))
            with django_assert_max_num_queries(50) as counted:
                assert learner.get("/me/").content.count(b'<li class="lesson"><b>') == day + 1
            counts.append(len(counted))

        assert counts[0] == counts[2]

    def test_trainers_find_their_calendar(self, trainer, cohort):
        assert 'href="/teach/calendar/"' in trainer.get("/teach/").content.decode()
