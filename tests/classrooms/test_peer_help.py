"""In class a helper sees who asks for help at a module she has finished, comes, and sees nothing else."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms import actions, peer_help
from classrooms.models import HelpRequest
from learners import peers
from tests.factories.courses import rows_of_steps
from tests.factories.learners import do
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(db):
    return rows_of_steps(2)


@pytest.fixture
def sara(cohort, steps):
    """She has finished the module, and her trainer has named her."""
    sara = UserFactory(username="sara", name="Sara")
    cohort.learners.add(sara)
    do(sara, *steps)
    peers.name_helper(cohort, sara)
    return sara


def in_class(person, session) -> Client:
    client = Client()
    client.force_login(person)
    client.post(f"/join/{session.code}/")
    return client


@pytest.fixture
def helper(sara, session) -> Client:
    return in_class(sara, session)


def ask(session, person, step) -> None:
    actions.join(session, person, now=timezone.now())
    actions.stand_at(session, person, step, now=timezone.now())
    actions.ask_for_help(session, person, now=timezone.now())


def asking(phone) -> int:
    return phone.get("/class/now.json").json().get("asking", 0)


def act(phone, person, do: str):
    return phone.post("/class/helping/", {"learner": person.pk, "do": do})


def queue(phone) -> list[str]:
    return [asked.request.person.name for asked in phone.get("/class/helping/").context["queue"]]


def test_a_helper_takes_a_request_and_says_when_it_is_over(helper, session, amina, sara, steps):
    assert asking(helper) == 0
    ask(session, amina, steps[1])
    assert asking(helper) == 1
    page = helper.get("/class/helping/").content.decode()
    assert "<b>Amina</b>" in page
    assert "2 of 2" in page

    act(helper, amina, "come")
    assert HelpRequest.objects.get().comes == sara
    assert in_class(amina, session).get("/class/now.json").json()["by"] == "Sara"
    assert asking(helper) == 1

    act(helper, amina, "end")
    assert HelpRequest.objects.waiting().count() == 0
    assert asking(helper) == 0


def test_she_sees_only_who_is_at_a_module_she_has_finished(helper, session, cohort, amina, steps):
    elsewhere, nowhere = UserFactory(), UserFactory()
    cohort.learners.add(elsewhere, nowhere)
    ask(session, elsewhere, rows_of_steps(1)[0])
    ask(session, nowhere, None)
    ask(session, amina, steps[0])
    assert (asking(helper), queue(helper)) == (1, ["Amina"])

    act(helper, elsewhere, "come")
    act(helper, elsewhere, "end")
    assert list(HelpRequest.objects.filter(person=elsewhere).values_list("comes", "ended_at")) == [
        (None, None)
    ]


def test_the_queue_stands_in_the_order_in_which_they_asked(helper, session, cohort, amina, steps):
    zoe = UserFactory(name="Aaron")
    cohort.learners.add(zoe)
    for person in (amina, zoe):
        ask(session, person, steps[0])
    assert queue(helper) == ["Amina", "Aaron"]


def test_her_own_request_is_for_others(helper, session, sara, steps):
    ask(session, sara, steps[0])
    now = helper.get("/class/now.json").json()
    assert (now["help"], now.get("asking", 0), queue(helper)) == ("asked", 0, [])
    act(helper, sara, "come")
    assert HelpRequest.objects.get().comes is None


def test_who_came_first_comes(helper, session, amina, bram, steps):
    ask(session, amina, steps[0])
    actions.come(session, amina, by=bram)
    assert (asking(helper), queue(helper)) == (0, [])
    act(helper, amina, "come")
    act(helper, amina, "end")
    request = HelpRequest.objects.get()
    assert (request.comes, request.ended_at) == (bram, None)


def test_she_ends_only_what_she_came_to(helper, session, amina, steps):
    ask(session, amina, steps[0])
    act(helper, amina, "end")
    assert HelpRequest.objects.get().ended_at is None


def test_what_her_trainer_takes_away_ends_at_her_next_act(helper, session, cohort, amina, sara, steps):
    ask(session, amina, steps[0])
    peers.end_helping(cohort, sara)

    assert asking(helper) == 0
    answer = act(helper, amina, "come")

    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert HelpRequest.objects.get().comes is None
    assert "/class/helping/" not in helper.get("/me/").content.decode()


def test_who_is_named_in_the_middle_of_the_class_helps_from_her_next_step_on(session, cohort, sara, steps):
    peers.end_helping(cohort, sara)
    phone = in_class(sara, session)
    assert "/class/helping/" not in phone.get("/me/").content.decode()
    peers.name_helper(cohort, sara)

    said = {"lesson": str(steps[0].lesson.key), "step": str(steps[0].block_id), "path": "m/l/1"}
    phone.post("/class/here/", json.dumps(said), content_type="application/json")

    assert "/class/helping/" in phone.get("/me/").content.decode()


@pytest.mark.parametrize("who", ["a classmate", "her trainer", "a stranger", "nobody", "not in class"])
def test_nobody_else_sees_or_takes_a_request(session, trainer, cohort, amina, sara, steps, dilan, who):
    ask(session, amina, steps[0])
    classmate, phone = UserFactory(), Client()
    cohort.learners.add(classmate)
    if who == "a classmate":
        phone = in_class(classmate, session)
    elif who == "her trainer":
        trainer.get(f"/teach/sessions/{session.pk}/")
        phone = trainer
    elif who != "nobody":
        phone.force_login({"a stranger": dilan, "not in class": sara}[who])
    for answer in (phone.get("/class/helping/"), act(phone, amina, "come")):
        assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert HelpRequest.objects.get().comes is None


def test_a_helper_sees_no_progress_and_no_attendance(helper, session, cohort):
    for url in (f"/teach/{cohort.pk}/", f"/teach/sessions/{session.pk}/", "/teach/"):
        assert helper.get(url).status_code == 404
    assert helper.get(f"/teach/sessions/{session.pk}/now/").status_code == 403


@pytest.mark.parametrize("helps", [True, False])
def test_a_poll_costs_two_queries_and_few_bytes(
    helper, session, cohort, amina, steps, helps, django_assert_num_queries
):
    ask(session, amina, steps[0])
    classmate = UserFactory()
    cohort.learners.add(classmate)
    phone = helper if helps else in_class(classmate, session)
    with django_assert_num_queries(2) as queries:
        news = phone.get("/class/now.json")
    assert ("learners_modulecompletion" in queries[1]["sql"]) == helps
    assert len(news.content) <= 300 - 110  # what the web server adds
    with django_assert_num_queries(2):
        response = phone.get("/class/now.json", {"v": news.json()["v"]})
    assert (response.status_code, response.content) == (204, b"")
    assert sum(len(f"{name}: {value}\r\n") for name, value in response.items()) <= 150


def test_the_queue_is_counted_with_one_and_with_three(helper, session, cohort, sara, amina, steps):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            peer_help.queue_for(sara.pk, session)
        return len(queries)

    ask(session, amina, steps[0])
    one = count()
    for person in UserFactory.create_batch(2):
        cohort.learners.add(person)
        ask(session, person, steps[1])
    assert len(queue(helper)) == 3
    assert count() == one == 3
