"""The public agenda: what fits whom, in Brussels time, and nobody's name."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from classrooms import agenda
from classrooms.models import Place, Session
from courses.models import ModulePage
from reminders.clock import BRUSSELS
from tests.classrooms.conftest import FRIDAY, NAMES
from tests.factories.courses import lesson_with_steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=BRUSSELS)


def shown(page) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="class-(\d+)"', page.content.decode())]


def words(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


class TestWhatStandsThere:
    def test_a_class_says_when_where_in_which_languages_and_how_to_come(self, client, plan):
        plan(childcare_places=4, is_women_only=True, is_school_hours=True)

        page = client.get("/en/agenda/")

        for told in (
            "Monday 26 October 2026", "10:00 – 12:00", "The blue house", "Kaai 1", "Ring twice.", "العربية", "Français",
            "ትግርኛ", "Childcare: 4 places", "For women only", "During school hours", "Wegwijs vzw",
            "You need no e-mail and no account. Just come, or call:", "02 000 00 00",
        ):  # fmt: skip
            assert told in words(page), told
        html = page.content.decode()
        assert '<span lang="ar" dir="rtl">العربية</span>' in html
        assert re.findall(r'href="(tel:\d+)"', html) == ["tel:020000000", "tel:0400000015"]

    def test_nobodys_name_stands_there(self, client, plan):
        session = plan()

        for path in ("/en/agenda/", f"/en/agenda/{session.pk}/"):
            html = client.get(path).content.decode()
            assert [name for name in NAMES if name in html] == [], path

    def test_days_are_days_in_brussels_on_both_sides_of_the_change(self, client, plan):
        plan(at(2026, 10, 24, 23, 30))
        plan(at(2026, 10, 26, 0, 15))

        page = words(client.get("/en/agenda/"))

        assert "Saturday 24 October 2026 23:30 – 01:30" in page
        assert "Monday 26 October 2026 00:15 – 02:15" in page

    def test_only_what_is_public_and_of_the_next_weeks(self, client, plan, cohort):
        cohort.ended_at = FRIDAY
        cohort.save()
        coming = plan()
        on_now = plan(FRIDAY - timedelta(hours=1))
        plan(FRIDAY - timedelta(hours=2))
        plan(FRIDAY + agenda.HORIZON)
        plan(is_public=False)
        plan(cohort=cohort)

        assert shown(client.get("/en/agenda/")) == [on_now.pk, coming.pk]

    def test_a_called_off_class_stays_and_says_so(self, client, plan):
        plan(cancelled_at=FRIDAY)

        page = words(client.get("/en/agenda/"))

        assert "Called off This class does not take place." in page
        assert "Just come" not in page

    def test_most_are_said_to_be_not_all(self, client, plan, monkeypatch):
        monkeypatch.setattr(agenda, "MOST", 2)
        first, second = plan(), plan(FRIDAY + timedelta(days=4))
        plan(FRIDAY + timedelta(days=5))

        page = client.get("/en/agenda/")

        assert shown(page) == [first.pk, second.pk]
        assert "There are more classes." in words(page)

    def test_the_module_in_the_readers_language_or_marked_as_another(self, client, plan):
        lesson = lesson_with_steps()
        plan(module=lesson.module)
        title = ModulePage.objects.get(translation_key=lesson.module.key).title

        page = client.get("/ar/agenda/").content.decode()

        assert f'<b lang="en" dir="ltr">{title}</b>' in page
        assert 'dir="rtl"' in page.split("<head>")[0]

    @pytest.mark.parametrize("size", [1, 3])
    def test_costs_the_same(self, client, plan, size, django_assert_num_queries):
        module = lesson_with_steps().module
        for day in range(size):
            plan(FRIDAY + timedelta(days=day + 1), module=module)
        client.get("/en/agenda/")

        with django_assert_num_queries(4):
            assert len(shown(client.get("/en/agenda/"))) == size


class TestWishes:
    @pytest.fixture
    def two(self, plan, organisation) -> tuple[int, int]:
        """Monday at ten, and Tuesday at six in the evening in Aalst."""
        aalst = Place.objects.create(organisation=organisation, name="Library", town="Aalst")
        evening = plan(
            at(2026, 10, 27, 18), place=aalst, languages="fa", mediator=None, mediator_language="",
            childcare_places=2, is_women_only=True,
        )  # fmt: skip
        return plan().pk, evening.pk

    @pytest.mark.parametrize(
        ("wishes", "first", "second"),
        [
            ("", True, True),
            ("town=gent", True, False),
            ("town=Aalst", False, True),
            ("spoken=ar", True, False),
            ("spoken=ti", True, False),
            ("spoken=fa", False, True),
            ("spoken=uk", False, False),
            ("weekday=1", True, False),
            ("weekday=2", False, True),
            ("day_part=morning", True, False),
            ("day_part=evening", False, True),
            ("day_part=afternoon", False, False),
            ("childcare=on", False, True),
            ("women=on", False, True),
            ("town=Gent&women=on", False, False),
        ],
    )
    def test_each_leaves_out_what_does_not_fit(self, client, two, wishes, first, second):
        wanted = [pk for pk, is_wanted in zip(two, (first, second), strict=True) if is_wanted]

        assert shown(client.get(f"/en/agenda/?{wishes}")) == wanted

    def test_the_hour_is_that_of_brussels_in_summer_and_winter(self, client, plan):
        summer, winter = plan(at(2026, 10, 24, 11, 30)), plan(at(2026, 10, 26, 11, 30))

        assert shown(client.get("/en/agenda/?day_part=morning")) == [summer.pk, winter.pk]
        assert shown(client.get("/en/agenda/?day_part=afternoon")) == []

    def test_a_town_is_offered_once(self, client, two, organisation, plan):
        plan(place=Place.objects.create(organisation=organisation, name="School", town="AALST"))

        page = client.get("/en/agenda/").content.decode()

        assert len(re.findall(r"<option[^>]*>\s*(?:Aalst|AALST)\s*</option>", page)) == 1

    def test_nothing_fits_is_said_and_how_to_widen(self, client, two):
        page = client.get("/en/agenda/?town=Gent&women=on")

        assert "No class fits all of this." in words(page)
        assert 'href="/en/agenda/"' in page.content.decode()

    def test_a_kept_address_of_a_town_without_classes_is_empty_and_not_everything(self, client, two):
        page = client.get("/en/agenda/?town=Eupen")

        assert (page.status_code, shown(page)) == (200, [])
        assert '<option value="Eupen" selected>' in page.content.decode()

    @pytest.mark.parametrize("wishes", ["weekday=9", "spoken=xx", "day_part=x", "town=%00"])
    def test_what_the_form_never_sent_is_said(self, client, two, wishes):
        page = client.get(f"/en/agenda/?{wishes}")

        assert page.status_code == 422
        assert "We do not know this choice." in words(page)

    def test_nothing_planned_at_all(self, client):
        page = client.get("/en/agenda/")

        assert "No class is planned now." in words(page)
        assert 'href="/help/"' in page.content.decode()


class TestOneClass:
    def test_can_be_sent_to_somebody(self, client, plan):
        session = plan()

        assert f'href="/nl/agenda/{session.pk}/"' in client.get("/nl/agenda/").content.decode()
        assert "The blue house" in words(client.get(f"/nl/agenda/{session.pk}/"))

    def test_stays_when_it_is_over(self, client, plan):
        session = plan(FRIDAY - timedelta(days=2))

        assert "This class is over." in words(client.get(f"/en/agenda/{session.pk}/"))

    def test_is_for_nobody_when_not_public(self, trainer, client, plan, session):
        hidden = plan(is_public=False)

        for visitor in (client, trainer):
            for pk in (hidden.pk, session.pk, 999999):
                assert visitor.get(f"/en/agenda/{pk}/").status_code == 404

    def test_another_language_shows_the_same_class_and_wishes(self, client, plan):
        session = plan()

        for path in (f"agenda/{session.pk}/", "agenda/?town=Gent"):
            answer = client.post("/language/", {"help_language": "ar", "next": f"/en/{path}"})
            assert answer.url == f"/ar/{path}"


class TestTheWayThere:
    def test_the_start_page_says_it_when_something_is_on(self, client, plan):
        assert "/en/agenda/" not in client.get("/en/").content.decode()
        session = plan()
        assert 'href="/en/agenda/"' in client.get("/en/").content.decode()
        Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())
        assert "/en/agenda/" not in client.get("/en/").content.decode()

    def test_it_costs_the_start_page_one_query(self, client, plan, django_assert_num_queries):
        plan()
        client.get("/en/")

        with django_assert_num_queries(1):
            assert agenda.is_anything_on(now=timezone.now())

    def test_the_help_page_says_it(self, client):
        assert 'href="/en/agenda/"' in client.get("/help/").content.decode()
