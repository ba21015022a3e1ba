"""The learner's side: offered once, never forced, changed and taken back whenever she wants."""

from datetime import timedelta
from functools import partial

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from funding import actions, views
from funding.access import leaving, sheet_of
from funding.models import Project, Sheet
from funding.questions import NOT_SAID, ON_LEAVING, QUESTIONS
from learners.models import Cohort
from people.guests import COOKIE, give_cookie
from tests.factories.funding import ProjectFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import OrganisationFactory, UserFactory
from tests.funding.conftest import ANSWERS

pytestmark = pytest.mark.django_db
OFFER = "Four questions about you"
ON_LEAVING_ANSWERS = {question.id: "no" for question in ON_LEAVING}


def page_of(project):
    return f"/me/funding/{project.pk}/"


def said(project, person):
    sheet = sheet_of(project, person)
    return sheet and {question.id: getattr(sheet, question.id) for question in QUESTIONS}


def ends_soon(project):
    Project.objects.filter(pk=project.pk).update(ends_on=timezone.localdate() + timedelta(days=20))


def test_she_finds_the_questions_on_her_own_page(hers, project):
    html = hers.get("/me/").content.decode()

    assert OFFER in html
    assert f'href="{page_of(project)}"' in html


def test_the_page_says_why_who_and_until_when_and_asks_four_questions(hers, project):
    page = hers.get(page_of(project))
    html = page.content.decode()

    assert page.status_code == 200
    assert html.count('type="radio"') == 3 + 4 + 3 + 4 + 4
    assert " checked" not in html.split("<form", 1)[1].split('class="fields"')[1]
    for words in ("Stap voor stap", "ESF+ Flanders", "Wegwijs vzw", "You do not have to answer"):
        assert words in html
    assert "no-store" in page["Cache-Control"]


def test_what_she_says_is_kept_and_stands_there_when_she_comes_back(hers, project, amina):
    answer = hers.post(page_of(project), ANSWERS)

    assert answer.url == "/me/"
    assert said(project, amina) == {**ANSWERS, **dict.fromkeys(ON_LEAVING_ANSWERS, "")}
    assert 'value="woman" id="id_gender_0" checked' in hers.get(page_of(project)).content.decode()


def test_each_question_may_be_left_out(hers, project, amina):
    hers.post(page_of(project), {"age": "18-29"})

    assert said(project, amina) == {
        **dict.fromkeys(ANSWERS, NOT_SAID), "age": "18-29", **dict.fromkeys(ON_LEAVING_ANSWERS, ""),
    }  # fmt: skip


def test_an_answer_that_was_not_offered_is_refused_in_words(hers, project):
    page = hers.post(page_of(project), {**ANSWERS, "gender": "asylum"})

    assert page.status_code == 422
    assert "field--invalid" in page.content.decode()
    assert not Sheet.objects.exists()


def test_she_changes_her_mind(hers, project, amina):
    hers.post(page_of(project), ANSWERS)
    hers.post(page_of(project), {**ANSWERS, "work": "working"})

    assert said(project, amina)["work"] == "working"
    assert Sheet.objects.count() == 1


def test_no_thank_you_is_one_press_and_is_not_asked_again(hers, project, amina):
    hers.post(f"{page_of(project)}nothing/")
    ends_soon(project)

    assert set(said(project, amina).values()) == {NOT_SAID}
    html = hers.get("/me/").content.decode()
    assert OFFER not in html
    assert "And now?" not in html


def test_everything_is_taken_back_in_one_press(hers, project, amina):
    hers.post(page_of(project), ANSWERS)
    page = hers.post(f"{page_of(project)}nothing/", follow=True)

    assert set(said(project, amina).values()) == {NOT_SAID}
    assert "Your answers are deleted." in page.content.decode()


def test_she_is_asked_once(hers, project):
    hers.post(page_of(project), ANSWERS)
    html = hers.get("/me/").content.decode()

    assert OFFER not in html
    assert "Change or delete my answers" in html


def test_nothing_is_asked_while_no_project_of_her_cohort_is_on(hers, cohort, organisation):
    today, of_hers = (
        timezone.localdate(),
        partial(ProjectFactory, organisation=organisation, cohorts=[cohort]),
    )
    others = [
        of_hers(is_on=False),
        of_hers(begins_on=today + timedelta(days=1)),
        of_hers(ends_on=today - timedelta(days=1)),
        of_hers(closed_at=timezone.now(), final={}),
        of_hers(cohorts=[CohortFactory(organisation=organisation)]),
        of_hers(cohorts=[]),
        of_hers(organisation=OrganisationFactory()),
    ]

    assert OFFER not in hers.get("/me/").content.decode()
    assert {hers.get(page_of(project)).status_code for project in others} == {404}
    assert {hers.post(page_of(project), ANSWERS).status_code for project in others} == {404}
    assert not Sheet.objects.exists()


def test_a_stranger_and_a_visitor_cannot_answer(client, project, dilan):
    assert "learners/nobody_yet.html" in [
        one.name for one in client.post(page_of(project), ANSWERS).templates
    ]
    client.force_login(dilan)

    assert client.get(page_of(project)).status_code == 404
    assert client.post(page_of(project), ANSWERS).status_code == 404
    assert client.post(f"{page_of(project)}nothing/").status_code == 404
    assert not Sheet.objects.exists()


def test_a_guest_answers_without_name_or_e_mail(cohort, project):
    guest, browser, response = UserFactory(guest=True), Client(), HttpResponse()
    give_cookie(response, guest)
    browser.cookies[COOKIE] = response.cookies[COOKIE].value
    cohort.learners.add(guest)

    assert OFFER in browser.get("/me/").content.decode()
    assert browser.post(page_of(project), ANSWERS).url == "/me/"
    assert said(project, guest)["gender"] == "woman"


def test_switched_off_it_asks_nobody_and_who_answered_may_still_take_back(hers, project, amina):
    actions.save(project, amina, ANSWERS)
    actions.switch(project, is_on=False)

    assert OFFER not in hers.get("/me/").content.decode()
    assert "Change or delete my answers" in hers.get("/me/").content.decode()
    hers.post(f"{page_of(project)}nothing/")
    assert said(project, amina)["gender"] == NOT_SAID


def test_who_has_left_the_cohort_still_finds_her_answers(hers, project, amina, cohort):
    actions.save(project, amina, ANSWERS)
    cohort.learners.clear()

    assert hers.get(page_of(project)).status_code == 200


def test_what_became_of_her_is_asked_when_the_project_ends_soon(hers, project, amina):
    actions.save(project, amina, ANSWERS)
    assert "And now?" not in hers.get("/me/").content.decode()
    assert hers.get(f"{page_of(project)}leaving/").status_code == 404

    ends_soon(project)

    assert "And now?" in hers.get("/me/").content.decode()
    hers.post(f"{page_of(project)}leaving/", ON_LEAVING_ANSWERS)
    assert said(project, amina) == {**ANSWERS, **ON_LEAVING_ANSWERS}
    assert "And now?" not in hers.get("/me/").content.decode()


def test_what_became_of_her_is_asked_when_her_cohort_ends(hers, project, amina, cohort):
    actions.save(project, amina, ANSWERS)
    cohort.ended_at = timezone.now()
    cohort.save()

    assert "And now?" in hers.get("/me/").content.decode()
    assert hers.get(f"{page_of(project)}leaving/").status_code == 200


def test_two_cohorts_of_a_project_ask_once(hers, project, amina, organisation):
    project.cohorts.add(CohortFactory(organisation=organisation, learners=[amina]))

    assert hers.get("/me/").content.decode().count(f'href="{page_of(project)}"') == 1


def test_her_page_costs_the_same_with_one_project_and_with_three(
    hers, cohort, organisation, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ProjectFactory(organisation=organisation, cohorts=[cohort])
    hers.get("/me/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        hers.get("/me/")
    ProjectFactory.create_batch(2, organisation=organisation, cohorts=[cohort])
    with django_assert_num_queries(len(one)):
        hers.get("/me/")


@pytest.mark.parametrize("page", ["", "leaving/", "nothing/"])
def test_a_page_that_meets_the_closing_is_a_page_that_is_gone(hers, project, amina, monkeypatch, page):
    actions.save(project, amina, ANSWERS)
    ends_soon(project)

    def look_and_close(project, person):
        found = sheet_of(project, person)
        actions.close(project.pk, lambda _project: {"kept": 1}, now=timezone.now())
        return found

    monkeypatch.setattr(views, "sheet_of", look_and_close)

    assert hers.post(f"{page_of(project)}{page}", ANSWERS).status_code == 404
    assert not Sheet.objects.exists()


def test_a_cohort_that_was_moved_to_another_organisation_is_asked_no_more(
    hers, client, bram, project, amina, cohort
):
    elsewhere = OrganisationFactory()
    Cohort.objects.filter(pk=cohort.pk).update(organisation=elsewhere)
    assert OFFER not in hers.get("/me/").content.decode()
    assert hers.get(page_of(project)).status_code == 404
    client.force_login(bram)
    assert "Stap voor stap" not in client.get(f"/teach/{cohort.pk}/").content.decode()

    # What she said before is hers still; for this project her classes have ended.
    actions.save(project, amina, ANSWERS)
    assert leaving([project], amina, timezone.localdate()) == {project.pk}
    client.force_login(amina)
    assert "Change or delete my answers" in client.get("/me/").content.decode()


def test_her_trainer_sees_that_it_is_on_and_no_answer(client, bram, project, amina, cohort):
    actions.save(project, amina, ANSWERS)
    client.force_login(bram)
    html = client.get(f"/teach/{cohort.pk}/").content.decode()

    assert "Questions for who pays “Stap voor stap”" in html
    assert f"/me/funding/{project.pk}/" not in html
    assert client.get(page_of(project)).status_code == 404
    actions.switch(project, is_on=False)
    assert "Stap voor stap" not in client.get(f"/teach/{cohort.pk}/").content.decode()
