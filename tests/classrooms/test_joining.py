"""A code opens the room, and never a person."""

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import actions, here, joining
from classrooms.models import Attendance, JoinRequest
from learners.models import StepCompletion
from people.codes import in_groups
from people.enums import Role
from people.guests import COOKIE, give_cookie
from people.models import User
from tests.factories.learners import do
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest_phone(lesson):
    """A phone on which somebody without an account has done a step."""
    from django.http import HttpResponse

    guest = UserFactory(guest=True)
    do(guest, lesson.steps.first())
    response, phone = HttpResponse(), Client()
    give_cookie(response, guest)
    phone.cookies = SimpleCookie({COOKIE: response.cookies[COOKIE].value})
    return phone, guest


def ask(phone: Client, session, **fields) -> JoinRequest:
    response = phone.post(f"/join/{session.code}/", fields)
    assert (response.status_code, response["Location"]) == (302, "/join/wait/")
    return JoinRequest.objects.order_by("pk").last()


def decide(trainer: Client, asked: JoinRequest, do: str = "in") -> None:
    trainer.post(f"/teach/sessions/{asked.session_id}/door/", {"asked": str(asked.key), "do": do})


def is_in_class(phone: Client) -> bool:
    return phone.get("/class/now.json").status_code == 200


def test_who_is_on_the_list_joins_with_one_tap(learner, session, amina):
    assert "I am here" in learner.get(f"/join/{session.code}/").content.decode()
    assert not is_in_class(learner)

    learner.post(f"/join/{session.code}/")

    assert is_in_class(learner)
    assert Attendance.objects.get().person == amina


def test_a_code_is_typed_in_any_spelling(learner, session):
    typed = in_groups(session.code, 3).lower()
    response = learner.post("/join/", {"code": typed})
    assert response["Location"] == f"/join/{session.code}/"
    assert learner.get(f"/join/{typed}/").status_code == 200


def test_wrong_closed_and_foreign_codes_answer_alike(learner, session, client):
    actions.close_session(session, now=timezone.now())

    def bodies(*answers):
        """Without the code itself and the form's own secret."""
        assert {answer.status_code for answer in answers} == {404}
        plain = re.compile(rf'csrf\w+" value="\w+"|222222|{session.code}')
        return {plain.sub("", answer.content.decode()) for answer in answers}

    assert len(bodies(*[learner.get(f"/join/{code}/") for code in ("222222", session.code)])) == 1
    assert len(bodies(*[learner.post("/join/", {"code": code}) for code in ("222222", session.code)])) == 1


def test_guessing_ends(client, session):
    for _ in range(60):
        client.get("/join/222222/")
    assert client.get(f"/join/{session.code}/").status_code == 404


def test_a_name_alone_is_nobody_until_the_trainer_has_seen_her(client, trainer, session, amina):
    asked = ask(client, session, learner=amina.pk)
    assert client.get("/me/name/").context.get("form") is None
    client.post("/join/wait/")
    assert not is_in_class(client)
    assert not Attendance.objects.exists()

    decide(trainer, asked)
    client.post("/join/wait/")

    assert is_in_class(client)
    assert Attendance.objects.get().person == amina
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_the_answer_is_taken_once_by_the_browser_that_asked_and_not_too_late(
    client, trainer, session, amina, monkeypatch
):
    asked = ask(client, session, learner=amina.pk)
    decide(trainer, asked)
    other = Client()
    assert other.post("/join/wait/")["Location"] == "/join/"
    assert joining.take_answer(asked.key, person=None, now=timezone.now() + timedelta(minutes=11)) is None

    stolen = Client()
    stolen.cookies = SimpleCookie({"stepin_door": client.cookies["stepin_door"].value})
    client.post("/join/wait/")
    stolen.post("/join/wait/")

    assert is_in_class(client)
    assert not is_in_class(stolen)


def test_who_is_not_let_in_is_told_and_may_ask_again(client, trainer, session, amina):
    asked = ask(client, session, learner=amina.pk)
    assert client.get("/join/wait/answer.json").status_code == 204
    decide(trainer, asked, "no")
    decide(trainer, asked, "in")

    assert client.get("/join/wait/answer.json").status_code == 200
    assert "ask once more" in client.post("/join/wait/").content.decode()
    assert not is_in_class(client)


def test_a_guest_is_claimed_into_the_class_with_what_she_did(guest_phone, trainer, session, cohort):
    phone, guest = guest_phone
    asked = ask(phone, session, name="Rojin")
    decide(trainer, asked)
    phone.post("/join/wait/")

    guest.refresh_from_db()
    assert (guest.name, guest in cohort.learners.all()) == ("Rojin", True)
    assert is_in_class(phone)
    assert StepCompletion.objects.get().enrolment.person == guest


def test_a_guest_who_is_on_the_list_brings_her_work_along(guest_phone, trainer, session, amina):
    phone, guest = guest_phone
    asked = ask(phone, session, learner=amina.pk)
    decide(trainer, asked)
    phone.post("/join/wait/")

    guest.refresh_from_db()
    assert guest.merged_into == amina
    assert StepCompletion.objects.get().enrolment.person == amina
    assert is_in_class(phone)


def test_a_new_person_without_any_work_is_made_a_learner(client, trainer, session, cohort):
    asked = ask(client, session, name="Rojin")
    decide(trainer, asked)
    assert not User.objects.filter(name="Rojin").exists()
    client.post("/join/wait/")

    assert cohort.learners.get(name="Rojin").is_guest
    assert is_in_class(client)


def test_dilan_asks_with_his_own_name_and_sees_no_others(client, trainer, session, dilan, cohort, amina):
    client.force_login(dilan)
    page = client.get(f"/join/{session.code}/").content.decode()
    assert "Amina" not in page

    asked = ask(client, session, learner=amina.pk)
    assert (asked.person, asked.name) == (None, "Dilan")
    decide(trainer, asked)
    client.post("/join/wait/")
    assert dilan in cohort.learners.all()


def test_whoever_works_with_learners_is_no_name_to_choose(client, session, cohort, organisation, celia):
    cohort.learners.add(celia, MembershipFactory(organisation=organisation, role=Role.TRAINER).user)
    assert [person.name for person in joining.names_to_choose(session)] == ["Amina"]
    assert client.post(f"/join/{session.code}/", {"learner": celia.pk}).status_code == 422


def test_an_empty_name_is_refused_and_too_many_wait_for_nobody(client, session):
    assert client.post(f"/join/{session.code}/", {"name": " "}).status_code == 422
    for _ in range(joining.MOST_WAITING):
        joining.ask_to_join(session, person=None, guest=None, name="X", now=timezone.now())
    assert client.post(f"/join/{session.code}/", {"name": "Y"}).status_code == 404


def test_another_trainer_lets_nobody_in(client, session, amina):
    asked = ask(client, session, learner=amina.pk)
    stranger = Client()
    stranger.force_login(MembershipFactory(role=Role.TRAINER).user)
    response = stranger.post(f"/teach/sessions/{session.pk}/door/", {"asked": str(asked.key), "do": "in"})
    assert response.status_code == 404
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_a_seat_ends_with_whoever_sits_there(learner, session, dilan):
    learner.post(f"/join/{session.code}/")
    seat = learner.cookies[here.COOKIE].value
    learner.force_login(dilan)
    learner.cookies[here.COOKIE] = seat

    assert learner.get("/class/now.json").status_code == 410
    assert learner.cookies[here.COOKIE].value == ""


@pytest.mark.parametrize("value", ["", "x", "1.2.0.abc", "1.2.0.abc:1:x"])
def test_a_forged_seat_is_none(client, session, value):
    client.cookies[here.COOKIE] = value
    assert client.get("/class/now.json").status_code == 410
    assert client.get("/en/").status_code == 200
