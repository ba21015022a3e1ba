"""People who need a call: why, what to say, and what became of it, for trainers and for coordinators."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from classrooms import contacts
from classrooms.call_list import Wish, call_list
from classrooms.call_models import Call
from classrooms.enums import CallOrder, Reason, Status
from classrooms.models import HelpRequest
from learners.models import Enrolment
from people import portability
from people.actions import merge_guest
from people.enums import Role
from reminders import actions
from reminders.enums import State
from tests.classrooms.conftest import FRIDAY
from tests.factories.classrooms import AttendanceFactory, SessionFactory
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, do, finish_module
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.reminders import LetterFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
DAY = timedelta(days=1)
URLS = {"bram": "/teach/calls/", "celia": "/reports/calls/"}


@pytest.fixture
def reader(amina):
    """Amina, whom letters reach."""
    amina.email, amina.help_language = "amina@example.org", "en"
    amina.save()
    return amina


def why(cohort, person, *, now=FRIDAY) -> list[Reason]:
    found = call_list([cohort], Wish(), now=now).to_call
    return next(([one.reason for one in row.reasons] for row in found if row.person == person), [])


def hold(cohort, days_ago: int, **statuses: Status):
    """A class of so many days ago; statuses by user name."""
    session = SessionFactory(cohort=cohort, opened_at=FRIDAY - days_ago * DAY)
    for person in cohort.learners.filter(username__in=statuses):
        AttendanceFactory(session=session, person=person, status=statuses[person.username])
    return session


def miss(person, lesson, *, days_ago: int, tries: int, seconds: int = 20):
    """Wrong answers to the question of this lesson, the last one so many days ago."""
    question = lesson.steps.get(kind="question")
    for one in range(tries):
        do(
            person,
            question,
            at=FRIDAY - days_ago * DAY - one * timedelta(minutes=1),
            mark=0.0,
            seconds=seconds,
        )


class TestStopped:
    @pytest.mark.parametrize(
        ("days", "reasons"),
        [(13, []), (14, [Reason.STOPPED, Reason.NO_LETTER]), (400, [Reason.STOPPED, Reason.NO_LETTER])],
    )
    def test_whom_no_letter_reaches_is_called_when_others_get_a_letter(
        self, cohort, amina, lesson, days, reasons
    ):
        do(amina, lesson.steps.first(), at=FRIDAY - days * DAY)

        assert why(cohort, amina) == reasons

    @pytest.mark.parametrize(("days", "reasons"), [(14, []), (29, []), (30, [Reason.STOPPED])])
    def test_others_are_called_when_letters_have_brought_nothing(self, cohort, reader, lesson, days, reasons):
        do(reader, lesson.steps.first(), at=FRIDAY - days * DAY)

        assert why(cohort, reader) == reasons

    def test_a_class_she_came_to_is_no_silence(self, cohort, amina, lesson):
        do(amina, lesson.steps.first(), at=FRIDAY - 20 * DAY)
        hold(cohort, 2, amina=Status.LATE)

        assert why(cohort, amina) == []

    def test_who_has_finished_is_not_called(self, cohort, amina, lesson):
        finish_module(amina, lesson.module, at=FRIDAY - 60 * DAY)

        assert why(cohort, amina) == []

    def test_the_module_to_talk_about_is_the_one_she_was_last_at(self, cohort, amina):
        first, second = lesson_with_steps(), lesson_with_steps()
        do(amina, second.steps.first(), at=FRIDAY - 30 * DAY)
        do(amina, first.steps.first(), at=FRIDAY - 20 * DAY)

        [row] = call_list([cohort], Wish(), now=FRIDAY).to_call

        module = f"{first.module.number}. {first.module.title}"
        assert row.told()[0] == f"Stopped: nothing since 3 October 2026, and not finished: {module}."


class TestStuck:
    def test_as_many_mistakes_as_the_board_shows_and_no_try_for_days(self, cohort, reader, lesson):
        do(reader, lesson.steps.first(), at=FRIDAY - 4 * DAY)
        miss(reader, lesson, days_ago=3, tries=3)

        [row] = call_list([cohort], Wish(), now=FRIDAY).to_call

        assert row.told() == [
            f"Stuck at lesson {lesson.number}, step 2 since 20 October 2026: 3 mistakes there."
        ]

    def test_five_minutes_at_one_step(self, cohort, reader, lesson):
        miss(reader, lesson, days_ago=3, tries=2, seconds=150)

        [row] = call_list([cohort], Wish(), now=FRIDAY).to_call

        assert row.told()[0].endswith("5 minutes there.")

    @pytest.mark.parametrize(("days_ago", "tries"), [(2, 3), (3, 2)], ids=["lately", "two mistakes"])
    def test_who_may_still_find_it_herself_is_not(self, cohort, reader, lesson, days_ago, tries):
        miss(reader, lesson, days_ago=days_ago, tries=tries)

        assert why(cohort, reader) == []

    def test_who_passed_it_or_went_on_elsewhere_is_not(self, cohort, reader, lesson):
        miss(reader, lesson, days_ago=5, tries=4)
        do(reader, lesson.steps.first(), at=FRIDAY - 4 * DAY)
        assert why(cohort, reader) == []

        miss(reader, lesson, days_ago=3, tries=1)
        assert why(cohort, reader) == [Reason.STUCK]
        do(reader, lesson.steps.get(kind="question"), at=FRIDAY - 3 * DAY)
        assert why(cohort, reader) == []

    def test_who_came_to_class_since_is_not(self, cohort, reader, lesson):
        miss(reader, lesson, days_ago=5, tries=4)
        hold(cohort, 4, amina=Status.PRESENT)

        assert why(cohort, reader) == []


class TestAbsent:
    def test_twice_in_a_row(self, cohort, reader):
        hold(cohort, 21, amina=Status.PRESENT)
        hold(cohort, 14, amina=Status.ABSENT)
        assert why(cohort, reader) == []

        hold(cohort, 7, amina=Status.ABSENT)

        [row] = call_list([cohort], Wish(), now=FRIDAY).to_call
        assert row.told() == ["Absent on 9 October 2026 and on 16 October 2026: twice in a row."]

    @pytest.mark.parametrize("last", [Status.PRESENT, Status.EXCUSED])
    def test_once_more_there_or_excused_is_not(self, cohort, reader, last):
        hold(cohort, 21, amina=Status.ABSENT)
        hold(cohort, 14, amina=Status.ABSENT)
        hold(cohort, 7, amina=last)

        assert why(cohort, reader) == []

    def test_a_class_that_nobody_ticked_counts_only_for_who_joined_it(self, cohort, reader):
        hold(cohort, 21, amina=Status.ABSENT)
        hold(cohort, 14, amina=Status.ABSENT)
        session = hold(cohort, 7)
        assert why(cohort, reader) == [Reason.ABSENT]

        AttendanceFactory(session=session, person=reader, status="", joined_at=FRIDAY - 7 * DAY)
        assert why(cohort, reader) == []

    def test_what_happened_in_a_cohort_she_has_left_is_over(self, cohort, reader, bram):
        hold(cohort, 14, amina=Status.ABSENT)
        hold(cohort, 7, amina=Status.ABSENT)
        cohort.learners.remove(reader)
        other = CohortFactory(organisation=cohort.organisation, trainers=[bram], learners=[reader])

        assert call_list([cohort, other], Wish(), now=FRIDAY).to_call == []


class TestHelp:
    def ask(self, session, person, *, comes=None, ended_after: int | None = None):
        asked_at = session.opened_at + timedelta(minutes=30)
        ended_at = session.closed_at
        if ended_after is not None:
            ended_at = asked_at + timedelta(minutes=ended_after)
        return HelpRequest.objects.create(
            session=session, person=person, asked_at=asked_at, comes=comes, ended_at=ended_at
        )

    def test_who_asked_and_nobody_came(self, cohort, reader):
        self.ask(hold(cohort, 7, amina=Status.PRESENT), reader)

        [row] = call_list([cohort], Wish(), now=FRIDAY).to_call
        assert row.told() == ["Asked for help in class on 16 October 2026, and nobody came."]

    def test_also_in_a_class_that_closed_itself(self, cohort, reader):
        session = hold(cohort, 7)
        asked = self.ask(session, reader)
        session.closed_at, asked.ended_at = None, None
        session.save()
        asked.save()

        assert why(cohort, reader) == [Reason.HELP]

    def test_who_was_helped_or_needed_none_any_more(self, cohort, reader, bram):
        session = hold(cohort, 7)
        self.ask(session, reader, ended_after=5)
        self.ask(session, reader, comes=bram)

        assert why(cohort, reader) == []

    def test_who_came_again_could_ask_again(self, cohort, reader):
        self.ask(hold(cohort, 7, amina=Status.PRESENT), reader)
        hold(cohort, 3, amina=Status.PRESENT)

        assert why(cohort, reader) == []


class TestNoLetter:
    @pytest.fixture(autouse=True)
    def _written_down_today(self, amina):
        amina.date_joined = FRIDAY
        amina.save()

    def test_nothing_heard_of_her_since_she_was_written_down(self, cohort, amina):
        assert why(cohort, amina) == []

        later = FRIDAY + 14 * DAY
        [row] = call_list([cohort], Wish(), now=later).to_call
        assert row.told() == ["No letter reaches her: we have no e-mail address. She has not begun yet."]

    def test_of_who_can_be_written_to_it_is_none(self, cohort, reader):
        assert why(cohort, reader, now=FRIDAY + 99 * DAY) == []

    def test_why_no_letter_reaches_her(self, cohort, reader):
        later = FRIDAY + 20 * DAY
        LetterFactory(person=reader, state=State.FAILED)
        assert "our last letter came back" in call_list([cohort], Wish(), now=later).to_call[0].told()[0]

        actions.stop_letters(actions.preference_of(reader).token)
        [row] = call_list([cohort], Wish(), now=later).to_call
        assert "she wants no letters" in row.told()[0]
        assert "e-mail" not in row.words(reader)


class TestTogether:
    @pytest.fixture
    def many(self, cohort, amina, lesson):
        """Amina, who has every reason."""
        session = hold(cohort, 40, amina=Status.PRESENT)
        miss(amina, lesson, days_ago=41, tries=3)
        Enrolment.objects.update(last_attempt_at=FRIDAY - 41 * DAY)
        TestHelp().ask(session, amina)
        hold(cohort, 30, amina=Status.ABSENT)
        hold(cohort, 20, amina=Status.ABSENT)
        return amina

    def test_all_reasons_of_one_person_stand_together_the_most_urgent_first(self, cohort, many):
        assert why(cohort, many) == [Reason.HELP, Reason.ABSENT, Reason.STOPPED, Reason.NO_LETTER]

    def test_words_for_each_reason_in_her_language_and_in_the_callers(self, many, client, bram):
        client.force_login(bram)

        page = client.get("/teach/calls/", headers={"accept-language": "en"}).content.decode()

        found = r'<p class="calls__words" lang="ar" dir="rtl">(.*)</p>\n<p class="small">(.*)</p>'
        [(_, own)] = re.findall(found, page)
        own = own.replace("\u2068", "").replace("\u2069", "")
        assert own == (
            "Hello Amina, this is Bram of Wegwijs vzw. You asked for help on 13 September 2026, and nobody came. I am sorry. "
            "On 23 September 2026 and on 3 October 2026 you were not in class. "
            "Since 13 September 2026 we have not seen you. You can go on where you stopped. "
            "Do you have an e-mail address? Then we can write to you. How are you? What can we do for you?"
        )

    def test_order_and_filters(self, cohort, many, lesson, bram):
        zahra = UserFactory(username="zahra", name="Zahra", help_language="uk")
        other = CohortFactory(organisation=cohort.organisation, trainers=[bram], learners=[zahra])
        do(zahra, lesson.steps.first(), at=FRIDAY - 90 * DAY)

        def names(**wish) -> list[str]:
            found = call_list([cohort, other], Wish(**wish), now=FRIDAY).to_call
            return [row.person.name for row in found]

        assert names() == names(order=CallOrder.NAME) == ["Amina", "Zahra"]
        assert names(order=CallOrder.LONGEST) == ["Zahra", "Amina"]
        assert names(cohort=other.pk) == names(language="uk") == ["Zahra"]
        assert names(reason=Reason.ABSENT) == ["Amina"]
        assert names(reason=Reason.STUCK) == []


class TestCalls:
    @pytest.fixture
    def tap(self, cohort, amina, lesson, client, bram):
        """Amina has stopped. (whom to call, reached, without calls), after a tap of Bram's or of another's."""
        do(amina, lesson.steps.first(), at=FRIDAY - 20 * DAY)

        def tap(do: str, who=bram, url="/teach/calls/", **sent) -> tuple[int, int, int]:
            client.force_login(who)
            page = client.post(url, {"learner": amina.pk, "do": do, **sent}, follow=True)
            found = page.context
            return found["page"].paginator.count, found["reached_count"], found["without_calls_count"]

        return tap

    def test_one_tap_and_nobody_calls_her_again_that_day(self, tap, bram, celia, amina):
        assert tap("reached") == tap("reached") == (0, 1, 0)
        assert tap("reached", celia, "/reports/calls/") == (0, 1, 0)

        assert [(call.person, call.by) for call in Call.objects.all()] == [(amina, celia)]

    def test_one_tap_back_and_twice_is_once(self, tap, cohort, amina, bram):
        contacts.reached(amina, by=bram, now=FRIDAY - 60 * DAY)
        tap("reached")
        last = Call.objects.get(at=FRIDAY)

        assert tap("not_reached", call=last.pk) == tap("not_reached", call=last.pk) == (1, 0, 0)

        assert [call.at for call in Call.objects.all()] == [FRIDAY - 60 * DAY]

    def test_a_call_about_a_class_counts_too(self, tap, cohort, amina, bram):
        Call.objects.create(session=hold(cohort, 1), person=amina, by=bram, at=FRIDAY - 2 * DAY)

        assert len(call_list([cohort], Wish(), now=FRIDAY).reached) == 1

    def test_what_lasts_comes_back_after_two_weeks(self, tap, cohort, amina):
        tap("reached")

        assert why(cohort, amina, now=FRIDAY + 13 * DAY) == []
        assert why(cohort, amina, now=FRIDAY + 14 * DAY) == [Reason.STOPPED, Reason.NO_LETTER]

    def test_what_happened_is_settled_for_good_and_what_is_new_is_not(self, cohort, reader, bram):
        hold(cohort, 21, amina=Status.ABSENT)
        hold(cohort, 14, amina=Status.ABSENT)
        contacts.reached(reader, by=bram, now=FRIDAY - 10 * DAY)
        assert why(cohort, reader, now=FRIDAY + 99 * DAY) == []

        hold(cohort, 7, amina=Status.ABSENT)
        assert why(cohort, reader) == [Reason.ABSENT]

    def test_who_wants_no_calls_stands_apart(self, tap, cohort):
        assert tap("stop") == (0, 0, 1)
        assert tap("resume") == (1, 0, 0)

    def test_a_call_of_others_about_their_class_is_not_taken_back_here(self, tap, amina, dilan):
        other = CohortFactory(learners=[amina], trainers=[dilan])
        call = Call.objects.create(session=hold(other, 1), person=amina, by=dilan, at=FRIDAY)

        assert tap("not_reached", call=call.pk) == (0, 1, 0)

    def test_who_called_is_told_of_colleagues_only(self, tap, client, bram, dilan, amina):
        contacts.reached(amina, by=dilan, now=FRIDAY)
        client.force_login(bram)
        page = client.get("/teach/calls/", headers={"accept-language": "en"}).content.decode()
        assert "Last reached on 23 October 2026" in page
        assert "Dilan" not in page

        tap("reached")
        page = client.get("/teach/calls/", headers={"accept-language": "en"}).content.decode()
        assert "Last reached on 23 October 2026 by <bdi>Bram</bdi>" in page

    @pytest.mark.parametrize("sent", [{}, {"do": "x"}, {"do": "not_reached", "call": "x"}])
    def test_what_the_page_never_sends_changes_nothing(self, tap, client, bram, amina, dilan, sent):
        client.force_login(bram)
        for learner in (amina.pk, dilan.pk, "x"):
            page = client.post("/teach/calls/", {"learner": learner, **sent}, follow=True)
            assert 'class="notice notice--bad"' in page.content.decode()

    def test_calls_go_along_when_a_guest_signs_up(self, amina, bram):
        guest, twin = UserFactory(guest=True), UserFactory(guest=True)
        for person in (guest, twin):
            contacts.reached(person, by=bram, now=FRIDAY)

        merge_guest(guest, into=amina)
        merge_guest(twin, into=amina)

        assert [call.person for call in Call.objects.all()] == [amina]
        assert len(portability.everything_about(amina)["calls"]) == 1


class TestWhoMayLook:
    @pytest.fixture
    def stopped(self, cohort, amina, lesson):
        amina.name = "Geheimnaam"
        amina.save()
        do(amina, lesson.steps.first(), at=FRIDAY - 20 * DAY)
        return amina

    @pytest.mark.parametrize("who", URLS)
    def test_trainers_and_coordinators_see_their_own(self, who, request, client, stopped):
        client.force_login(request.getfixturevalue(who))

        answer = client.get(URLS[who])

        assert "Geheimnaam" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_those_of_another_organisation_see_and_change_nothing(self, client, stopped):
        other = OrganisationFactory()
        for role, url in ((Role.TRAINER, "/teach/calls/"), (Role.COORDINATOR, "/reports/calls/")):
            client.force_login(MembershipFactory(user=UserFactory(), organisation=other, role=role).user)

            assert "Geheimnaam" not in client.get(url).content.decode()
            client.post(url, {"learner": stopped.pk, "do": "reached"})
            client.post(url, {"learner": stopped.pk, "do": "stop"})

        assert Call.objects.count() == 0
        assert actions.preference_of(stopped).calls_stopped_at is None

    def test_a_mediator_and_a_stranger_find_nothing(self, stopped, organisation, dilan):
        mediator = MembershipFactory(user=UserFactory(), organisation=organisation, role=Role.MEDIATOR).user
        for person in (mediator, dilan, stopped):
            visitor = Client()
            visitor.force_login(person)
            assert [visitor.get(url).status_code for url in URLS.values()] == [404, 404]

    def test_a_trainer_sees_nothing_of_her_colleagues_cohorts(self, client, stopped, organisation):
        els = MembershipFactory(user=UserFactory(), organisation=organisation, role=Role.TRAINER).user
        CohortFactory(organisation=organisation, trainers=[els])
        client.force_login(els)

        assert "Geheimnaam" not in client.get("/teach/calls/").content.decode()

    def test_a_cohort_that_ended_is_not_called(self, client, stopped, bram, cohort):
        cohort.ended_at = FRIDAY
        cohort.save()
        client.force_login(bram)

        assert "Geheimnaam" not in client.get("/teach/calls/").content.decode()

    def test_a_coordinator_sees_only_her_cohorts_of_a_learner_of_two_houses(self, client, stopped, celia):
        CohortFactory(name="Elsewhere", learners=[stopped])
        client.force_login(celia)

        assert "Elsewhere" not in client.get("/reports/calls/").content.decode()


class TestThePage:
    @pytest.fixture
    def fill(self, organisation, lesson):
        def fill(size: int) -> None:
            for number in range(size):
                people = [UserFactory(username=f"c{number}p{one}") for one in range(size)]
                cohort = CohortFactory(organisation=organisation, trainers=[UserFactory()], learners=people)
                for person in people:
                    miss(person, lesson, days_ago=40, tries=3)
                statuses = {person.username: Status.ABSENT for person in people}
                TestHelp().ask(hold(cohort, 30, **statuses), people[0])
                hold(cohort, 20, **statuses)
                contacts.reached(people[-1], by=UserFactory(), now=FRIDAY)

        return fill

    @pytest.mark.parametrize("size", [1, 3])
    def test_costs_the_same(self, client, celia, fill, size, django_assert_num_queries):
        fill(size)
        client.force_login(celia)
        client.get("/reports/calls/")

        with django_assert_num_queries(17):
            page = client.get("/reports/calls/")
        assert page.context["page"].paginator.count + page.context["reached_count"] == size * size

    def test_fifty_stand_on_a_page_and_the_choice_stays(self, client, bram, cohort, lesson):
        people = UserFactory.create_batch(52)
        cohort.learners.add(*people)
        Enrolment.objects.bulk_create(
            Enrolment(person=one, module=lesson.module, started_at=FRIDAY, last_attempt_at=FRIDAY - 20 * DAY)
            for one in people
        )
        client.force_login(bram)

        first, second = (client.get("/teach/calls/", {"order": "name", "page": page}) for page in (1, 2))

        assert [len(page.context["cards"]) for page in (first, second)] == [50, 2]
        assert "order=name&amp;page=2" in first.content.decode()

    def test_an_address_of_nobody_shows_everybody_and_says_so(self, client, bram, cohort, amina, lesson):
        do(amina, lesson.steps.first(), at=FRIDAY - 20 * DAY)
        client.force_login(bram)

        page = client.get("/teach/calls/?cohort=9999&reason=x", headers={"accept-language": "en"})

        assert "We do not know this choice." in page.content.decode()
        assert len(page.context["cards"]) == 1

    def test_the_number_dials(self, client, bram, cohort, amina, lesson):
        amina.phone = "+32470123456"
        amina.save()
        do(amina, lesson.steps.first(), at=FRIDAY - 20 * DAY)
        client.force_login(bram)

        assert 'href="tel:+32470123456"' in client.get("/teach/calls/").content.decode()

    def test_coordinators_find_it_from_their_reports(self, client, celia):
        client.force_login(celia)

        assert 'href="/reports/calls/"' in client.get("/reports/").content.decode()
