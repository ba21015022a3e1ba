from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from openpyxl import load_workbook

from courses.models import Step
from learners.models import Enrolment, LessonCompletion
from papers.kinds import NothingToPrint
from papers.models import PrintJob
from people.enums import Role
from reports import questions as report
from reports import rollups
from reports.enums import By
from reports.figures import FIGURES
from reports.periods import Period, month_of
from reports.stuck import papers
from tests.factories.courses import (
    instruction,
    lesson_page,
    lesson_with_steps,
    module_page,
    page_of,
    practice,
    translated,
)
from tests.factories.learners import CohortFactory
from tests.factories.papers import PrintJobFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.rollups import goal, slice_of, stopped, took

pytestmark = pytest.mark.django_db
STUCK = "/reports/stuck/"
SHOWN = {"ar": [0, 0, 30, 40], "uk": [0, 0, 20, 6]}


@pytest.fixture
def taught():
    """The first lesson of its module: two instructions and a practice."""
    page = module_page(title="E-mail", number="3")
    return lesson_with_steps(
        page, [instruction("Open it."), instruction("Read it."), practice()], title="Write"
    )


@pytest.fixture
def steps(taught):
    return list(Step.objects.filter(lesson=taught))


@pytest.fixture
def counted(organisation, steps):
    part = slice_of(organisation, counted_at=datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    stopped(part, steps, SHOWN)
    return part


def about(lesson):
    return {"about": f"lesson-{lesson.pk}"}


def html_of(client, question=None):
    page = client.get(STUCK, question or {})
    assert page.status_code == 200
    return page.content.decode()


def shown(html):
    """The words of a page: its numbers, without the random digits of keys and tokens."""
    return strip_tags(html)


def test_a_module_has_a_row_a_lesson(counted, coordinator, taught):
    html = html_of(coordinator)

    assert "Where people get stuck: module" in html
    assert "as of 20 Nov" in html
    row = html.partition('<th scope="row"><a href="/reports/stuck/?')[2].partition("</tr>")[0]
    assert f"about=lesson-{taught.pk}" in row
    assert [part.partition("<")[0].strip() for part in row.split('<td class="number">')[1:]] == [
        "96",
        "96",
        "96",
        "46",
        "46",
    ]


def test_a_lesson_is_shown_down_to_the_step_and_by_language(counted, coordinator, taught):
    html = html_of(coordinator, about(taught))

    assert "Nowhere does a larger part stop than at step 3: 50 of the 96 who came there." in html
    assert "96 people began, 46 finished." in html
    assert 'role="img"' in html
    assert (
        "Українська: far more people stop at step 3" not in html
    )  # 20 of 26 is not twice as much as 30 of 70
    assert "العربية" in html


def test_a_failing_translation_leads_to_its_step_and_to_a_note(counted, coordinator, taught, steps):
    translated(taught, "uk")
    stopped(slice_of(OrganisationFactory()), steps, {"uk": [0, 0, 500, 0]})
    part = slice_of(counted.organisation)
    stopped(part, steps, {"fr": [0, 0, 0, 60]})

    html = html_of(coordinator, about(taught))

    place = f"{taught.module.slug}/{taught.slug}/3/"
    assert (
        "Українська: far more people stop at step 3, 20 of 26. Of all languages together 50 of 156." in html
    )
    assert f'href="/uk/{place}"' in html
    assert f'href="{reverse("learners:note", args=[steps[2].pk])}?language=uk"' in html
    assert "/admin/" not in html


def test_editors_see_the_whole_site_and_change_the_step(counted, client, edith, taught, steps):
    stopped(slice_of(None), steps, {"ar": [0, 0, 0, 10]})
    client.force_login(edith)

    html = html_of(client, about(taught))

    assert "The whole site" in html
    assert "106 people began" in html
    assert f"#block-{steps[2].block_id}-section" in html
    assert "/teach/notes/" not in html


def test_the_whole_site_is_as_old_as_its_oldest_count(counted, client, edith, steps):
    stopped(
        slice_of(OrganisationFactory(), counted_at=datetime(2026, 11, 19, 8, 30, tzinfo=UTC)), steps, SHOWN
    )
    client.force_login(edith)

    assert "as of 19 Nov" in html_of(client)


def test_an_editor_who_coordinates_sees_her_organisation_only(counted, client, edith, organisation, steps):
    """The whole site less her own would be few people somewhere else."""
    MembershipFactory(user=edith, organisation=organisation, role=Role.COORDINATOR)
    stopped(slice_of(None), steps, {"ar": [0, 0, 0, 10]})
    client.force_login(edith)

    html = html_of(client)

    assert "The whole site" not in html
    assert organisation.name in html


def test_a_coordinator_elsewhere_sees_nothing_of_this_organisation(
    counted, client, dilan, organisation, taught
):
    MembershipFactory(user=dilan, organisation=OrganisationFactory(name="Elsewhere"), role=Role.COORDINATOR)
    client.force_login(dilan)

    html = html_of(client, about(taught))
    wanted = client.get(STUCK, {**about(taught), "organisation": organisation.pk})

    assert organisation.name not in html
    assert "96" not in shown(html)
    assert "Nothing is counted yet: Elsewhere." in html
    assert wanted.status_code == 422
    assert "96" not in shown(wanted.content.decode())


def test_two_organisations_stand_side_by_side_and_are_not_added_up(
    counted, coordinator, celia, steps, taught
):
    other = OrganisationFactory(name="Alter")
    MembershipFactory(user=celia, organisation=other, role=Role.COORDINATOR)
    stopped(slice_of(other), steps, {"ar": [0, 0, 0, 11]})

    html = html_of(coordinator, about(taught))

    assert "96 people began" in html
    assert "11 people began" in html
    assert "107" not in shown(html)


def test_what_was_never_counted_says_so(coordinator, taught):
    html = html_of(coordinator)

    assert "Nothing is counted yet: Wegwijs vzw. We count every five minutes" in html


@pytest.mark.parametrize("about", ["lesson-999999", "module-0", "lesson-x", "nothing"])
def test_what_is_not_taught_is_no_question(counted, coordinator, about):
    page = coordinator.get(STUCK, {"about": about})

    assert page.status_code == 422
    assert coordinator.get(reverse("reports:stuck_csv"), {"about": about}).status_code == 302


def test_a_site_without_modules_says_so(coordinator):
    assert "No module is published yet." in html_of(coordinator)
    assert coordinator.get(reverse("reports:stuck_csv")).status_code == 302


def test_goals_and_mistakes_speak_the_words_of_the_practice(counted, coordinator, taught, steps):
    chosen = lesson_page_goal(taught, steps[2])
    goal(
        counted,
        steps[2],
        chosen,
        tried=60,
        met=46,
        hint=20,
        shown=3,
        mistakes={"not-this-card": 30, "other": 2},
    )

    html = html_of(coordinator, about(taught))

    assert "Put the six pictures in order: from on to off." in html
    assert "Not this one yet. Something else comes before it." in html
    row = html.partition("Goals of practices</h2>")[2].partition("<tbody>")[2].partition("</tr>")[0]
    assert [part.partition("<")[0].strip() for part in row.split('<td class="number">')[1:]] == [
        "60",
        "46",
        "20",
        "",  # hidden
    ]


def lesson_page_goal(lesson, step):
    return next(block for block in page_of(lesson).body.raw_data if block["id"] == str(step.block_id))[
        "value"
    ]["goals"][0]["id"]


def test_times_are_drawn_for_each_step(counted, coordinator, taught, steps):
    took(counted, steps[0], "ar", [40, 30, 0, 0, 0, 0], at_once=70)
    took(counted, steps[0], "uk", [0, 6, 10, 10, 0, 0], at_once=20)

    html = html_of(coordinator, about(taught))

    assert "Step 1: Open it." in html
    assert "56 of 96 people needed 10 seconds or longer." in html
    assert "Українська: far more people need 10 seconds or longer for step 1, 26 of 26." in html


def test_one_label_stands_over_one_number(counted, coordinator, taught, steps):
    """Who skips a step comes through it all the same, but does not do it."""
    took(counted, steps[1], "ar", [0, 0, 60, 0, 0, 0], at_once=60)

    html = html_of(coordinator, about(taught))

    table = html.partition("First tries and long times</caption>")[2].partition("</table>")[0]
    assert "Came through" not in table
    assert "Did it" in table
    assert ">60<" in table
    assert "They did this very step" in html
    assert "60 people did it. How long it took them is one bar only." in html


def test_a_small_last_lesson_is_not_given_back_by_the_report(coordinator, organisation, client, edith):
    """The report says how often the lessons of a module were finished, and the page of each how often it was."""
    lessons = finished_lessons(organisation, [30, 28, 25, 3])

    [row] = report.ask(all_by_module(organisation), now=timezone.now()).rows
    shown = finished_of(coordinator, lessons[0].module)

    assert row.cells[[figure.id for figure in FIGURES].index("lessons")].value == 86
    assert shown == ["30", "28", "", ""]
    for lesson in lessons[2:]:  # all who began the third finished it: nobody may see who of the two has few
        assert "How many began is hidden. How many finished is hidden." in html_of(coordinator, about(lesson))
    client.force_login(edith)
    assert finished_of(client, lessons[0].module) == ["30", "28", "25", ""]


def finished_lessons(organisation, numbers):
    """Lessons of a module, each finished by as many, counted as a sweep counts."""
    page = module_page(title="Forms")
    lessons = [
        lesson_with_steps(page, [instruction("Read it.")], title=f"Form {n}") for n in range(len(numbers))
    ]
    cohort, at = CohortFactory(organisation=organisation), datetime(2026, 10, 5, tzinfo=UTC)
    enrolments = [
        Enrolment.objects.create(person=UserFactory(), module=lessons[0].module, cohort=cohort, started_at=at)
        for _n in range(max(numbers))
    ]
    LessonCompletion.objects.bulk_create(
        LessonCompletion(
            enrolment=one, lesson=lesson, title=lesson.title, steps=1, happened_at=at, received_at=at
        )
        for lesson, number in zip(lessons, numbers, strict=True)
        for one in enrolments[:number]
    )
    rollups.sweep(timezone.now())
    return lessons


def all_by_module(organisation):
    this_month = month_of(timezone.now())
    return report.Question([organisation], Period(this_month - 24, this_month), By.MODULE)


def finished_of(client, module):
    """The last column of the lessons, "" where it is hidden."""
    html = html_of(client, {"about": f"module-{module.pk}"})
    rows = html.partition("Lessons</caption>")[2].partition("<tbody>")[2].partition("</tbody>")[0]
    last = [row.rpartition('<td class="number">')[2] for row in rows.split("</tr>")[:-1]]
    return [cell.partition("<")[0].strip() for cell in last]


def test_files_are_those_of_the_lesson(counted, coordinator, taught):
    csv = coordinator.get(reverse("reports:stuck_csv"), about(taught))
    xlsx = coordinator.get(reverse("reports:stuck_xlsx"), about(taught))

    assert csv["Content-Disposition"] == f'attachment; filename="stuck-{taught.slug}.csv"'
    lines = b"".join(csv.streaming_content).decode().splitlines()
    assert lines[0] == "\ufeffWhat stands out"
    assert "Wegwijs vzw,3,Read it.,96,50" not in lines
    assert "Wegwijs vzw,3,Put the pictures in order.,96,50" in lines
    book = load_workbook(BytesIO(xlsx.content))
    assert book.sheetnames == [
        "What stands out",
        "How far people come",
        "By language of the learner",
        "What they mean",
    ]
    assert book["How far people come"].freeze_panes == "C2"


def test_the_paper_is_made_and_gone_for_who_no_longer_coordinates(
    counted, coordinator, celia, organisation, taught, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(f"{reverse('reports:stuck_pdf')}?about=lesson-{taught.pk}")
    job = PrintJob.objects.get()

    assert job.params == {"organisations": [organisation.pk], "module": taught.module_id, "lesson": taught.pk}
    assert job.made_at is not None
    assert job.filename == f"stuck-{taught.slug}.pdf"
    celia.memberships.all().delete()
    assert coordinator.get(f"/papers/{job.pk}/").status_code == 404


def test_a_paper_about_organisations_that_are_gone_is_not_about_the_whole_site(counted, taught, edith):
    """Not even for an editor, who might have the whole site."""
    params = {"organisations": [counted.organisation_id], "module": taught.module_id, "lesson": taught.pk}
    job = PrintJobFactory(owner=edith, kind=papers.STUCK.name, params=params)
    assert papers.compose(job).context["organisation"] == "Wegwijs vzw"

    job.params = {**params, "organisations": [counted.organisation_id + 1000]}

    with pytest.raises(NothingToPrint, match="no longer for you"):
        papers.compose(job)


def test_an_editor_prints_the_whole_site_while_she_edits(
    counted, client, edith, taught, django_capture_on_commit_callbacks
):
    client.force_login(edith)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{reverse('reports:stuck_pdf')}?about=module-{taught.module_id}")
    job = PrintJob.objects.get()

    assert job.params["organisations"] == [None]
    assert client.get(f"/papers/{job.pk}/").status_code == 200
    edith.groups.clear()
    assert client.get(f"/papers/{job.pk}/").status_code == 404


def test_from_a_lesson_an_editor_finds_how_people_fare_in_it(counted, client, edith, taught):
    client.force_login(edith)

    found = client.get(f"/admin/pages/{page_of(taught).pk}/edit/").content.decode()

    address = f"/reports/stuck/?about=lesson-{taught.pk}"
    assert address in found
    assert client.get(address).status_code == 200


def test_a_lesson_nobody_can_take_leads_to_no_numbers(client, edith, taught):
    taught.steps.update(retired_at=datetime(2026, 10, 1, tzinfo=UTC))
    client.force_login(edith)

    assert "about=lesson" not in client.get(f"/admin/pages/{page_of(taught).pk}/edit/").content.decode()


def test_coordinators_and_editors_find_the_page(counted, coordinator, client, edith):
    client.force_login(edith)

    assert f'href="{STUCK}"' in coordinator.get("/reports/").content.decode()
    assert STUCK in client.get("/admin/").content.decode()
    assert 'href="/reports/"' in html_of(coordinator)


@pytest.mark.parametrize("is_lesson", [False, True])
def test_the_page_asks_the_same_of_the_database_for_more_of_everything(
    counted, coordinator, celia, taught, steps, is_lesson
):
    took(counted, steps[0], "ar", [30, 0, 0, 0, 0, 0])
    goal(counted, steps[2], lesson_page_goal(taught, steps[2]), tried=60)
    question = about(taught) if is_lesson else {}
    html_of(coordinator, question)
    with CaptureQueriesContext(connection) as few:
        html_of(coordinator, question)

    for n in range(2):
        other = OrganisationFactory()
        MembershipFactory(user=celia, organisation=other, role=Role.COORDINATOR)
        part = slice_of(other)
        stopped(part, steps, {**SHOWN, "fr": [0, 9, 0, 9], "ti": [5, 0, 0, 9]})
        for step in steps[1:]:
            took(part, step, "fr", [9, 0, 0, 0, 0, 0])
        parent = taught_module(taught)
        lesson_page(parent, title=f"More {n}")
    html_of(coordinator, question)
    with CaptureQueriesContext(connection) as many:
        html_of(coordinator, question)

    assert len(many) == len(few)


def taught_module(lesson):
    return page_of(lesson).get_parent().specific
