"""The call list of a class: whom no letter reaches, words in her language, and what became of each call."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import planning
from classrooms.call_list import Wish, call_list
from classrooms.call_models import Call
from classrooms.calling import call_rows, what_to_say
from classrooms.models import Session
from learners.models import Cohort, Enrolment
from people import portability
from people.actions import merge_guest
from reminders import actions
from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Preference
from tests.classrooms.conftest import FRIDAY
from tests.factories.courses import lesson_with_steps
from tests.factories.people import UserFactory
from tests.factories.reminders import LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
TOMORROW = datetime(2026, 10, 24, 10, tzinfo=BRUSSELS)


@pytest.fixture
def session(plan, cohort) -> Session:
    """Tomorrow's class of Bram's cohort."""
    return plan(TOMORROW, cohort=cohort)


@pytest.fixture
def url(session) -> str:
    return f"/teach/sessions/{session.pk}/calls/"


def names(session, trainer) -> list[str]:
    return [row.person.name for row in call_rows(session, trainer=trainer, now=FRIDAY)]


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def lists(cohort) -> tuple[int, int]:
    """(to call, want no calls) on the list of everybody who needs a call."""
    found = call_list([cohort], Wish(), now=FRIDAY)
    return len(found.to_call), len(found.without_calls)


class TestWhoStandsThere:
    def test_whom_no_letter_reaches(self, session, cohort, bram, amina):
        stopped, came_back, reached_again, fine = [
            UserFactory(name=name, email=f"{name}@example.org")
            for name in ("Stopped", "CameBack", "Again", "Fine")
        ]
        closed = UserFactory(name="Closed", is_active=False)
        cohort.learners.add(stopped, came_back, reached_again, fine, closed)
        actions.stop_letters(actions.preference_of(stopped).token)
        LetterFactory(person=came_back, sent=True, written_at=FRIDAY - timedelta(days=9))
        LetterFactory(person=came_back, state=State.FAILED, written_at=FRIDAY - timedelta(days=2))
        LetterFactory(person=reached_again, state=State.FAILED, written_at=FRIDAY - timedelta(days=9))
        LetterFactory(person=reached_again, sent=True, written_at=FRIDAY - timedelta(days=2))
        LetterFactory(person=fine, sent=True)

        assert names(session, bram) == ["Amina", "CameBack", "Stopped"]

    @pytest.mark.parametrize("size", [1, 3])
    def test_costs_the_same(self, trainer, cohort, amina, url, size, django_assert_num_queries):
        for number in range(size - 1):
            cohort.learners.add(UserFactory(name=f"L{number}"))
        trainer.get(url)

        with django_assert_num_queries(4):
            assert trainer.get(url).content.count(b'value="reached"') == size

    def test_a_stranger_and_a_trainer_of_others_find_nothing(self, url, session, amina, dilan):
        other = UserFactory()
        Cohort.objects.create(name="Other", organisation=session.cohort.organisation).trainers.add(other)

        for person in (dilan, other, amina):
            visitor = Client()
            visitor.force_login(person)
            assert visitor.get(url).status_code == 404
            assert visitor.post(url, {"learner": amina.pk, "do": "reached"}).status_code == 404
        assert Call.objects.count() == 0

    def test_a_class_that_is_over_has_none(self, trainer, url, session, set_clock):
        set_clock(TOMORROW + timedelta(hours=3))

        assert trainer.get(url).url == f"/teach/sessions/{session.pk}/"


class TestWhatToSay:
    @pytest.mark.parametrize(
        ("today", "told"),
        [
            (date(2026, 10, 23), "Class is tomorrow, Saturday 24 October 2026 at 10:00."),
            (date(2026, 10, 24), "Class is today, Saturday 24 October 2026 at 10:00."),
            (date(2026, 10, 20), "Class is on Saturday 24 October 2026 at 10:00."),
        ],
    )
    def test_who_calls_when_and_where(self, session, today, told):
        said = plain(what_to_say(session, name="Amina", trainer="Bram", today=today))

        assert said == (
            f"Hello Amina, this is Bram of Wegwijs vzw. {told} The place is: The blue house, Kaai 1, Gent. Will you come?"
        )

    def test_without_a_name_and_a_place(self, plan, cohort):
        session = plan(TOMORROW, cohort=cohort, place=None)

        assert plain(what_to_say(session, name="", trainer="Bram", today=date(2026, 10, 23))) == (
            "Hello, this is Bram of Wegwijs vzw. Class is tomorrow, Saturday 24 October 2026 at 10:00. Will you come?"
        )

    def test_a_called_off_class_is_said_to_be(self, plan, cohort):
        session = plan(TOMORROW, cohort=cohort, cancelled_at=FRIDAY)

        said = plain(what_to_say(session, name="Amina", trainer="Bram", today=date(2026, 10, 23)))

        assert said.endswith(
            "The class on Saturday 24 October 2026 at 10:00 is called off. Please do not come."
        )

    def test_in_her_language_and_beneath_it_in_the_trainers(self, trainer, url, amina, session):
        page = trainer.get(url, headers={"accept-language": "nl"}).content.decode()

        found = r'<p class="calls__words" lang="ar" dir="rtl">(.*)</p>\n<p class="small">(.*)</p>'
        [(hers, trainers)] = re.findall(found, page)
        assert "24 أكتوبر" in hers
        assert "24 oktober" in trainers

    def test_said_once_when_both_speak_the_same(self, trainer, url, amina):
        amina.help_language = "nl"
        amina.save()

        page = trainer.get(url, headers={"accept-language": "nl"}).content.decode()

        assert len(re.findall(r"<p[^>]*>[^<]*Wegwijs vzw[^<]*24 oktober", page)) == 1

    def test_the_number_dials(self, trainer, url, amina):
        amina.phone = "+32470123456"
        amina.save()

        assert 'href="tel:+32470123456"' in trainer.get(url).content.decode()

    def test_without_a_number_it_says_so(self, trainer, url):
        assert "No phone number" in trainer.get(url, headers={"accept-language": "en"}).content.decode()


class TestWhatBecameOfIt:
    @pytest.fixture
    def tap(self, trainer, url, amina):
        def tap(do: str):
            """(whom to call, reached, without calls), and the page."""
            page = trainer.post(
                url, {"learner": amina.pk, "do": do}, follow=True, headers={"accept-language": "en"}
            )
            lists = [page.context[name] for name in ("to_call", "reached", "without_calls")]
            return [len(rows) for rows in lists], page.content.decode()

        return tap

    def test_reached_once_and_undone(self, tap, bram, amina):
        for _ in range(2):
            found, page = tap("reached")
            assert found == [0, 1, 0]
            assert re.search(r'role="status"><p class="notice notice--good">Amina: reached.', page)
        assert [(call.person, call.by) for call in Call.objects.all()] == [(amina, bram)]

        assert tap("not_reached")[0] == [1, 0, 0]
        assert Call.objects.count() == 0

    def test_no_more_calls_holds_on_the_other_list_too_and_can_be_undone(self, tap, amina, cohort):
        module = lesson_with_steps().module
        Enrolment.objects.create(
            person=amina, module=module, started_at=FRIDAY, last_attempt_at=FRIDAY - timedelta(days=20)
        )
        assert lists(cohort) == (1, 0)

        found, page = tap("stop")
        assert found == [0, 0, 1]
        assert "Amina gets no more calls." in page
        assert lists(cohort) == (0, 1)

        assert tap("resume")[0] == [1, 0, 0]
        assert lists(cohort) == (1, 0)

    def test_letters_go_on_without_calls(self, tap, amina):
        tap("stop")

        amina.email = "amina@example.org"
        amina.save()
        assert actions.reason_not_to_write(amina) is None

    @pytest.mark.parametrize(
        "change",
        [
            lambda session: planning.cancel(session, and_later=False, now=timezone.now()),
            lambda session: planning.change(
                session, date(2026, 10, 25), time(10), time(12), and_later=False, lessons=[]
            ),
        ],
        ids=["called off", "moved"],
    )
    def test_who_was_reached_before_it_changed_is_called_again(self, tap, session, bram, set_clock, change):
        tap("reached")
        set_clock(FRIDAY + timedelta(hours=1))
        change(session)

        changed = Session.objects.get(pk=session.pk)
        assert [row.is_reached for row in call_rows(changed, trainer=bram, now=FRIDAY)] == [False]
        set_clock(FRIDAY + timedelta(hours=2))
        assert tap("reached")[0] == [0, 1, 0]

    @pytest.mark.parametrize("sent", [{}, {"do": "reached", "learner": "x"}, {"do": "x"}])
    def test_what_the_page_never_sends_changes_nothing(self, trainer, url, amina, dilan, sent):
        for learner in (amina, dilan):
            page = trainer.post(url, {"learner": learner.pk, **sent} if sent else sent, follow=True)
            assert 'class="notice notice--bad"' in page.content.decode()
        trainer.post(url, {"learner": dilan.pk, "do": "stop"})

        assert (Call.objects.count(), Preference.objects.exclude(calls_stopped_at=None).count()) == (0, 0)

    def test_what_is_known_goes_along_when_a_guest_signs_up(self, session, amina, bram):
        guest, twin = UserFactory(guest=True), UserFactory(guest=True)
        for person in (guest, twin):
            Call.objects.create(session=session, person=person, by=bram, at=FRIDAY)
        actions.stop_calls(guest)

        merge_guest(guest, into=amina)
        merge_guest(twin, into=amina)

        assert [call.person for call in Call.objects.all()] == [amina]
        assert Preference.objects.get(person=amina).calls_stopped_at == FRIDAY

    def test_her_own_copy_says_it(self, tap, amina):
        tap("reached")
        tap("stop")

        copy = portability.everything_about(amina)

        assert copy["calls"] == [{"reached by phone": "2026-10-23T08:00:00+00:00"}]
        assert copy["letter_wishes"] == [{"calls_stopped_at": "2026-10-23T08:00:00+00:00"}]


class TestTheWayThere:
    def test_who_leads_finds_it_on_the_page_of_the_class(self, trainer, url, session):
        assert f'href="{url}"' in trainer.get(f"/teach/sessions/{session.pk}/").content.decode()

    def test_a_mediator_does_not(self, url, session):
        visitor = Client()
        visitor.force_login(session.mediator)

        assert visitor.get(url).status_code == 404
        page = visitor.get(f"/teach/sessions/{session.pk}/")
        assert page.status_code == 200
        assert url not in page.content.decode()
