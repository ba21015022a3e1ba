"""The classes of a period, a row each: the same on the screen, in the CSV and in the XLSX, and nobody in it."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from people.enums import Role
from reports.class_views import A_PAGE
from reports.classes import classes_of, head, lines
from reports.questions import Question, ask
from tests.factories.classrooms import AttendanceFactory, PlaceFactory, SessionFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.reports.conftest import NOW, call_off
from tests.reports.test_outputs import AUTUMN, Cells

pytestmark = pytest.mark.django_db
PAGE = "/reports/classes/"
ASKED = {"period": "between", "first": "2026-09", "last": "2026-11"}


@pytest.fixture
def untold(organisation, bram):
    """Bram's class of 10 September: it was, and nobody ticked who was there."""
    cohort = CohortFactory(name="Fridays", organisation=organisation, trainers=[bram])
    return planned(cohort, datetime(2026, 9, 10, 12, tzinfo=UTC), trainer=bram)


def planned(cohort, at, **more):
    return SessionFactory(
        cohort=cohort, starts_at=at, ends_at=at + timedelta(hours=2), opened_at=None, closes_at=None, closed_at=None, **more
    )  # fmt: skip


def found(organisation, now=NOW):
    return list(lines(classes_of([organisation], AUTUMN, now)))


def column(name):
    return head().index(name)


def on_screen(html):
    [table] = Cells(html).tables
    return [[" ".join(cell.split()) for cell in row] for row in table[1:]]


def test_each_class_says_what_became_of_it(year, untold, organisation):
    cohort = CohortFactory(organisation=organisation)
    planned(cohort, NOW + timedelta(days=3))
    SessionFactory(cohort=cohort, opened_at=NOW - timedelta(hours=1), closed_at=None)

    states = [line[column("State")] for line in found(organisation)]

    assert states == ["not ticked", *["held"] * 4, "called off", "held", "held", "on now", "planned"]


def test_what_waits_for_a_trainer_stands_first_then_by_day(year, untold, organisation):
    days = [line[column("Date")] for line in found(organisation)]

    assert days[0].isoformat() == "2026-09-10"
    assert days[1:] == sorted(days[1:])


def test_the_rows_add_up_to_the_report(year, untold, organisation):
    rows = found(organisation)
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    total = {
        one.figure.id: cell.value for one, cell in zip(answer.columns, answer.totals[0].cells, strict=True)
    }
    held = [row for row in rows if row[column("State")] == "held"]
    [classes] = [one for one in answer.columns if one.figure.id == "classes"]

    assert len(held) == total["classes"]
    assert len([row for row in rows if row[column("State")] == "called off"]) == total["cancelled"]
    assert sum(row[column("Minutes held")] for row in held) == total["offered"] * 60
    assert sum(row[column("Places for children")] for row in held) == total["childcare"]
    assert sum(row[column("Mediator: hours")] for row in held if row[11] != "–") == total["interpreter_held"]
    assert classes.unknown[organisation.pk].startswith("1 class is not in it")


def test_nothing_in_it_depends_on_who_came(year, organisation):
    """Whoever came, as long as somebody was ticked: the rows stay the same, so they can give nothing back."""
    before = found(organisation)
    for session in year.sessions:
        one = session.attendances.first()
        one.status = "absent"
        one.save()
        session.attendances.exclude(pk=one.pk).delete()
        session.children_came = 9 if session.childcare_places else None
        session.save()

    assert found(organisation) == before


def test_screen_csv_and_xlsx_show_the_same(year, untold, coordinator, organisation):
    wanted = found(organisation)
    html = coordinator.get(PAGE, ASKED).content.decode()
    told = b"".join(coordinator.get(f"{PAGE}list.csv", ASKED).streaming_content).decode("utf-8-sig")
    book = load_workbook(BytesIO(coordinator.get(f"{PAGE}list.xlsx", ASKED).content))
    in_csv = list(csv.reader(StringIO(told, newline="")))
    in_csv = in_csv[: in_csv.index([])]
    sheet = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]

    assert in_csv[0] == sheet[0] == head()
    assert [[plain(value) for value in line] for line in in_csv[1:]] == [
        [plain(value) for value in line] for line in wanted
    ]
    assert [[typed(value) for value in line] for line in sheet[1:]] == [
        [typed(value) for value in line] for line in wanted
    ]
    for (when, state, *others), line in zip(on_screen(html), wanted, strict=True):
        assert when == f"{line[1].day} {line[1]:%B %Y}{line[2]:%H:%M} – {line[3]:%H:%M}"
        assert state.startswith(line[4])
        assert others == [str(value) for value in line[5:]]


def plain(value):
    return str(value)[:5] if str(value).count(":") == 2 else str(value)


def typed(value):
    if isinstance(value, datetime):  # openpyxl reads each day as midnight
        return value.date()
    return float(value) if isinstance(value, Decimal) else value


def test_dates_and_times_are_typed_in_the_xlsx(year, coordinator):
    book = load_workbook(BytesIO(coordinator.get(f"{PAGE}list.xlsx", ASKED).content))
    [_organisation, day, begins, *_more] = book.worksheets[0][2]

    assert (day.is_date, begins.value.isoformat(), begins.number_format) == (True, "10:00:00", "hh:mm")
    assert book.worksheets[0].freeze_panes == "E2"


def test_a_name_is_no_formula(organisation, coordinator):
    cohort = CohortFactory(name="=1+1", organisation=organisation)
    planned(
        cohort, datetime(2026, 9, 10, tzinfo=UTC), place=PlaceFactory(organisation=organisation, name="@home")
    )

    told = b"".join(coordinator.get(f"{PAGE}list.csv", ASKED).streaming_content).decode()

    assert "'=1+1" in told
    assert "'@home" in told


def test_the_csv_is_sent_line_by_line(year, coordinator):
    """Nothing was read of the table when the first bytes are there."""
    answer = coordinator.get(f"{PAGE}list.csv", ASKED)
    with CaptureQueriesContext(connection) as before:
        lines = iter(answer.streaming_content)
        next(lines), next(lines)
    with CaptureQueriesContext(connection) as after:
        list(lines)

    assert [len(before), len(after)] == [0, 1]


def test_a_trainer_has_a_link_and_others_an_address_for_her(untold, coordinator, celia):
    address = f"/teach/sessions/{untold.pk}/attendance/"
    others = coordinator.get(PAGE, ASKED).content.decode()
    untold.cohort.trainers.add(celia)
    hers = coordinator.get(PAGE, ASKED).content.decode()

    assert f'href="{address}"' not in others
    assert f"http://testserver{address}</code>" in others
    assert f'<a href="{address}">Tick who was there</a>' in hers
    assert coordinator.get(address).status_code == 200
    assert "In 1 class nobody ticked who was there." in others


def test_pages_of_fifty(organisation, coordinator):
    cohort = CohortFactory(organisation=organisation)
    for n in range(A_PAGE + 1):
        call_off(cohort, datetime(2026, 9, 1, 8, tzinfo=UTC) + timedelta(days=n))

    first, second, beyond = (coordinator.get(PAGE, {**ASKED, "page": n}).content.decode() for n in (1, 2, 99))

    assert [len(on_screen(page)) for page in (first, second, beyond)] == [A_PAGE, 1, 1]
    assert "Page 1 of 2" in first
    assert "page=2" in first
    assert "first=2026-09" in first.split('rel="next"')[1].split(">")[0]


def test_a_period_without_classes_says_so(coordinator):
    assert "No class in this period." in coordinator.get(PAGE, ASKED).content.decode()


def test_a_question_that_cannot_be_read_goes_back_to_its_form(coordinator):
    asked = {**ASKED, "last": "2026-01"}

    assert coordinator.get(PAGE, asked).status_code == 422
    assert "The last month is before the first." in coordinator.get(PAGE, asked).content.decode()
    assert coordinator.get(f"{PAGE}list.csv", asked).url.startswith(f"{PAGE}?")
    assert coordinator.get(f"{PAGE}list.xlsx", asked).url.startswith(f"{PAGE}?")


def test_a_coordinator_of_another_organisation_sees_no_class_of_this_one(year, client, organisation, dilan):
    for ending in ("", "list.csv", "list.xlsx"):
        client.force_login(dilan)
        assert client.get(f"{PAGE}{ending}").status_code == 404
    MembershipFactory(user=dilan, organisation=OrganisationFactory(name="Elsewhere"), role=Role.COORDINATOR)

    page = client.get(PAGE, {"period": "all"}).content.decode()

    assert "Mornings" not in page
    assert organisation.name not in page
    assert client.get(PAGE, {"organisation": organisation.pk}).status_code == 422
    assert client.get(f"{PAGE}list.csv", {"organisation": organisation.pk}).status_code == 302


def test_questions_to_the_database_do_not_grow_with_the_classes(untold, coordinator, bram):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            coordinator.get(PAGE, ASKED)
            b"".join(coordinator.get(f"{PAGE}list.csv", ASKED).streaming_content)
        return len(queries)

    one = asked()
    for _ in range(2):
        other = CohortFactory(organisation=untold.cohort.organisation, trainers=[UserFactory()])
        place = PlaceFactory(organisation=other.organisation)
        session = SessionFactory(
            cohort=other,
            place=place,
            opened_at=datetime(2026, 9, 5, tzinfo=UTC),
            opened_by=UserFactory(),
            mediator=bram,
        )
        AttendanceFactory(session=session, person=UserFactory())

    assert asked() == one
