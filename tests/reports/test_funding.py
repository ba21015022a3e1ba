"""A funder's table: who took part, by what they said; four outputs, one answer; kept when the project is over."""

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from funding import actions
from funding.models import Project, Sheet
from funding.questions import AGE, EDUCATION, GENDER, NOT_ASKED, NOT_SAID, QUESTIONS, WORK
from learners.models import Cohort
from papers import rendering
from papers.models import PrintJob
from people.actions import forget
from people.enums import Role
from reports import funding, funding_papers, funding_tables, tasks
from reports.funding import ask, participants, table_of
from tests.factories.classrooms import AttendanceFactory, SessionFactory
from tests.factories.courses import ModuleFactory
from tests.factories.funding import ProjectFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.reports.test_outputs import Cells, typed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)


@pytest.fixture
def group(organisation):
    return CohortFactory(organisation=organisation, name="Mornings")


@pytest.fixture
def project(organisation, group):
    return ProjectFactory(
        organisation=organisation, cohorts=[group], name="Stap voor stap", begins_on=FIRST, ends_on=LAST
    )


def enrol(group, *, at=NOW):
    person = UserFactory(guest=True)
    person.enrolments.create(module=ModuleFactory(), cohort=group, started_at=at)
    return person


def came(group, person, *, at=NOW - timedelta(days=3), status="present"):
    AttendanceFactory(session=SessionFactory(cohort=group, opened_at=at), person=person, status=status)


def answers(gender, age="30-54", education="isced-0-2", work="inactive"):
    return {"gender": gender, "age": age, "education": education, "work": work}


@pytest.fixture
def autumn(project, group):
    """12 women, 10 men, 2 who said no gender, 6 who are silent."""
    said = (
        [answers("woman", age="18-29")] * 6
        + [answers("woman")] * 6
        + [answers("man", work="working")] * 9
        + [answers("man", age="under-18")]
        + [answers(NOT_SAID, age="18-29")] * 2
        + [None] * 6
    )
    module = ModuleFactory()
    for one in said:
        person = UserFactory(guest=True)
        person.enrolments.create(module=module, cohort=group, started_at=NOW)
        if one:
            actions.save(project, person, one)
    return project


def column(table, question):
    return {row.answer: row.everybody.value for row in table.rows if row.question is question}


def test_who_began_a_module_or_came_to_a_class_takes_part_once(project, group, organisation, amina, dilan):
    began, both, late = enrol(group), enrol(group), UserFactory()
    came(group, both)
    came(group, amina)
    came(group, late, status="late")
    came(group, dilan, status="absent")
    came(CohortFactory(organisation=organisation), dilan)
    enrol(None)
    group.learners.add(UserFactory())

    assert set(participants(project, now=NOW)) == {began.key, both.key, amina.key, late.key}
    assert len(list(participants(project, now=NOW))) == 4


def test_only_what_happened_between_its_first_and_its_last_day(project, group):
    inside = [
        enrol(group, at=datetime(2026, 8, 31, 22, 0, tzinfo=UTC)),  # midnight in Brussels
        enrol(group, at=datetime(2026, 12, 31, 22, 59, tzinfo=UTC)),
    ]
    enrol(group, at=datetime(2026, 8, 31, 21, 59, tzinfo=UTC))
    enrol(group, at=datetime(2026, 12, 31, 23, 0, tzinfo=UTC))

    now = datetime(2027, 3, 1, tzinfo=UTC)
    assert set(participants(project, now=now)) == {person.key for person in inside}


def test_every_answer_is_counted_and_so_is_silence(autumn):
    table = ask(autumn, now=NOW)

    assert table.participants.value == 30
    assert column(table, WORK) == {
        "unemployed": 0, "long-unemployed": 0, "inactive": 15, "working": 9, NOT_SAID: 0, NOT_ASKED: 6,
    }  # fmt: skip
    assert column(table, EDUCATION) == {
        "isced-0-2": 24, "isced-3-4": 0, "isced-5-8": 0, NOT_SAID: 0, NOT_ASKED: 6,
    }  # fmt: skip


def test_small_numbers_are_hidden_and_a_companion_with_them(autumn):
    table = ask(autumn, now=NOW)

    assert column(table, GENDER) == {
        "woman": 12, "man": None, "non-binary": 0, NOT_SAID: None, NOT_ASKED: 6,
    }  # fmt: skip
    assert column(table, AGE)["under-18"] is None
    assert list(column(table, AGE).values()).count(None) >= 2


def test_the_silent_are_the_same_people_in_every_question_so_they_are_no_companions(autumn, group):
    """Else one question would tell the number that another one hides."""
    table = ask(autumn, now=NOW)
    assert {column(table, question)[NOT_ASKED] for question in (GENDER, AGE, EDUCATION, WORK)} == {6}

    actions.save(autumn, enrol(group), answers("woman"))
    Sheet.objects.filter(gender="man", age="30-54").delete()
    several = ask(autumn, now=NOW)
    assert {column(several, question)[NOT_ASKED] for question in (GENDER, AGE, EDUCATION, WORK)} == {15}


def test_of_fewer_than_five_participants_nothing_is_told(project, group):
    for _ in range(4):
        actions.save(project, enrol(group), answers("woman"))

    table = ask(project, now=NOW)

    assert table.participants.value is None
    assert {row.everybody.value for row in table.rows} == {None}


def test_four_answers_among_many_participants_are_not_told(project, group):
    people = [enrol(group) for _ in range(20)]
    for person in people[:4]:
        actions.save(project, person, answers("woman"))

    table = ask(project, now=NOW)

    assert table.participants.value == 20
    assert set(column(table, GENDER).values()) == {None}
    assert set(column(table, WORK).values()) == {None}


def test_nobody_yet(project):
    table = ask(project, now=NOW)

    assert table.participants.value == 0
    assert {row.everybody.value for row in table.rows} == {0}


def test_who_deleted_herself_is_no_longer_counted(project, group):
    people = [enrol(group) for _ in range(12)]
    for person in people:
        actions.save(project, person, answers("woman"))

    forget(people[0])

    assert column(ask(project, now=NOW), GENDER)["woman"] == 11


def test_four_outputs_show_the_same_cells(autumn):
    table = ask(autumn, now=NOW)
    expected = [funding_tables.head(), *funding_tables.lines(table)]
    client = signed_in(coordinator_of(autumn.organisation))
    text = b"".join(client.get(address(autumn, "numbers.csv")).streaming_content).decode("utf-8-sig")
    in_csv = list(csv.reader(StringIO(text, newline="")))
    in_csv = in_csv[: in_csv.index([])]
    sheet = load_workbook(BytesIO(client.get(address(autumn, "numbers.xlsx")).content)).worksheets[0]
    in_xlsx = [[cell.value for cell in row] for row in sheet.iter_rows()]
    page = client.get(address(autumn)).content.decode()
    paper = rendering.html_of(funding_papers.paper_of(table, "en"))

    assert in_csv == [[str(value) for value in line] for line in expected]
    assert [[typed(value or "") if value != 0 else typed(0) for value in line] for line in in_xlsx] == [
        [typed(value) for value in line] for line in expected
    ]
    assert tables_of(page) == tables_of(paper)[1:]
    assert numbers_of(tables_of(page)) == numbers_of_lines(expected[2:])
    assert tables_of(paper)[0] == [["Participants", "30"]]


def tables_of(html):
    return [[[" ".join(cell.split()) for cell in row] for row in table] for table in Cells(html).tables]


def numbers_of(tables):
    """{(question, answer): the numbers of its row}; on leaving the answers are columns."""
    found = {}
    for question, table in zip((GENDER, AGE, EDUCATION, WORK), tables, strict=False):
        found |= {(str(question.label), row[0]): [text for text in row[1:] if text] for row in table[1:]}
    head, *rows = tables[4]
    found |= {
        (row[0], answer): [text] for row in rows for answer, text in zip(head[1:], row[1:], strict=True)
    }
    return found


def numbers_of_lines(lines):
    return {(line[0], line[1]): [str(value) for value in line[2:] if value != ""] for line in lines}


def test_no_output_has_a_pseudonym_or_a_row_for_each_person(autumn):
    client = signed_in(coordinator_of(autumn.organisation))
    pages = [
        client.get(address(autumn)).content.decode(),
        b"".join(client.get(address(autumn, "numbers.csv")).streaming_content).decode(),
        json.dumps(ask(autumn, now=NOW).as_json()),
    ]

    assert Sheet.objects.exists()
    for sheet in Sheet.objects.all():
        assert not [page for page in pages if sheet.pk[:12] in page]


def test_the_page_costs_the_same_with_one_participant_and_with_thirty(project, group, autumn):
    client = signed_in(coordinator_of(project.organisation))
    few_learn = CohortFactory(organisation=project.organisation)
    small = ProjectFactory(
        organisation=project.organisation, cohorts=[few_learn], begins_on=FIRST, ends_on=LAST
    )
    actions.save(small, enrol(few_learn), answers("woman"))
    client.get(address(small))
    with CaptureQueriesContext(connection) as few:
        client.get(address(small))
    with CaptureQueriesContext(connection) as many:
        client.get(address(autumn))

    assert len(many) == len(few)


def test_the_list_costs_the_same_with_one_project_and_with_three(organisation):
    client = signed_in(coordinator_of(organisation))
    ProjectFactory(organisation=organisation)
    client.get("/reports/funding/")
    with CaptureQueriesContext(connection) as one:
        client.get("/reports/funding/")
    ProjectFactory.create_batch(2, organisation=organisation)
    with CaptureQueriesContext(connection) as three:
        page = client.get("/reports/funding/")

    assert len(three) == len(one)
    assert page.content.decode().count('class="lesson"') == 3


# Who may


def address(project, file=""):
    return f"/reports/funding/{project.pk}/{file}"


def coordinator_of(organisation):
    return MembershipFactory(organisation=organisation, role=Role.COORDINATOR).user


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("who", ["dilan", "bram", "amina", "elsewhere"])
def test_everybody_else_finds_nothing(request, project, who):
    elsewhere = OrganisationFactory()
    person = coordinator_of(elsewhere) if who == "elsewhere" else request.getfixturevalue(who)
    client = signed_in(person)

    for file in ("", "change/", "numbers.csv", "numbers.xlsx"):
        assert client.get(address(project, file)).status_code == 404, file
    for file in ("change/", "switch/", "report.pdf"):
        assert client.post(address(project, file), {"do": "off"}).status_code == 404, file
    assert client.get(f"/reports/funding/new/{project.organisation_id}/").status_code == 404
    assert client.post(f"/reports/funding/new/{project.organisation_id}/", {}).status_code == 404
    if who == "elsewhere":
        assert "Stap voor stap" not in client.get("/reports/funding/").content.decode()
    else:
        assert client.get("/reports/funding/").status_code == 404
    assert Project.objects.get().is_on
    assert not PrintJob.objects.exists()


def test_a_paper_is_gone_for_who_no_longer_coordinates(autumn):
    celia = coordinator_of(autumn.organisation)
    client = signed_in(celia)
    client.post(address(autumn, "report.pdf"))
    job = PrintJob.objects.get()
    assert client.get(f"/papers/{job.pk}/").status_code == 200

    celia.memberships.all().delete()

    assert client.get(f"/papers/{job.pk}/").status_code == 404


# A project


def form_of(group, **more):
    day = timezone.localdate()
    return {
        "name": "Samen digitaal", "programme": "ESF+", "begins_on": day, "ends_on": day + timedelta(days=90),
        "cohorts": [group.pk], **more,
    }  # fmt: skip


def test_a_new_project_asks_nobody_until_it_is_switched_on(organisation, group):
    client = signed_in(coordinator_of(organisation))

    answer = client.post(f"/reports/funding/new/{organisation.pk}/", form_of(group))
    project = Project.objects.get()

    assert answer.url == address(project)
    assert (project.is_on, project.organisation, list(project.cohorts.all())) == (
        False,
        organisation,
        [group],
    )
    client.post(address(project, "switch/"), {"do": "on"})
    assert Project.objects.get().is_on
    client.post(address(project, "switch/"), {"do": "off"})
    assert not Project.objects.get().is_on


def test_a_cohort_of_another_organisation_cannot_be_ticked(organisation):
    client, strange = signed_in(coordinator_of(organisation)), CohortFactory(name="Strangers")

    page = client.post(f"/reports/funding/new/{organisation.pk}/", form_of(strange))

    assert page.status_code == 422
    assert "Strangers" not in page.content.decode()
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("ends_on", timezone.localdate() - timedelta(days=1), "This day is over."),
        ("begins_on", timezone.localdate() + timedelta(days=100), "The last day is before the first."),
        ("cohorts", [], "Tick at least one cohort."),
        ("cohorts", ["99999999999999999999"], "is not one of the available choices"),
    ],
)
def test_a_form_that_cannot_be_keeps_what_was_typed_and_says_why(organisation, group, field, value, says):
    client = signed_in(coordinator_of(organisation))

    page = client.post(f"/reports/funding/new/{organisation.pk}/", form_of(group, **{field: value}))

    assert page.status_code == 422
    assert says in page.content.decode()
    assert 'value="Samen digitaal"' in page.content.decode()


def test_the_end_that_people_were_told_cannot_move_to_later(organisation, group):
    client = signed_in(coordinator_of(organisation))
    end = timezone.localdate() + timedelta(days=90)
    project = ProjectFactory(organisation=organisation, cohorts=[group], ends_on=end)
    later, earlier = (
        form_of(group, ends_on=end + timedelta(days=1)),
        form_of(group, ends_on=end - timedelta(days=1)),
    )

    assert client.post(address(project, "change/"), later).status_code == 302
    actions.save(project, UserFactory(), answers("woman"))
    refused = client.post(address(project, "change/"), {**later, "ends_on": end + timedelta(days=2)})
    assert refused.status_code == 422
    assert "were told that their answers are deleted" in refused.content.decode()
    assert client.post(address(project, "change/"), earlier).status_code == 302


def test_two_tables_of_a_changed_project_tell_nothing_about_a_cohort(organisation, group):
    client, day = signed_in(coordinator_of(organisation)), timezone.localdate()
    few, new = CohortFactory(organisation=organisation), CohortFactory(organisation=organisation)
    project = ProjectFactory(organisation=organisation, cohorts=[group, few], begins_on=day, ends_on=day)
    actions.save(project, UserFactory(), answers("woman"))
    same = form_of(group, ends_on=day, cohorts=[group.pk, few.pk])

    without = client.post(address(project, "change/"), {**same, "cohorts": [group.pk]})
    later = client.post(address(project, "change/"), {**same, "begins_on": day - timedelta(days=1)})
    assert "take none out" in without.content.decode()
    assert "the first day stays" in later.content.decode()
    assert (
        client.post(address(project, "change/"), {**same, "cohorts": [group.pk, few.pk, new.pk]}).status_code
        == 302
    )
    assert set(project.cohorts.all()) == {group, few, new}


# Until somebody has answered


def unanswered(organisation, *cohorts, **fields):
    return ProjectFactory(organisation=organisation, cohorts=cohorts, begins_on=FIRST, ends_on=LAST, **fields)


@pytest.mark.parametrize("is_on", [True, False])
def test_numbers_begin_with_the_first_answer_so_freely_chosen_cohorts_tell_nothing(organisation, is_on):
    """23 in A and B and 20 in A would be 3 in B."""
    a, b = CohortFactory.create_batch(2, organisation=organisation)
    people = [enrol(a) for _ in range(20)] + [enrol(b) for _ in range(3)]
    project = unanswered(organisation, a, b, is_on=is_on)
    client = signed_in(coordinator_of(organisation))

    def text(file):
        return client.get(address(project, file)).getvalue().decode()

    assert numbers_in(table_of(project, now=NOW)) == {None}
    assert 'class="number"' not in text("")
    assert "tile__number" not in text("")
    assert "There are no numbers yet." in text("")
    assert "report.pdf" not in text("")
    assert "There are no numbers yet." in text("numbers.csv")
    assert not [line for line in text("numbers.csv").splitlines() if re.search(r",\d+(,|$)", line)]

    actions.save(project, people[0], answers("woman"))
    answered = Project.objects.get()
    assert table_of(answered, now=NOW).participants.value == 23
    assert "There are no numbers yet." not in text("")
    assert "report.pdf" in text("")


def numbers_in(table):
    cells = [cell for row in table.rows for cell in (row.everybody, *row.by_gender)]
    return {cell.value for cell in [table.participants, *cells]}


def test_a_table_without_numbers_has_the_shape_of_every_table(autumn):
    kept, empty = (
        ask(autumn, now=NOW).as_json()["answers"],
        funding._all_hidden(autumn, NOW).as_json()["answers"],
    )

    shapes = [
        {(question, answer): len(cells) for question, rows in found.items() for answer, cells in rows.items()}
        for found in (kept, empty)
    ]
    assert shapes[0] == shapes[1]


def test_a_project_that_nobody_answered_keeps_no_numbers_at_its_end(organisation, group):
    for _ in range(7):
        enrol(group)
    project = unanswered(organisation, group)
    client = signed_in(coordinator_of(organisation))

    funding.close(project.pk, now=after(project))
    kept = Project.objects.get()
    page = client.get(address(project))

    assert numbers_in(table_of(kept, now=timezone.now())) == {None}
    assert [kept.final["participants"], kept.final["answers"]["gender"]["woman"]] == [None, [None]]
    assert "over: nobody answered" in client.get("/reports/funding/").content.decode()
    assert 'class="number"' not in page.content.decode()
    assert "This project is over, and nobody has answered." in page.content.decode()


def test_a_mistake_can_be_corrected_as_long_as_nobody_has_answered(organisation, group):
    other = CohortFactory(organisation=organisation)
    people = [enrol(one, at=timezone.now()) for one in (group, other)]
    client, day = signed_in(coordinator_of(organisation)), timezone.localdate()
    project = ProjectFactory(organisation=organisation, cohorts=[group], begins_on=day)
    corrected = form_of(other, begins_on=day - timedelta(days=10))

    assert client.post(address(project, "change/"), corrected).status_code == 302
    assert list(project.cohorts.all()) == [other]
    actions.save(project, people[1], answers("woman"))
    assert client.post(address(project, "change/"), form_of(group)).status_code == 422


def test_once_there_is_a_table_no_cohort_is_added_in_which_people_learn_already(organisation, group):
    """Else two tables of one day tell how many they are; and who answered for another cohort moves into the table."""
    client, day, now = signed_in(coordinator_of(organisation)), timezone.localdate(), timezone.now()
    names = ("Enrolled <b>", "Came", "Not yet", "Long ago", "Absent")
    enrolled, came_to, new, before, absent = (
        CohortFactory(organisation=organisation, name=name) for name in names
    )
    project = ProjectFactory(
        organisation=organisation, cohorts=[group], begins_on=day - timedelta(days=30), ends_on=day
    )
    enrol(enrolled, at=now)
    came(came_to, UserFactory(), at=now - timedelta(hours=3))
    enrol(before, at=now - timedelta(days=40))
    came(absent, UserFactory(), at=now - timedelta(days=3), status="absent")
    actions.save(project, enrol(group, at=now), answers("woman"))
    told = set(participants(project, now=now))
    same = form_of(group, begins_on=project.begins_on, ends_on=day)

    for begun in (enrolled, came_to):
        page = client.post(address(project, "change/"), {**same, "cohorts": [group.pk, new.pk, begun.pk]})
        assert page.status_code == 422
        assert f"begun to learn in {escape(begun.name)} already" in page.content.decode()
    assert list(project.cohorts.all()) == [group]

    nobody_yet = [group.pk, new.pk, before.pk, absent.pk]
    assert client.post(address(project, "change/"), {**same, "cohorts": nobody_yet}).status_code == 302
    assert set(project.cohorts.all()) == {group, new, before, absent}
    assert set(participants(project, now=now)) == told
    # What is in the project already may have begun.
    enrol(new, at=now)
    assert client.post(address(project, "change/"), {**same, "cohorts": nobody_yet}).status_code == 302


# A cohort that an administrator gives to another organisation


def test_a_cohort_that_has_moved_is_neither_named_nor_counted_nor_in_the_way(organisation, group):
    moved = CohortFactory(organisation=organisation, name="Evenings")
    client, day, now = signed_in(coordinator_of(organisation)), timezone.localdate(), timezone.now()
    project = ProjectFactory(organisation=organisation, cohorts=[group, moved], begins_on=day, ends_on=day)
    stays = enrol(group, at=now)
    enrol(moved, at=now)
    actions.save(project, stays, answers("woman"))

    Cohort.objects.filter(pk=moved.pk).update(organisation=OrganisationFactory())

    assert set(participants(project, now=now)) == {stays.key}
    for page in ("", "change/"):
        assert "Evenings" not in client.get(address(project, page)).content.decode()
    saved = client.post(address(project, "change/"), form_of(group, ends_on=day, name="New name"))
    assert saved.status_code == 302
    # It comes back as it was.
    Cohort.objects.filter(pk=moved.pk).update(organisation=organisation)
    assert len(set(participants(project, now=now))) == 2


# Its end


def after(project):
    return datetime.combine(project.ends_on + timedelta(days=1), datetime.min.time(), tzinfo=UTC)


def test_when_it_is_over_the_table_stays_and_the_answers_go(autumn):
    before = ask(autumn, now=after(autumn))

    funding.close(autumn.pk, now=after(autumn))
    kept = Project.objects.get()

    assert not Sheet.objects.exists()
    assert table_of(kept, now=timezone.now()) == funding.Table(
        kept, before.as_of, before.participants, before.rows
    )
    # What was hidden is not kept either.
    assert kept.final["answers"]["gender"] == {
        "woman": [12], "man": [None], "non-binary": [0], "not-said": [None], "": [6],
    }  # fmt: skip


def test_closing_twice_or_too_early_changes_nothing(autumn):
    funding.close(autumn.pk, now=NOW)
    assert Sheet.objects.count() == 24

    funding.close(autumn.pk, now=after(autumn))
    kept = Project.objects.get()
    funding.close(autumn.pk, now=after(autumn) + timedelta(days=1))

    assert Project.objects.get().final == kept.final
    assert Project.objects.get().closed_at == kept.closed_at


def test_the_sweep_closes_what_is_over_and_nothing_else(
    organisation, group, django_capture_on_commit_callbacks
):
    today = timezone.localdate()
    over = ProjectFactory(organisation=organisation, cohorts=[group], ends_on=today - timedelta(days=1))
    last_day = ProjectFactory(organisation=organisation, cohorts=[group], ends_on=today)

    tasks.close_projects()

    assert set(Project.objects.open()) == {last_day}
    assert over.pk not in Project.objects.open().values_list("pk", flat=True)


def test_a_closed_project_is_shown_and_cannot_be_changed(autumn):
    client = signed_in(coordinator_of(autumn.organisation))
    funding.close(autumn.pk, now=after(autumn))

    page = client.get(address(autumn)).content.decode()

    assert "What people answered is deleted" in page
    assert '<td class="number">12' in page
    assert "Switch o" not in page
    assert client.get(address(autumn, "change/")).status_code == 404
    assert client.post(address(autumn, "switch/"), {"do": "on"}).status_code == 404
    assert client.get(address(autumn, "numbers.csv")).status_code == 200


def test_every_question_has_its_rows_in_order(autumn):
    table = ask(autumn, now=NOW)

    assert [(row.question, row.answer) for row in table.rows] == [
        (question, answer) for question in QUESTIONS for answer in question.answers
    ]
