"""Somebody sits beside her and presses: the steps are hers as always, and each try says that she was helped."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learners import helped, overview
from learners.models import Attempt, StepCompletion
from people.guests import create_guest, give_cookie
from tests.factories.learners import do, event, raw
from tests.factories.people import UserFactory
from tests.test_budgets import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(client, amina) -> Client:
    client.force_login(amina)
    return client


def begin(phone: Client) -> None:
    phone.post("/me/helped/", {"do": "begin", "next": "/me/"})


def step_page(phone: Client, lesson, number: int = 1) -> str:
    return phone.get(f"/en/{lesson.module.slug}/{lesson.slug}/{number}/").content.decode()


def is_on(phone: Client, lesson) -> bool:
    page = step_page(phone, lesson)
    bar, field = 'class="helped-bar"' in page, 'name="helped" value="1"' in page
    assert bar == field
    return bar


def send(phone: Client, lesson, **more) -> Attempt:
    """One step as JSON."""
    body = raw(event(lesson.steps.first())) | more
    answer = phone.post("/progress/", {"events": [body]}, content_type="application/json")
    assert answer.json()["accepted"] == [body["id"]]
    return Attempt.objects.get(key=body["id"])


def test_while_somebody_helps_every_page_says_so_and_one_tap_ends_it(phone, lesson):
    assert not is_on(phone, lesson)
    begin(phone)
    assert is_on(phone, lesson)
    assert "Somebody helps <bdi>Amina</bdi>." in phone.get("/me/").content.decode()

    phone.post("/me/helped/", {"do": "end", "next": "/me/"})

    assert not is_on(phone, lesson)


def test_the_switch_stands_on_her_page_and_on_help(phone, lesson):
    for url in ("/me/", "/help/"):
        assert "Somebody helps me today" in phone.get(url).content.decode()
    begin(phone)
    for url in ("/me/", "/help/"):
        assert "Somebody helps me today" not in phone.get(url).content.decode()


@pytest.mark.parametrize("is_helped", [True, False])
def test_a_plain_form_carries_what_its_page_said(phone, amina, lesson, is_helped):
    if is_helped:
        begin(phone)
    page = step_page(phone, lesson)
    fields = {"helped": "1"} if 'name="helped" value="1"' in page else {}
    step = lesson.steps.first()
    phone.post(
        "/progress/",
        {
            "id": str(uuid4()),
            "lesson": str(lesson.key),
            "step": str(step.block_id),
            "kind": "read",
            "here": "/en/",
            "next": "/en/",
            **fields,
        },
    )

    assert Attempt.objects.get().helped is is_helped
    assert StepCompletion.objects.get().enrolment.person == amina


@pytest.mark.parametrize(
    ("said", "kept"),
    [({}, False), ({"helped": True}, True), ({"helped": False}, False), ({"helped": "yes"}, False), ({"helped": 1}, False)],
)  # fmt: skip
def test_an_event_may_say_it(phone, lesson, said, kept):
    assert send(phone, lesson, **said).helped is kept
    assert StepCompletion.objects.count() == 1


def test_what_waited_on_the_phone_keeps_what_was_true_then(phone, lesson):
    """It is the event that says so, not the browser that sends it."""
    begin(phone)
    assert send(phone, lesson).helped is False


def test_the_same_event_sent_again_without_it_changes_nothing(phone, amina, lesson):
    once = event(lesson.steps.first(), helped=True)
    for _ in range(2):
        phone.post("/progress/", {"events": [raw(once) | {"helped": True}]}, content_type="application/json")
    phone.post("/progress/", {"events": [raw(once)]}, content_type="application/json")
    assert [attempt.helped for attempt in Attempt.objects.all()] == [True]


def test_it_ends_after_half_a_day_and_with_the_browser(phone, lesson, monkeypatch):
    begin(phone)
    assert phone.cookies[helped.COOKIE]["max-age"] == phone.cookies[helped.COOKIE]["expires"] == ""
    later = timezone.now() + helped.LONGEST
    monkeypatch.setattr(helped.timezone, "now", lambda: later - timedelta(minutes=1))
    assert is_on(phone, lesson)
    monkeypatch.setattr(helped.timezone, "now", lambda: later + timedelta(minutes=1))
    assert not is_on(phone, lesson)


def test_the_next_person_on_the_same_computer_is_not_helped(phone, lesson, dilan):
    begin(phone)
    phone.force_login(dilan)
    assert not is_on(phone, lesson)


@pytest.mark.parametrize("mark", ["", "1", "9999999999.x:y", "9999999999.", "a.b.c"])
def test_a_mark_that_is_not_ours_says_nothing(phone, lesson, mark):
    phone.cookies[helped.COOKIE] = mark
    assert not is_on(phone, lesson)


def test_a_guest_has_the_switch_too(client, lesson):
    from django.http import HttpResponse

    response = HttpResponse()
    give_cookie(response, create_guest())
    client.cookies = response.cookies
    begin(client)
    assert "Somebody helps you." in step_page(client, lesson)


def test_a_step_page_asks_the_same_while_she_is_helped(phone, lesson):
    def count() -> int:
        step_page(phone, lesson)
        with CaptureQueriesContext(connection) as captured:
            step_page(phone, lesson)
        return len(captured)

    alone = count()
    begin(phone)
    assert count() == alone


def test_one_helped_event_asks_at_most_6_questions(phone, amina, dilan, lesson):
    first, second = lesson.steps.all()[:2]
    do(amina, first)
    do(dilan, second)
    body = {"events": [raw(event(second)) | {"helped": True}]}
    with CaptureQueriesContext(connection) as captured:
        phone.post("/progress/", body, content_type="application/json")
    assert Attempt.objects.filter(helped=True).count() == 1
    assert len(queries(captured)) <= 6


def test_her_trainer_sees_how_many_steps_she_passed_with_help(cohort, amina, bram, client, lesson):
    first, second, third = lesson.steps.all()
    do(amina, first, helped=True)
    do(amina, first, helped=True)
    do(amina, second, helped=True, mark=0.0)
    do(amina, third)
    zahra = UserFactory(name="Zahra")
    cohort.learners.add(zahra)
    do(zahra, first)

    table = overview.cohort_table(cohort, "en")

    assert [(row.learner.name, row.helped) for row in table.rows] == [("Amina", 1), ("Zahra", 0)]
    client.force_login(bram)
    assert "<td>1</td>" in client.get(f"/teach/{cohort.pk}/").content.decode()


def test_her_own_copy_says_it(phone, amina, lesson):
    do(amina, lesson.steps.first(), helped=True)
    assert [row["helped"] for row in phone.get("/me/data.json").json()["attempts"]] == [True]
