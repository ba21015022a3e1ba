from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from papers.models import PrintJob
from people.enums import Role
from tests.factories.classrooms import AttendanceFactory, SessionFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
OVERVIEW = "/reports/"


def test_the_overview_asks_with_a_plain_form_and_answers(year, coordinator):
    page = coordinator.get(
        OVERVIEW, {"period": "between", "first": "2026-09", "last": "2026-11", "by": "cohort"}
    )

    assert page.status_code == 200
    html = page.content.decode()
    assert "Report: September 2026 – November 2026" in html
    assert "Mornings" in html
    assert '<form class="card question no-print" method="get"' in html


def test_a_month_that_cannot_be_read_is_told_beside_its_field(year, coordinator):
    page = coordinator.get(OVERVIEW, {"period": "between", "first": "soon", "last": "2026-11"})

    assert page.status_code == 422
    assert "Write the year and the month" in page.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-11", "2026-09", "The last month is before the first."),
        ("", "2026-09", "Which month?"),
        ("2001-01", "2026-09", "At most ten years at once."),
        ("1990-01", "2026-09", "Write the year and the month"),
        ("0001-01", "0001-02", "Write the year and the month"),
        ("9999-12", "9999-12", "Write the year and the month"),
    ],
)
def test_months_that_make_no_period(coordinator, first, last, says):
    page = coordinator.get(OVERVIEW, {"period": "between", "first": first, "last": last})

    assert page.status_code == 422
    assert says in page.content.decode()


TOO_LARGE = "99999999999999999999"


@pytest.mark.parametrize("number", [TOO_LARGE, f"-{TOO_LARGE}"])
def test_a_number_that_no_organisation_can_have_is_no_choice(coordinator, organisation, alter, number):
    page = coordinator.get(OVERVIEW, {"organisation": [organisation.pk, number]})

    assert page.status_code == 422
    assert f"{number} is not one of the available choices" in page.content.decode()


def test_a_number_that_nobody_can_have_gets_no_report(coordinator):
    sent = {"rhythm": "month", "people": [TOO_LARGE], "key": str(uuid4())}

    page = coordinator.post(f"{OVERVIEW}schedules/new/?period=this-year", sent)

    assert page.status_code == 422
    assert f"{TOO_LARGE} is not one of the available choices" in page.content.decode()


def test_files_are_named_for_their_period(year, coordinator):
    question = {"period": "between", "first": "2026-09", "last": "2026-11"}
    csv, xlsx = (coordinator.get(reverse(f"reports:{kind}"), question) for kind in ("csv", "xlsx"))

    assert csv["Content-Disposition"] == 'attachment; filename="report-2026-09-2026-11.csv"'
    assert b"".join(csv.streaming_content).startswith(b"\xef\xbb\xbfOrganisation,Totals,")
    assert xlsx["Content-Disposition"] == 'attachment; filename="report-2026-09-2026-11.xlsx"'
    assert xlsx.content.startswith(b"PK")


def test_the_paper_is_asked_for_once(year, coordinator, organisation, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = coordinator.post(f"{reverse('reports:pdf')}?period=this-year&by=month")
    job = PrintJob.objects.get()

    assert answer.url == f"/papers/{job.pk}/"
    assert job.params["organisations"] == [organisation.pk]
    assert job.made_at is not None


def test_a_paper_is_gone_for_who_no_longer_coordinates(year, coordinator, celia):
    coordinator.post(reverse("reports:pdf"))
    job = PrintJob.objects.get()
    celia.memberships.all().delete()

    assert coordinator.get(f"/papers/{job.pk}/").status_code == 404


def test_a_coordinator_of_another_organisation_sees_nothing_of_this_one(year, client, organisation, dilan):
    other = OrganisationFactory(name="Elsewhere")
    MembershipFactory(user=dilan, organisation=other, role=Role.COORDINATOR)
    client.force_login(dilan)

    page = client.get(OVERVIEW, {"by": "cohort", "period": "all"})
    wanted = client.get(OVERVIEW, {"organisation": organisation.pk})

    assert "Mornings" not in page.content.decode()
    assert organisation.name not in page.content.decode()
    assert wanted.status_code == 422
    assert organisation.name not in wanted.content.decode()


@pytest.fixture
def alter(celia):
    """Another organisation of hers, with people of its own."""
    alter = OrganisationFactory(name="Alter")
    MembershipFactory(user=celia, organisation=alter, role=Role.COORDINATOR)
    session = SessionFactory(
        cohort=CohortFactory(name="Afternoons", organisation=alter),
        opened_at=datetime(2026, 10, 3, 10, tzinfo=UTC),
        minutes=60,
    )
    for _ in range(7):
        AttendanceFactory(session=session)
    return alter


def test_of_several_organisations_the_page_shows_the_rows_of_one_at_a_time(
    year, coordinator, organisation, alter
):
    asked = {"period": "between", "first": "2026-09", "last": "2026-11", "by": "cohort"}
    first, other, odd, of_nobody = (
        coordinator.get(OVERVIEW, asked | more).content.decode()
        for more in ({}, {"rows": organisation.pk}, {"rows": "x\0"}, {"rows": 0})
    )

    assert ("Afternoons" in first, "Mornings" in first) == (True, False)
    assert ("Afternoons" in other, "Mornings" in other) == (False, True)
    for page in (odd, of_nobody):
        assert ("Afternoons" in page, "Mornings" in page) == (True, False)
    for page in (first, other):
        assert page.count(f"<bdi>{organisation.name}</bdi></th>") == 1  # side by side are both
        assert f"rows={alter.pk}#numbers" in page
    assert f'name="rows" value="{organisation.pk}"' in other


def test_its_file_has_the_rows_of_all(year, coordinator, organisation, alter):
    asked = {"period": "this-year", "by": "cohort", "rows": alter.pk}
    text = b"".join(coordinator.get(reverse("reports:csv"), asked).streaming_content).decode()

    assert [name for name in ("Afternoons", "Evenings", "Mornings") if name not in text] == []


def test_a_trainer_here_who_coordinates_elsewhere_is_no_coordinator_here(year, client, bram, organisation):
    MembershipFactory(user=bram, organisation=OrganisationFactory(name="Elsewhere"), role=Role.COORDINATOR)
    client.force_login(bram)

    assert organisation.name not in client.get(OVERVIEW).content.decode()


def test_coordinators_find_their_reports_on_their_own_page(client, coordinator, amina):
    assert 'href="/reports/"' in coordinator.get("/me/").content.decode()
    client.force_login(amina)
    assert 'href="/reports/"' not in client.get("/me/").content.decode()


def test_the_page_asks_no_more_of_the_database_for_more_people(
    year, coordinator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        coordinator.get(OVERVIEW, {"by": "language"})
