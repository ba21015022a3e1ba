import json
from uuid import uuid4

import pytest
from django.http import HttpResponse

from learners.models import Attempt, Enrolment, RefusedEvent, StepCompletion
from people.actions import merge_guest
from people.guests import COOKIE, give_cookie
from people.models import User
from tests.factories.courses import lesson_with_steps, page_of, question, republish, rows_of_steps
from tests.factories.learners import do, event, finish_lesson, raw
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PAGES = ["/me/", "/me/name/", "/me/data/", "/me/data.json", "/me/delete/"]


@pytest.fixture
def guest(client, db):
    guest = UserFactory(guest=True)
    response = HttpResponse()
    give_cookie(response, guest)
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return guest


@pytest.mark.parametrize("url", PAGES)
def test_a_visitor_is_told_what_will_stand_here(client, url):
    response = client.get(url)

    assert response.status_code == 200
    assert "learners/nobody_yet.html" in [template.name for template in response.templates]


@pytest.mark.parametrize("url", PAGES)
def test_pages_about_a_person_are_kept_by_no_cache(client, amina, url):
    client.force_login(amina)

    response = client.get(url)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_my_work_shows_my_modules_and_where_i_go_on(client, amina, lesson):
    do(amina, lesson.steps.first())
    client.force_login(amina)

    response = client.get("/me/", headers={"accept-language": "en"})

    assert [standing.entry.row for standing in response.context["modules"]] == [lesson.module]
    assert f"/{lesson.module.slug}/{lesson.slug}/2/" in response.content.decode()


def test_my_work_shows_nothing_of_others(client, amina, dilan, lesson):
    finish_lesson(amina, lesson)
    client.force_login(dilan)

    response = client.get("/me/")

    assert response.context["modules"] == []
    assert "Amina" not in response.content.decode()


def test_a_lesson_rewritten_from_end_to_end_stays_among_my_modules(client, amina, lesson):
    finish_lesson(amina, lesson)
    republish(page_of(lesson), [question()])
    client.force_login(amina)

    standings = client.get("/me/").context["modules"]

    assert [standing.lessons[0].is_finished for standing in standings] == [True]


def test_my_work_costs_the_same_with_one_module_and_with_three(
    client, amina, lesson, django_assert_max_num_queries
):
    client.force_login(amina)
    client.get("/me/")
    finish_lesson(amina, lesson)
    with django_assert_max_num_queries(40) as one:
        client.get("/me/")
    for _ in range(2):
        finish_lesson(amina, lesson_with_steps())
    with django_assert_max_num_queries(40) as three:
        client.get("/me/")

    assert len(one) == len(three)


def test_a_guest_can_say_her_name(client, guest):
    response = client.post("/me/name/", {"name": "  Amina   Haddad "})

    assert response["Location"] == "/me/"
    assert User.objects.get().name == "Amina Haddad"


def test_a_name_that_cannot_be_printed_stays_in_the_form(client, amina):
    client.force_login(amina)

    response = client.post("/me/name/", {"name": "Amina 😀"})

    assert response.status_code == 422
    assert "Amina 😀" in response.content.decode()
    assert User.objects.get().name == "Amina"


# My data


@pytest.fixture
def known(client, amina, cohort):
    """All that learning leaves behind of Amina; and as much of Dilan, that must not show."""
    steps = rows_of_steps(2)
    rows = {}
    for person in (amina, UserFactory(username="other", name="Other")):
        client.force_login(person)
        ids = [str(uuid4()), str(uuid4())]
        good = raw(event(steps[0], key=ids[0]))
        bad = raw(event(steps[1], key=ids[1])) | {"mark": 7}
        client.post("/progress/", json.dumps({"events": [good, bad]}), content_type="application/json")
        rows[person.username] = ids
    client.force_login(amina)
    return rows


def test_my_data_is_everything_and_only_mine(client, known, cohort):
    text = client.get("/me/data.json").content.decode()
    data = json.loads(text)

    attempt = Attempt.objects.get(enrolment__person__username="amina")
    assert [row["id"] for row in data["attempts"]] == [known["amina"][0]]
    assert data["attempts"][0]["step"] == attempt.step.title
    assert [row["id"] for row in data["refused"]] == [known["amina"][1]]
    assert data["refused"][0]["event"]["mark"] == 7
    assert [(row["module"], row["steps_completed"]) for row in data["modules"]] == [
        (str(attempt.enrolment.module), 1)
    ]
    assert [row["title"] for row in data["completions"]] == [attempt.step.title]
    assert [row["cohort"] for row in data["cohorts"]] == [cohort.name]
    assert not any(one in text for one in (*known["other"], "Other"))


def test_my_data_downloads_as_a_file(client, known):
    response = client.get("/me/data.json")

    assert response["Content-Disposition"] == 'attachment; filename="stepin-my-data.json"'
    assert response["Content-Type"] == "application/json"


def test_my_data_can_be_read_as_a_page(client, known):
    text = client.get("/me/data/").content.decode()

    assert known["amina"][0] in text
    assert known["amina"][1] in text
    assert not any(one in text for one in known["other"])


# Delete me


def test_deleting_oneself_asks_to_be_sure(client, amina):
    client.force_login(amina)

    assert client.get("/me/delete/").status_code == 200
    assert client.post("/me/delete/", {"sure": ""}).status_code == 422
    assert User.objects.get() == amina


def test_a_person_who_deletes_herself_leaves_nothing_of_her_learning(client, known, amina):
    response = client.post("/me/delete/", {"sure": "on"})

    assert response.status_code == 200
    assert not User.objects.filter(username="amina").exists()
    assert Enrolment.objects.get().person.username == "other"
    assert {row.person.username for row in RefusedEvent.objects.all()} == {"other"}
    assert "_auth_user_id" not in client.session
    assert client.get("/me/").templates[0].name == "learners/nobody_yet.html"


def test_a_guest_who_deletes_herself_loses_her_cookie_too(client, guest):
    do(guest, *rows_of_steps(1))

    response = client.post("/me/delete/", {"sure": "on"})

    assert response.cookies[COOKIE].value == ""
    assert not User.objects.exists()
    assert not StepCompletion.objects.exists()


def test_who_came_from_a_guest_is_deleted_with_the_guest(client, amina):
    guest = UserFactory(guest=True)
    do(guest, *rows_of_steps(1))
    merge_guest(guest, into=amina)
    client.force_login(amina)

    client.post("/me/delete/", {"sure": "on"})

    assert not User.objects.exists()
    assert not Attempt.objects.exists()


def test_dilan_deletes_only_herself(client, amina, dilan):
    do(amina, *rows_of_steps(1))
    client.force_login(dilan)

    client.post("/me/delete/", {"sure": "on", "person": amina.pk})

    assert list(User.objects.all()) == [amina]
    assert Enrolment.objects.get().person == amina
