"""Who comes late sees what the class has done so far, and goes her own way until she is where everybody is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms import actions, catching_up
from classrooms.models import Attendance, LedStep, Session
from tests.factories.courses import lesson_with_steps, translated
from tests.factories.learners import do
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(session):
    """It began a quarter of an hour ago."""
    Session.objects.filter(pk=session.pk).update(opened_at=timezone.now() - timedelta(minutes=15))
    session.refresh_from_db()
    return session


@pytest.fixture
def classmates(cohort, session):
    people = UserFactory.create_batch(4)
    cohort.learners.add(*people)
    Attendance.objects.bulk_create(
        Attendance(session=session, person=person, joined_at=session.opened_at) for person in people
    )
    return people


def path(lesson, number: int) -> str:
    return f"{lesson.module.slug}/{lesson.slug}/{number}"


def lead(session, lesson, *numbers: int) -> None:
    for number in numbers:
        actions.lead(session, path(lesson, number), now=timezone.now())


def join(learner, session) -> str:
    return learner.post(f"/join/{session.code}/")["Location"]


def seen(session, person, language: str = "en") -> list[tuple[str, bool]]:
    return [(step.path, step.is_done) for step in catching_up.steps_of_class(session, person.pk, language)]


def test_where_everybody_was_led_is_noted_once(session, lesson):
    lead(session, lesson, 2, 1, 2)
    assert sorted(LedStep.objects.values_list("path", flat=True)) == [path(lesson, 1), path(lesson, 2)]


def test_what_half_of_the_class_finished_and_where_it_was_led_stand_in_order(
    session, classmates, lesson, amina
):
    first, second, _third = lesson.steps.all()
    other = lesson_with_steps()
    lead(session, lesson, 3)
    for person in classmates[:2]:
        do(person, first, other.steps.first())
    do(classmates[0], second)  # one of four is no half
    do(amina, first)

    assert seen(session, amina) == [
        (path(lesson, 1), True),
        (path(lesson, 3), False),
        (path(other, 1), False),
    ]


def test_only_what_was_done_in_this_class_counts(session, classmates, lesson, amina):
    for person in classmates:
        do(person, lesson.steps.first(), at=session.opened_at - timedelta(hours=1))
    others = UserFactory.create_batch(5)
    for person in others:
        do(person, lesson.steps.first())
    assert seen(session, amina) == []


def test_a_step_that_was_taken_away_is_not_asked_of_her(session, lesson, amina):
    lead(session, lesson, 1, 9)
    actions.lead(session, "gone/away/1", now=timezone.now())
    assert seen(session, amina) == [(path(lesson, 1), False)]


def test_each_step_has_its_title_in_her_language(session, learner, lesson):
    translated(lesson, "nl")
    join(learner, session)
    lead(session, lesson, 1)
    learner.post("/language/", {"help_language": "nl", "next": "/me/"})

    page = learner.get("/class/missed/").content.decode()

    assert 'lang="nl"' in page
    assert f"nl {lesson.steps.first().title}" in page


def test_who_comes_late_sees_it_first_and_once(session, learner, lesson, classmates):
    lead(session, lesson, 1)
    assert join(learner, session) == "/class/missed/"
    assert learner.get("/class/missed/").context["first"].path == path(lesson, 1)
    assert join(learner, session) == f"/ar/{path(lesson, 1)}/"


def test_who_waited_at_the_door_and_is_late_sees_it_too(session, trainer, lesson):
    lead(session, lesson, 1)
    phone = Client()
    phone.post(f"/join/{session.code}/", {"name": "Rojin"})
    asked = session.join_requests.get()
    trainer.post(f"/teach/sessions/{session.pk}/door/", {"asked": str(asked.key), "do": "in"})
    assert phone.post("/join/wait/")["Location"] == "/class/missed/"


def test_who_missed_nothing_goes_where_everybody_is(session, learner, lesson, amina):
    do(amina, lesson.steps.first())
    lead(session, lesson, 1)
    assert join(learner, session) == f"/ar/{path(lesson, 1)}/"


def test_who_is_in_time_goes_where_everybody_is(session, learner, lesson):
    Session.objects.update(opened_at=timezone.now())
    lead(session, lesson, 1)
    assert join(learner, session) == f"/ar/{path(lesson, 1)}/"


def led(phone) -> tuple[str, bool]:
    now = phone.get("/class/now.json").json()
    return now["led"], now.get("late", False)


def test_nobody_pulls_her_while_she_catches_up(session, trainer, learner, lesson, amina):
    lead(session, lesson, 1, 3)
    join(learner, session)
    assert led(learner) == (path(lesson, 3), False)

    answer = learner.post("/class/missed/", {"to": path(lesson, 1)})

    assert answer["Location"] == f"/ar/{path(lesson, 1)}/"
    assert led(learner) == ("", True)
    assert "late, catching up" in trainer.get(f"/teach/sessions/{session.pk}/").content.decode()
    lead(session, lesson, 2)
    assert led(learner) == ("", True)

    assert learner.post("/class/missed/", {"to": ""})["Location"] == f"/ar/{path(lesson, 2)}/"
    assert led(learner) == (path(lesson, 2), False)
    assert "catching up" not in trainer.get(f"/teach/sessions/{session.pk}/").content.decode()


def test_her_trainer_calls_everybody_anew_and_she_comes_too(session, learner, lesson):
    lead(session, lesson, 1)
    join(learner, session)
    learner.post("/class/missed/", {"to": path(lesson, 1)})
    actions.release(session)
    lead(session, lesson, 3)
    assert led(learner) == (path(lesson, 3), False)


@pytest.mark.parametrize("to", ["//dilan.example", "a/b/c", "../../admin/1", "a/b/1\n"])
def test_the_page_leads_nobody_outside(session, learner, lesson, to):
    lead(session, lesson, 2)
    join(learner, session)
    assert learner.post("/class/missed/", {"to": to})["Location"] == f"/ar/{path(lesson, 2)}/"


def test_who_is_in_no_class_sees_nothing_of_one(session, trainer, learner, lesson, dilan):
    lead(session, lesson, 1)
    trainer.get(f"/teach/sessions/{session.pk}/")
    stranger = Client()
    stranger.force_login(dilan)
    for phone in (stranger, Client(), learner, trainer):
        for answer in (phone.get("/class/missed/"), phone.post("/class/missed/", {"to": path(lesson, 1)})):
            assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert not Attendance.objects.filter(is_catching_up=True).exists()


def test_a_poll_costs_two_queries_and_few_bytes_also_while_she_catches_up(
    session, learner, lesson, django_assert_num_queries
):
    lead(session, lesson, 1)
    join(learner, session)
    learner.post("/class/missed/", {"to": path(lesson, 1)})
    known = learner.get("/class/now.json").json()["v"]
    with django_assert_num_queries(2):
        response = learner.get("/class/now.json", {"v": known})
    assert (response.status_code, response.content) == (204, b"")


def test_the_page_costs_the_same_with_one_and_with_three(session, learner, cohort, classmates):
    def count() -> int:
        learner.get("/class/missed/")
        with CaptureQueriesContext(connection) as queries:
            page = learner.get("/class/missed/").content.decode()
        assert page.count("class-step") == LedStep.objects.count() * 2
        return len(queries)

    def more(n: int) -> None:
        for _ in range(n):
            lesson = lesson_with_steps()
            lead(session, lesson, 1)
            for person in classmates:
                do(person, lesson.steps.all()[1])

    join(learner, session)
    more(1)
    one = count()
    more(2)
    assert count() == one <= 12
