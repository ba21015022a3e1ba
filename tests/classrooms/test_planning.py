"""Planning: Brussels time, holidays, series once, who sees what."""

from datetime import UTC, date, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import actions, planning, register
from classrooms.models import Place, SchoolHoliday, Session
from classrooms.templatetags.classroom import sessions_before
from people.enums import Role
from reminders.clock import BRUSSELS
from tests.factories.courses import rows_of_steps
from tests.factories.learners import CohortFactory, do
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

NINE, ELEVEN = time(9), time(11)


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday() or 7)


@pytest.fixture
def place(organisation):
    return Place.objects.create(organisation=organisation, name="The blue house", town="Gent")


@pytest.fixture
def planned(cohort, bram, place):
    [session] = planning.plan(
        cohort,
        [planning.span(next_monday(), NINE, ELEVEN)],
        series=uuid4(),
        lessons=[],
        place=place,
        trainer=bram,
    )
    return session


@pytest.fixture
def mediator(organisation):
    return MembershipFactory(
        user=UserFactory(username="samir", name="Samir"), organisation=organisation, role=Role.MEDIATOR
    ).user


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**changed):
    return {
        "day": next_monday().isoformat(),
        "begins": "09:00",
        "ends": "11:00",
        "every": "0",
        "series": str(uuid4()),
        "childcare_places": "0",
        **changed,
    }


def local(session: Session) -> tuple[str, str]:
    return tuple(f"{moment.astimezone(BRUSSELS):%d %H:%M}" for moment in (session.starts_at, session.ends_at))


class TestTheClockOnTheWall:
    def test_a_series_keeps_its_hour_when_the_clocks_change(self, cohort):
        # Summer time ends on 25 October 2026.
        days = planning.days_of(date(2026, 10, 20), weeks=1, until=date(2026, 10, 27))
        spans = [planning.span(day.day, NINE, ELEVEN) for day in days]

        before, after = planning.plan(cohort, spans, series=uuid4(), lessons=[])

        assert (before.starts_at.astimezone(UTC).hour, after.starts_at.astimezone(UTC).hour) == (7, 8)
        assert {local(before)[0][3:], local(after)[0][3:]} == {"09:00"}

    def test_over_midnight(self):
        starts, ends = planning.span(date(2026, 12, 1), time(22), time(1))

        assert ends - starts == timedelta(hours=3)

    def test_a_time_that_the_night_leaves_out_is_refused(self):
        with pytest.raises(planning.NoSuchTime):
            planning.moment(date(2027, 3, 28), time(2, 30))

    def test_a_class_over_the_night_of_the_change_lasts_as_long_as_it_does(self):
        starts, ends = planning.span(date(2026, 10, 24), time(23), time(4))

        assert ends.astimezone(UTC) - starts.astimezone(UTC) == timedelta(hours=6)


class TestHolidays:
    def test_public_and_school_holidays_say_why(self):
        days = planning.days_of(date(2026, 12, 4), weeks=1, until=date(2027, 1, 8), community="nl")

        closed = {one.day.isoformat(): one.why_not for one in days if one.why_not}
        assert set(closed) == {"2026-12-25", "2027-01-01"}
        assert closed["2027-01-01"] == "New Year's Day"

    def test_another_community_has_other_holidays(self):
        SchoolHoliday.objects.create(
            community="de", name="Frei", first_day=date(2027, 5, 10), last_day=date(2027, 5, 10)
        )
        day = date(2027, 5, 3)

        assert [one.why_not for one in planning.days_of(day, weeks=1, until=date(2027, 5, 10), community="de")] == [
            "", "Frei",
        ]  # fmt: skip
        assert [one.why_not for one in planning.days_of(day, weeks=1, until=date(2027, 5, 10), community="fr")] == [
            "Vacances de printemps", "",
        ]  # fmt: skip

    def test_a_series_has_an_end(self):
        assert len(planning.days_of(date(2026, 1, 5), weeks=1, until=date(2028, 1, 1))) == planning.MOST_DAYS


class TestThePage:
    def test_one_class_is_planned_at_once_with_a_new_place(self, trainer, cohort, mediator, lesson):
        answer = trainer.post(
            f"/teach/{cohort.pk}/plan/",
            sent(
                **{"place-name": "Library", "place-town": "Aalst", "spoken_languages": ["ar", "fr"]},
                mediator=mediator.pk, mediator_language="ti", mediator_hours="1.5", seats="12", childcare_places="4",
                is_women_only="on", is_public="on", module=lesson.module.pk, lessons=[lesson.pk],
            ),
        )  # fmt: skip

        assert answer.status_code == 302
        session = Session.objects.get()
        assert local(session) == tuple(f"{next_monday():%d} {clock}" for clock in ("09:00", "11:00"))
        assert (session.place.town, session.place.organisation) == ("Aalst", cohort.organisation)
        assert session.spoken == ["ar", "fr", "ti"]
        assert (session.mediator_minutes, session.seats, session.childcare_places) == (90, 12, 4)
        assert (session.is_women_only, session.is_school_hours, session.is_public) == (True, False, True)
        assert list(session.lessons.all()) == [lesson]
        page = trainer.get(f"/teach/{cohort.pk}/")
        assert f'href="/teach/sessions/{session.pk}/"' in page.content.decode()

    def test_a_place_is_written_once(self, trainer, cohort, place):
        for _ in range(2):
            trainer.post(
                f"/teach/{cohort.pk}/plan/", sent(**{"place-name": "the blue HOUSE", "place-town": "gent"})
            )

        assert [session.place for session in Session.objects.all()] == [place, place]

    def test_days_of_a_series_are_shown_before_anything_is_planned(self, trainer, cohort):
        wishes = sent(every="1", until=(next_monday() + timedelta(weeks=2)).isoformat())

        page = trainer.post(f"/teach/{cohort.pk}/plan/", wishes)

        assert page.status_code == 200
        assert Session.objects.count() == 0
        form = page.context["form"]
        assert [day.day for day, _ in form.ticked_days()] == [
            next_monday() + timedelta(weeks=n) for n in range(3)
        ]
        ticked = [next_monday().isoformat(), (next_monday() + timedelta(weeks=2)).isoformat()]
        planned = wishes | {"shown_for": form.wishes, "days": ticked}
        trainer.post(f"/teach/{cohort.pk}/plan/", planned)
        trainer.post(f"/teach/{cohort.pk}/plan/", planned)
        assert [session.starts_at.date().isoformat() for session in Session.objects.order_by("pk")] == ticked

    def test_who_changes_her_wishes_sees_the_days_again(self, trainer, cohort):
        wishes = sent(every="1", until=(next_monday() + timedelta(weeks=2)).isoformat())
        shown = trainer.post(f"/teach/{cohort.pk}/plan/", wishes).context["form"].wishes

        page = trainer.post(
            f"/teach/{cohort.pk}/plan/",
            wishes | {"every": "2", "shown_for": shown, "days": [next_monday().isoformat()]},
        )

        assert page.status_code == 200
        assert Session.objects.count() == 0

    def test_no_day_ticked_is_said(self, trainer, cohort):
        wishes = sent(every="1", until=(next_monday() + timedelta(weeks=2)).isoformat())
        shown = trainer.post(f"/teach/{cohort.pk}/plan/", wishes).context["form"].wishes

        page = trainer.post(f"/teach/{cohort.pk}/plan/", wishes | {"shown_for": shown})

        assert page.status_code == 422
        assert "Tick at least one day." in page.content.decode()

    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"day": "2099-01-01"}, "too far away"),
            ({"day": "tomorrow"}, "Enter a valid date"),
            ({"begins": "9"}, "Enter a valid time"),
            ({"begins": "06:00", "ends": "19:00"}, "more than 12 hours"),
            ({"every": "1"}, "Until which day?"),
            ({"every": "1", "until": "2020-01-01"}, "after the first one"),
            ({"place-name": "Library"}, "needs a name and a town"),
            ({"mediator": "999999"}, "Select a valid choice"),
        ],
    )
    def test_mistakes_are_said_and_nothing_typed_is_lost(self, trainer, cohort, changed, told):
        page = trainer.post(f"/teach/{cohort.pk}/plan/", sent(seats="7", **changed))

        assert page.status_code == 422
        html = page.content.decode()
        assert told in html
        assert 'name="seats" value="7"' in html
        assert Session.objects.count() == 0

    def test_another_organisations_place_and_people_cannot_be_chosen(self, trainer, cohort):
        other = CohortFactory()
        theirs = Place.objects.create(organisation=other.organisation, name="Theirs", town="Luik")
        stranger = MembershipFactory(organisation=other.organisation, role=Role.MEDIATOR).user

        for field, value in (("place", theirs.pk), ("mediator", stranger.pk), ("trainer", stranger.pk)):
            assert trainer.post(f"/teach/{cohort.pk}/plan/", sent(**{field: value})).status_code == 422

        assert Session.objects.count() == 0

    def test_the_next_class_begins_like_the_last(self, trainer, cohort, planned):
        form = trainer.get(f"/teach/{cohort.pk}/plan/").context["form"]

        assert form["day"].value() == next_monday() + timedelta(weeks=1)
        assert (form["begins"].value(), form["place"].value()) == (NINE, planned.place_id)

    def test_clashes_and_holidays_are_told(self, trainer, cohort, planned, place):
        page = trainer.post(
            f"/teach/{cohort.pk}/plan/", sent(begins="10:30", ends="12:00", place=place.pk), follow=True
        )

        assert "The blue house, Gent is also in" in page.content.decode()

    @pytest.mark.parametrize("hours", ["1.33", "0.01", "2.5"])
    def test_hours_booked_come_back_as_they_are_taken(self, trainer, cohort, mediator, hours):
        url = f"/teach/{cohort.pk}/plan/"
        trainer.post(url, sent(mediator=mediator.pk, mediator_hours=hours))
        session = Session.objects.get()

        for page in (url, f"/teach/sessions/{session.pk}/change/"):
            shown = trainer.get(page).context["form"]["mediator_hours"].value()
            again = sent(mediator=mediator.pk, mediator_hours=str(shown), day=str(next_monday()))
            assert trainer.post(page, again).status_code == 302

        minutes = Session.objects.values_list("mediator_minutes", flat=True)
        assert set(minutes) == {round(float(hours) * 60)}

    def test_a_booking_elsewhere_is_told_without_its_cohort(self, trainer, cohort, bram, mediator):
        elsewhere = CohortFactory(name="Secret cohort")
        here = CohortFactory(name="Monday cohort", organisation=cohort.organisation)
        spans = [planning.span(next_monday(), NINE, ELEVEN)]
        planning.plan(elsewhere, spans, series=uuid4(), lessons=[], mediator=mediator, trainer=bram)
        planning.plan(here, spans, series=uuid4(), lessons=[], trainer=bram)

        page = trainer.post(
            f"/teach/{cohort.pk}/plan/", sent(mediator=mediator.pk, trainer=bram.pk), follow=True
        ).content.decode()

        assert "Secret cohort" not in page
        assert "Samir is not free at that time" in page
        assert "Bram is also in “Monday cohort” at that time" in page


class TestLater:
    @pytest.fixture
    def series(self, cohort):
        spans = [planning.span(next_monday() + timedelta(weeks=n), NINE, ELEVEN) for n in range(3)]
        return planning.plan(cohort, spans, series=uuid4(), lessons=[])

    def test_one_is_changed_or_it_and_the_later_ones(self, trainer, series, place):
        url = f"/teach/sessions/{series[1].pk}/change/"
        new = sent(day=series[1].starts_at.date().isoformat(), begins="13:00", ends="15:00", place=place.pk)

        trainer.post(url, new)
        assert [local(row)[0][3:] for row in Session.objects.order_by("pk")] == ["09:00", "13:00", "09:00"]
        trainer.post(url, new | {"which": "later"})

        assert [local(row)[0][3:] for row in Session.objects.order_by("pk")] == ["09:00", "13:00", "13:00"]
        assert [row.place for row in Session.objects.order_by("pk")] == [None, place, place]

    def test_onto_another_class_of_the_series_is_refused(self, trainer, series, cohort):
        url = f"/teach/sessions/{series[0].pk}/change/"
        day = series[1].starts_at.date().isoformat()
        before = list(Session.objects.order_by("pk").values_list("starts_at", "place"))

        for which in ("one", "later"):
            page = trainer.post(url, sent(day=day, seats="7", which=which))
            assert page.status_code == 422
            html = page.content.decode()
            assert "Another class of this series is at that time." in html
            assert 'name="seats" value="7"' in html

        assert list(Session.objects.order_by("pk").values_list("starts_at", "place")) == before
        assert trainer.post(url, sent(day=day, begins="14:00", ends="15:00")).status_code == 302

    def test_what_was_opened_meanwhile_stays_open(self, series, bram):
        stale = Session.objects.get(pk=series[0].pk)
        actions.open_session(stale.cohort, by=bram, now=stale.starts_at)

        changed = planning.change(stale, next_monday(), time(13), time(15), and_later=False, lessons=[])

        assert changed == []
        assert Session.objects.get(pk=stale.pk).opened_at == stale.starts_at

    def test_called_off(self, trainer, series):
        trainer.post(f"/teach/sessions/{series[1].pk}/cancel/", {"which": "later"})

        assert [row.cancelled_at is None for row in Session.objects.order_by("pk")] == [True, False, False]
        page = trainer.get(f"/teach/sessions/{series[1].pk}/").content.decode()
        assert "This class is called off." in page
        assert "Start the class" not in page

    def test_what_was_held_stays(self, trainer, series, bram):
        actions.open_session(series[0].cohort, by=bram, now=series[0].starts_at)

        trainer.post(f"/teach/sessions/{series[0].pk}/cancel/", {})

        assert Session.objects.get(pk=series[0].pk).cancelled_at is None
        assert trainer.get(f"/teach/sessions/{series[0].pk}/change/").status_code == 404


class TestStarting:
    def test_start_the_class_takes_up_what_is_planned_now(self, cohort, bram, planned):
        session = actions.open_session(cohort, by=bram, now=planned.starts_at - timedelta(minutes=20))

        assert session == planned
        assert session.began_at == planned.starts_at

    def test_hours_before_it_is_another_class(self, cohort, bram, planned):
        session = actions.open_session(cohort, by=bram, now=planned.starts_at - timedelta(hours=5))

        assert session != planned

    def test_what_nobody_closed_ended_as_planned(self, cohort, bram, planned):
        session = actions.open_session(cohort, by=bram, now=planned.starts_at)

        assert session.is_open(planned.ends_at + timedelta(minutes=20))
        assert session.ended_at(planned.ends_at + timedelta(hours=5)) == planned.ends_at

    @pytest.mark.parametrize(("closed", "minutes"), [(-15, 75), (0, 90), (10, 10)])
    def test_over_before_it_should_begin_it_counts_from_when_it_opened(
        self, cohort, bram, amina, planned, closed, minutes
    ):
        session = actions.open_session(cohort, by=bram, now=planned.starts_at - timedelta(minutes=90))
        ended = planned.starts_at + timedelta(minutes=closed)
        actions.tick(session, amina, status="present", minutes_late=None, by=bram, now=ended)
        actions.close_session(session, now=ended)
        session.refresh_from_db()

        assert register.minutes_held(session, now=ended) == minutes
        assert [one.minutes for one in register.results(session, now=ended)] == [minutes]
        assert session.began_at == ended - timedelta(minutes=minutes)

    def test_a_class_of_another_day_is_not_started_by_mistake(self, trainer, cohort, planned):
        page = trainer.get(f"/teach/sessions/{planned.pk}/").content.decode()
        assert f"/teach/sessions/{planned.pk}/start/" not in page

        answer = trainer.post(f"/teach/sessions/{planned.pk}/start/", follow=True).content.decode()

        assert "You can start this class from 2 hours before it begins." in answer
        planned.refresh_from_db()
        cohort.refresh_from_db()
        assert (planned.opened_at, cohort.is_open) == (None, False)
        assert trainer.get(f"/teach/sessions/{planned.pk}/change/").status_code == 200

    def test_shortly_before_it_begins_it_is_started(self, trainer, planned):
        starts = timezone.now() + actions.EARLIEST_START
        Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))
        start = f"/teach/sessions/{planned.pk}/start/"
        assert start in trainer.get(f"/teach/sessions/{planned.pk}/").content.decode()

        trainer.post(start)

        planned.refresh_from_db()
        assert planned.is_open(timezone.now())

    def test_what_is_over_is_not_started_from_an_old_page(self, trainer, planned):
        starts = timezone.now() - timedelta(days=7)
        Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))

        trainer.post(f"/teach/sessions/{planned.pk}/start/")

        planned.refresh_from_db()
        assert planned.opened_at is None
        assert Session.objects.open_at(timezone.now()).count() == 1

    def test_the_code_opens_nothing_before(self, client, planned):
        assert client.get(f"/join/{planned.code}/").status_code == 404

    def test_held_on_paper(self, trainer, planned, amina):
        Session.objects.update(
            starts_at=timezone.now() - timedelta(hours=4), ends_at=timezone.now() - timedelta(hours=2)
        )

        page = trainer.get(f"/teach/sessions/{planned.pk}/")
        assert "Was it held on paper?" in page.content.decode()
        trainer.post(f"/teach/sessions/{planned.pk}/attendance/", {f"{amina.pk}-status": "present"})

        [result] = trainer.get(f"/teach/sessions/{planned.pk}/").context["results"]
        assert (result.attendance.status, result.minutes) == ("present", 120)

    def test_held_on_paper_it_is_found_on_the_page_of_its_cohort(self, trainer, cohort, planned, amina):
        starts = timezone.now() - timedelta(hours=4)
        Session.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=2))

        def page() -> str:
            return trainer.get(f"/teach/{cohort.pk}/").content.decode()

        assert f'href="/teach/sessions/{planned.pk}/"' in page()
        assert "The attendance was not saved yet." in page()
        trainer.post(f"/teach/sessions/{planned.pk}/attendance/", {f"{amina.pk}-status": "present"})
        assert "The attendance was not saved yet." not in page()
        Session.objects.update(cancelled_at=starts)
        assert f'href="/teach/sessions/{planned.pk}/"' not in page()

    def test_classes_before_stand_as_they_began(self, cohort, bram, planned):
        now = timezone.now()
        Session.objects.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=2, hours=-2))
        older, newer = (
            actions.open_session(cohort, by=bram, now=now - timedelta(days=days)) for days in (3, 1)
        )

        assert sessions_before(cohort) == [newer, planned, older]
        actions.open_session(cohort, by=bram, now=now)
        assert sessions_before(cohort) == [newer, planned, older]

    def test_steps_after_a_class_on_paper_count_in_no_class(self, planned, amina):
        now = timezone.now()
        planned.starts_at, planned.ends_at = now - timedelta(hours=4), now - timedelta(hours=2)
        planned.save()
        in_class, at_home = rows_of_steps(2)
        do(amina, in_class, at=now - timedelta(hours=3))
        do(amina, at_home, at=now - timedelta(hours=1))

        assert [one.steps for one in register.results(planned, now=now)] == [1]


class TestAMediator:
    @pytest.fixture
    def booked(self, planned, mediator):
        # For today: a class of another day cannot be started.
        starts = timezone.now()
        Session.objects.filter(pk=planned.pk).update(
            mediator=mediator,
            mediator_language="ar",
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
        planned.refresh_from_db()
        return planned

    def test_sees_what_she_is_booked_for_and_nothing_else(self, booked, mediator, cohort, amina):
        other = planning.plan(
            cohort, [planning.span(next_monday(), time(14), time(15))], series=uuid4(), lessons=[]
        )[0]
        hers = client_of(mediator)

        page = hers.get("/teach/bookings/").content.decode()

        assert f'href="/teach/sessions/{booked.pk}/"' in page
        assert f"/teach/sessions/{other.pk}/" not in page
        assert hers.get(f"/teach/sessions/{booked.pk}/").status_code == 200
        assert "Amina" not in hers.get(f"/teach/sessions/{booked.pk}/").content.decode()
        for closed in (
            f"/teach/sessions/{other.pk}/", "/teach/", f"/teach/{cohort.pk}/", f"/teach/{cohort.pk}/plan/",
            f"/teach/sessions/{booked.pk}/attendance/", f"/teach/sessions/{booked.pk}/change/",
            f"/teach/sessions/{booked.pk}/wall/",
        ):  # fmt: skip
            assert hers.get(closed).status_code == 404, closed

    def test_during_the_class_she_sees_who_needs_help_and_comes(self, booked, mediator, bram, amina):
        actions.open_session(booked.cohort, by=bram, now=timezone.now(), planned=booked)
        actions.join(booked, amina, now=timezone.now())
        actions.ask_for_help(booked, amina, now=timezone.now())
        hers = client_of(mediator)

        page = hers.get(f"/teach/sessions/{booked.pk}/").content.decode()
        hers.post(f"/teach/sessions/{booked.pk}/help/", {"learner": amina.pk, "do": "come"})

        assert "Amina" in page
        assert "End the class" not in page
        assert booked.help_requests.get().comes == mediator
        now = hers.get(f"/teach/sessions/{booked.pk}/now/")
        assert now.status_code == 200
        assert "/lead/" not in now.content.decode()
        for act in ("close", "lead", "door", "start", "cancel"):
            assert (
                hers.post(f"/teach/sessions/{booked.pk}/{act}/", {"do": "lead", "path": "a/b/1"}).status_code
                == 404
            )
        booked.refresh_from_db()
        assert (booked.closed_at, booked.is_led) == (None, False)

    def test_reading_a_lesson_she_stands_in_no_list_and_leads_nobody(self, booked, mediator, bram, lesson):
        actions.open_session(booked.cohort, by=bram, now=timezone.now(), planned=booked)
        actions.lead(booked, "a/b/1", now=timezone.now())
        hers = client_of(mediator)
        hers.get(f"/teach/sessions/{booked.pk}/")
        step = lesson.steps.first()

        answer = hers.post(
            "/class/here/",
            {"lesson": str(lesson.key), "step": str(step.block_id), "path": "c/d/2"},
            content_type="application/json",
        )

        assert answer.status_code == 204
        booked.refresh_from_db()
        assert booked.led_path == "a/b/1"
        assert booked.attendances.count() == 0

    def test_no_longer_of_the_organisation_she_sees_nothing(self, booked, mediator):
        mediator.memberships.all().delete()

        assert client_of(mediator).get(f"/teach/sessions/{booked.pk}/").status_code == 404
        assert client_of(mediator).get("/teach/bookings/").status_code == 404


def test_who_leaves_stepin_is_still_counted(trainer, planned, amina):
    from people.actions import forget

    Session.objects.update(
        starts_at=timezone.now() - timedelta(hours=4), ends_at=timezone.now() - timedelta(hours=2)
    )
    trainer.post(f"/teach/sessions/{planned.pk}/attendance/", {f"{amina.pk}-status": "present"})

    forget(amina)

    page = trainer.get(f"/teach/sessions/{planned.pk}/")
    assert page.context["who_left"] == 1
    assert "Amina" not in page.content.decode()


@pytest.mark.parametrize("size", [1, 3])
def test_the_cohort_page_costs_the_same(trainer, cohort, size, django_assert_num_queries):
    spans = [planning.span(next_monday() + timedelta(weeks=n), NINE, ELEVEN) for n in range(size)]
    planning.plan(cohort, spans, series=uuid4(), lessons=[])
    trainer.get(f"/teach/{cohort.pk}/")
    with django_assert_num_queries(17):
        trainer.get(f"/teach/{cohort.pk}/")
