"""The pages of scheduled reports: made from a question, changed, paused, deleted and had back."""

import re
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.enums import Role
from reminders.clock import BRUSSELS
from reminders.models import Letter
from reports import scheduling
from reports.enums import By, Rhythm
from reports.models import Schedule
from reports.periods import read_month
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.reports import MADE_AT, ScheduleFactory

pytestmark = pytest.mark.django_db
PAGE, NEW = "/reports/schedules/", "/reports/schedules/new/"


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MADE_AT)


@pytest.fixture
def jan(organisation):
    person = UserFactory(username="jan", name="Jan", email="jan@example.org")
    return MembershipFactory(user=person, organisation=organisation, role=Role.COORDINATOR).user


@pytest.fixture
def elsewhere(dilan) -> Client:
    """Dilan, who coordinates another organisation."""
    MembershipFactory(user=dilan, organisation=OrganisationFactory(name="Elsewhere"), role=Role.COORDINATOR)
    client = Client()
    client.force_login(dilan)
    return client


@pytest.fixture
def monthly(organisation, celia, jan) -> Schedule:
    return ScheduleFactory(organisations=[organisation], recipients=[celia, jan], made_by=celia)


def tap(client: Client, schedule: Schedule, do: str, **more: str):
    return client.post(f"{PAGE}{schedule.pk}/", {"do": do, **more}, follow=True)


class TestMaking:
    def test_the_report_offers_to_send_this_question(self, coordinator, organisation):
        page = coordinator.get("/reports/", {"by": "language", "period": "this-year"}).content.decode()
        url = re.search(r'href="(/reports/schedules/new/[^"]+)"', page)[1].replace("&amp;", "&")

        form = coordinator.get(url).content.decode()

        assert "language of the learner" in form
        assert organisation.name in form

    def test_it_keeps_organisations_rows_and_figure_and_begins_with_the_running_month(
        self, coordinator, organisation, celia, jan
    ):
        asked = f"{NEW}?organisation={organisation.pk}&period=this-year&by=language&figure=visits"
        answer = coordinator.post(
            asked, {"rhythm": "month", "people": [celia.pk, jan.pk], "key": str(uuid4())}
        )
        made = Schedule.objects.get()

        assert answer.url == PAGE
        assert list(made.organisations.all()) == [organisation]
        assert (made.by, made.figure, made.rhythm) == (By.LANGUAGE, "visits", Rhythm.MONTH)
        assert {one.person for one in made.recipients.all()} == {celia, jan}
        assert made.next_month == read_month("2026-12")

    def test_the_same_form_sent_twice_makes_one(self, coordinator, celia):
        form = {"rhythm": "quarter", "people": [celia.pk], "key": str(uuid4())}
        for _ in range(2):
            coordinator.post(NEW, form)

        assert Schedule.objects.count() == 1

    def test_she_herself_is_ticked_at_first(self, coordinator, celia, jan):
        form = coordinator.get(NEW).context["form"]

        assert form["people"].value() == [celia.pk]
        assert form["rhythm"].value() == Rhythm.MONTH

    def test_nobody_who_may_not_see_these_numbers_can_be_chosen(self, coordinator, bram, celia, elsewhere):
        stranger = UserFactory(username="stranger")
        answer = coordinator.post(NEW, {"rhythm": "month", "people": [celia.pk, stranger.pk, bram.pk]})

        assert answer.status_code == 422
        assert not Schedule.objects.exists()
        assert list(answer.context["form"].fields["people"].queryset) == [celia]

    def test_of_two_organisations_only_who_coordinates_both(self, coordinator, celia, jan):
        MembershipFactory(user=celia, organisation=OrganisationFactory(), role=Role.COORDINATOR)

        form = coordinator.get(NEW).context["form"]

        assert list(form.fields["people"].queryset) == [celia]

    def test_what_is_missing_is_said_and_what_was_chosen_stays(self, coordinator):
        answer = coordinator.post(NEW, {"rhythm": "quarter"})
        html = answer.content.decode()

        assert answer.status_code == 422
        assert "Choose at least one person." in html
        assert re.search(r'value="quarter"[^>]*checked', html)

    def test_a_question_that_cannot_be_read_goes_back_to_its_form(self, coordinator):
        answer = coordinator.get(f"{NEW}?period=between&first=soon&last=2026-11")

        assert answer.url.startswith("/reports/?period=between")

    def test_an_organisation_of_others_cannot_be_asked_about(self, elsewhere, organisation):
        answer = elsewhere.get(f"{NEW}?organisation={organisation.pk}")

        assert answer.url.startswith("/reports/?")


class TestTheList:
    def test_it_says_when_what_and_to_whom_and_who_gets_nothing_and_why(self, coordinator, monthly):
        html = coordinator.get(PAGE).content.decode()

        assert "November 2026" in html
        assert re.search(r"Jan</bdi></li>", html)
        assert re.search(r"Celia</bdi> – <span[^>]*>gets nothing: no e-mail address", html)
        assert reverse("account_email") in html
        assert "Nothing has been sent yet." in html

    def test_after_a_report_it_says_what_became_of_it(self, coordinator, monthly, monkeypatch):
        due = datetime(2026, 12, 2, 9, tzinfo=BRUSSELS)
        monkeypatch.setattr(timezone, "now", lambda: due)
        scheduling.write_due(due)

        html = coordinator.get(PAGE).content.decode()

        assert re.search(r"Jan</bdi> – is on its way", html)
        assert re.search(r"Celia</bdi> – <span[^>]*>not sent: no e-mail address", html)
        assert "The last time: November 2026" in html
        assert "December 2026" in html

    def test_every_coordinator_of_it_sees_it_and_no_other(self, client, monthly, jan, elsewhere):
        client.force_login(jan)

        assert [row.schedule for row in client.get(PAGE).context["rows"]] == [monthly]
        assert elsewhere.get(PAGE).context["rows"] == []

    def test_one_about_an_organisation_more_than_hers_is_none_of_hers(self, coordinator, monthly):
        monthly.organisations.add(OrganisationFactory())

        assert coordinator.get(PAGE).context["rows"] == []
        assert tap(coordinator, monthly, "delete").status_code == 404

    def test_one_without_any_organisation_left_is_nobodys(self, coordinator, elsewhere, monthly):
        monthly.organisations.clear()

        assert coordinator.get(PAGE).context["rows"] == []
        assert elsewhere.get(PAGE).context["rows"] == []

    @pytest.mark.parametrize("path", ["", "change/"])
    def test_others_get_a_404(self, elsewhere, monthly, path):
        address = f"{PAGE}{monthly.pk}/{path}"

        assert elsewhere.post(address, {"do": "delete"}).status_code == 404
        monthly.refresh_from_db()
        assert monthly.deleted_at is None

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_asks_the_database_as_much_for_three_as_for_one(
        self, coordinator, organisation, celia, jan, django_assert_num_queries, count
    ):
        more = [
            MembershipFactory(
                organisation=organisation, role=Role.COORDINATOR, user__email=f"{n}@example.org"
            ).user
            for n in range(count)
        ]
        ScheduleFactory.create_batch(
            count, organisations=[organisation], recipients=[celia, jan, *more], made_by=celia
        )
        scheduling.write_due(datetime(2026, 12, 2, 9, tzinfo=BRUSSELS))
        coordinator.get(PAGE)

        with django_assert_num_queries(6):
            coordinator.get(PAGE)


class TestChanging:
    def test_it_is_paused_and_goes_on(self, coordinator, monthly):
        assert "Paused." in tap(coordinator, monthly, "pause").content.decode()
        monthly.refresh_from_db()
        assert monthly.paused_at == MADE_AT

        tap(coordinator, monthly, "go-on")
        monthly.refresh_from_db()
        assert (monthly.paused_at, monthly.next_month) == (None, read_month("2026-12"))

    def test_deleting_it_is_undone_with_one_press(self, coordinator, monthly):
        html = tap(coordinator, monthly, "delete").content.decode()
        assert "Deleted:" in html
        assert "Send it to me now" not in html

        assert "It is back." in tap(coordinator, monthly, "undo").content.decode()
        assert "Send it to me now" in coordinator.get(PAGE).content.decode()

    def test_other_people_and_another_rhythm(self, coordinator, monthly, jan):
        address = f"{PAGE}{monthly.pk}/change/"
        assert coordinator.get(address).context["form"]["rhythm"].value() == Rhythm.MONTH

        coordinator.post(address, {"rhythm": "quarter", "people": [jan.pk]})

        monthly.refresh_from_db()
        assert (monthly.rhythm, monthly.next_month) == (Rhythm.QUARTER, read_month("2027-01"))
        assert [one.person for one in monthly.recipients.all()] == [jan]

    def test_a_wish_we_do_not_know_changes_nothing(self, coordinator, monthly):
        assert tap(coordinator, monthly, "explode").status_code == 200
        assert Schedule.objects.filter(paused_at=None, deleted_at=None).count() == 1


class TestSendItToMeNow:
    def test_without_an_address_it_says_so(self, coordinator, monthly):
        html = tap(coordinator, monthly, "send", key=str(uuid4())).content.decode()

        assert "You have no e-mail address here." in html
        assert not Letter.objects.exists()

    def test_it_goes_to_who_presses_and_to_nobody_else(
        self, coordinator, monthly, celia, mailoutbox, django_capture_on_commit_callbacks
    ):
        type(celia).objects.filter(pk=celia.pk).update(email="celia@example.org")

        with django_capture_on_commit_callbacks(execute=True):
            html = tap(coordinator, monthly, "send", key=str(uuid4())).content.decode()

        assert "We send it to celia@example.org now." in html
        assert [message.to for message in mailoutbox] == [["celia@example.org"]]

    def test_in_the_evening_it_says_when_it_comes(self, coordinator, monthly, celia, monkeypatch):
        type(celia).objects.filter(pk=celia.pk).update(email="celia@example.org")
        monkeypatch.setattr(timezone, "now", lambda: MADE_AT.replace(hour=21))

        html = tap(coordinator, monthly, "send").content.decode()

        assert "Letters go out from nine in the morning" in html
