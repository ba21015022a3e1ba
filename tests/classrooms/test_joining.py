"""A code opens the room, and never a person."""

import re
from copy import deepcopy
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from django.db import connection
from django.test import Client
from django.test.client import MULTIPART_CONTENT as MULTIPART
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from classrooms import actions, here, joining, learner_views, tasks
from classrooms.models import Attendance, JoinRequest
from learners.models import StepCompletion
from people import resuming
from people.actions import forget
from people.codes import in_groups
from people.enums import Role
from people.guests import COOKIE, give_cookie
from people.models import User
from tests.factories.learners import CohortFactory, do, event, raw
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


def lose_answer(phone: Client, path: str, **fields):
    """What the phone sends arrives; the answer, with its cookies, does not."""
    kept = deepcopy(phone.cookies)
    lost = phone.post(path, fields)
    phone.cookies = kept
    return lost


def page_of(response) -> str:
    return response.content.decode()


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


def test_who_pressed_a_name_that_has_gone_meanwhile_reads_what_she_can_do(client, session, cohort, amina):
    cohort.learners.remove(amina)
    answer = client.post(f"/join/{session.code}/", {"learner": amina.pk})
    assert answer.status_code == 422
    assert "Choose your name, or type it." in answer.content.decode()


def test_the_form_does_not_say_that_a_name_may_be_left_out(client, session):
    address = f"/join/{session.code}/"
    pages = [client.get(address), client.post(address, {"name": ""}), client.post(address, {"learner": 0})]
    for page in pages:
        assert "leave this empty" not in page.content.decode()


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


def test_an_answer_that_is_too_old_is_over_and_not_tried_on_and_on(
    client, trainer, session, amina, set_clock
):
    decide(trainer, ask(client, session, learner=amina.pk))
    assert 'id="go-in"' in page_of(client.get("/join/wait/"))
    set_clock(timezone.now() + joining.ANSWER_HOLDS + timedelta(seconds=1))

    for response in (client.get("/join/wait/"), client.post("/join/wait/")):
        assert 'id="go-in"' not in page_of(response)
        assert "ask once more" in page_of(response)
    assert not is_in_class(client)


# On a weak network


@pytest.mark.parametrize("is_new", [True, False])
def test_an_answer_that_got_lost_is_taken_again(client, trainer, session, cohort, amina, is_new):
    client.get(f"/join/{session.code}/")
    decide(trainer, ask(client, session, **({"name": "Rojin"} if is_new else {"learner": amina.pk})))
    lose_answer(client, "/join/wait/")
    assert not is_in_class(client)

    assert client.get(f"/join/{session.code}/")["Location"] == "/join/wait/"
    assert 'id="go-in"' in page_of(client.get("/join/wait/"))
    client.post("/join/wait/")

    assert is_in_class(client)
    assert Attendance.objects.get().person == (cohort.learners.get(name="Rojin") if is_new else amina)
    assert User.objects.filter(name="Rojin").count() == is_new


def test_a_computer_of_the_class_leads_nobody_in_who_begins_anew(client, trainer, session):
    client.cookies["stepin_class"] = "1"
    decide(trainer, ask(client, session, name="Rojin"))

    assert "Who are you?" in page_of(client.get(f"/join/{session.code}/"))


def test_a_lost_answer_is_taken_again_by_the_same_browser_only_and_not_too_late(
    client, trainer, session, amina, set_clock
):
    client.get(f"/join/{session.code}/")
    decide(trainer, ask(client, session, learner=amina.pk))
    stolen = Client()
    stolen.get(f"/join/{session.code}/")
    stolen.cookies["stepin_door"] = client.cookies["stepin_door"].value
    lose_answer(client, "/join/wait/")

    assert 'id="go-in"' not in page_of(stolen.get("/join/wait/"))
    stolen.post("/join/wait/")
    assert not is_in_class(stolen)
    set_clock(timezone.now() + joining.ANSWER_HOLDS + timedelta(seconds=1))
    client.post("/join/wait/")
    assert not is_in_class(client)


def test_a_visitor_who_asks_twice_stands_at_the_door_once(client, trainer, session):
    client.get(f"/join/{session.code}/")
    lose_answer(client, f"/join/{session.code}/", name="Rojin")
    first = JoinRequest.objects.get()
    decide(trainer, first)

    assert ask(client, session, name="Rojin") == first

    client.post("/join/wait/")
    assert is_in_class(client)


def test_what_she_asks_instead_has_to_be_seen_by_her_trainer_anew(client, trainer, session, amina):
    client.get(f"/join/{session.code}/")
    first = ask(client, session, name="Rojin")

    second = ask(client, session, learner=amina.pk)

    assert JoinRequest.objects.get() == second
    assert second.key != first.key
    decide(trainer, first)
    assert JoinRequest.objects.get().decided_at is None
    decide(trainer, second, "no")
    assert ask(client, session, learner=amina.pk) != second


def test_others_who_ask_under_the_same_name_stand_there_too(client, session):
    for phone in (client, Client()):
        phone.get(f"/join/{session.code}/")
        ask(phone, session, name="Rojin")

    assert JoinRequest.objects.count() == 2


@pytest.mark.parametrize("path", ["/class/help/", "/join/wait/", "/class/here/"])
def test_the_class_closes_in_the_moment_in_which_she_presses(
    client, learner, trainer, session, amina, lesson, monkeypatch, path
):
    """It was open when the view looked, and is not when the row is locked."""
    phone = {"/class/help/": learner, "/join/wait/": client, "/class/here/": trainer}[path]
    learner.post(f"/join/{session.code}/")
    if phone is client:
        decide(trainer, ask(client, session, name="Rojin"))
    trainer.get(f"/teach/sessions/{session.pk}/")
    actions.lead(session, "m/l/1", now=timezone.now())
    session.refresh_from_db()
    open_one = deepcopy(session)
    open_one.is_catching_up = False
    monkeypatch.setattr(learner_views, "session_of", lambda seat: open_one)
    join = joining.join

    def join_too_late(session, person, *, now):
        actions.close_session(session, now=now)
        return join(session, person, now=now)

    monkeypatch.setattr(joining, "join", join_too_late)
    if phone is not client:
        actions.close_session(session, now=timezone.now())
    step = lesson.steps.first()
    here_now = {"lesson": str(lesson.key), "step": str(step.block_id), "path": "m/l/2"}

    response = phone.post(path, here_now, content_type="application/json" if "here" in path else MULTIPART)

    assert (response.status_code, response.headers.get("Location")) == {
        "/class/help/": (302, "/me/"), "/join/wait/": (200, None), "/class/here/": (410, None),
    }[path]  # fmt: skip
    assert not User.objects.filter(name="Rojin").exists()


# Whose name, whose work


def test_a_phone_with_the_work_of_another_name_lets_a_new_person_in_and_keeps_that_work(
    guest_phone, trainer, session, cohort
):
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    asked = ask(phone, session, name="Rojin")
    assert "brings earlier work along" not in page_of(trainer.get(f"/teach/sessions/{session.pk}/"))
    decide(trainer, asked)

    response = phone.post("/join/wait/")

    rojin = cohort.learners.get(name="Rojin")
    assert Attendance.objects.get().person == rojin
    assert is_in_class(phone)
    assert samira not in cohort.learners.all()
    assert StepCompletion.objects.get().enrolment.person == samira
    other = Client()
    other.post("/resume/", {"code": " ".join(response.context["words"])})
    assert other.get("/me/").context["person"] == samira


@pytest.mark.parametrize("begins_anew", [False, True])
def test_the_code_of_the_other_work_is_not_lost_with_an_answer(guest_phone, trainer, session, begins_anew):
    """Pressed twice it is shown again; also when she has to begin anew, as on a computer of the class."""
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    if begins_anew:
        phone.cookies["stepin_class"] = "1"
    phone.get(f"/join/{session.code}/")
    decide(trainer, ask(phone, session, name="Rojin"))
    lost = lose_answer(phone, "/join/wait/")
    if begins_anew:
        decide(trainer, ask(phone, session, name="Rojin"))

    words = phone.post("/join/wait/").context["words"]

    assert words == lost.context["words"] != []
    assert is_in_class(phone)
    other = Client()
    other.post("/resume/", {"code": " ".join(words)})
    assert other.get("/me/").context["person"] == samira


def test_the_other_work_has_its_code_also_when_the_class_closes_in_this_moment(
    guest_phone, trainer, session, monkeypatch
):
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    decide(trainer, ask(phone, session, name="Rojin"))
    join = actions.join

    def join_too_late(session, person, *, now):
        actions.close_session(session, now=now)
        return join(session, person, now=now)

    monkeypatch.setattr(actions, "join", join_too_late)

    assert phone.post("/join/wait/").context["words"]


def test_the_page_asks_before_steps_of_the_work_are_lost_that_stays_behind(guest_phone, trainer, session):
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    phone.get(f"/join/{session.code}/")
    decide(trainer, ask(phone, session, name="Rojin"))
    assert "data-leaves" in page_of(phone.get("/join/wait/"))

    lose_answer(phone, "/join/wait/")

    assert "data-leaves" in page_of(phone.get("/join/wait/"))
    assert phone.post("/join/wait/")["Clear-Site-Data"]


@pytest.mark.parametrize("field", ["name", "learner"])
def test_the_page_asks_nothing_when_all_work_comes_along(guest_phone, trainer, session, amina, field):
    phone, _guest = guest_phone
    phone.get(f"/join/{session.code}/")
    decide(trainer, ask(phone, session, **{field: {"name": "Rojin", "learner": amina.pk}[field]}))
    assert "data-leaves" not in page_of(phone.get("/join/wait/"))

    lose_answer(phone, "/join/wait/")

    assert "data-leaves" not in page_of(phone.get("/join/wait/"))
    assert "Clear-Site-Data" not in phone.post("/join/wait/")


def test_a_visitor_without_work_is_asked_nothing(client, trainer, session):
    decide(trainer, ask(client, session, name="Rojin"))
    assert "data-leaves" not in page_of(client.get("/join/wait/"))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Amina", "Amina Benali"),
        ("amina benali", "Benali  Amina El"),
        ("Amina Benali", "Amina"),
        ("أمينة", "أمينة بن علي"),
    ],
)
def test_a_name_she_corrects_at_the_door_is_hers_and_her_work_comes_along(
    guest_phone, trainer, session, cohort, name, typed
):
    phone, guest = guest_phone
    User.objects.filter(pk=guest.pk).update(name=name)
    decide(trainer, ask(phone, session, name=typed))

    phone.post("/join/wait/")

    guest.refresh_from_db()
    assert guest in cohort.learners.all()
    assert guest.name == " ".join(typed.split())
    assert StepCompletion.objects.get().enrolment.person == guest


@pytest.mark.parametrize("typed", ["Samira Benali", "Amin", "Aminata"])
def test_who_shares_no_more_than_a_word_or_some_letters_is_somebody_else(
    guest_phone, trainer, session, cohort, typed
):
    phone, guest = guest_phone
    User.objects.filter(pk=guest.pk).update(name="Amina Benali")
    decide(trainer, ask(phone, session, name=typed))

    phone.post("/join/wait/")

    assert guest not in cohort.learners.all()


def test_the_page_says_what_another_name_means_for_the_work_on_the_phone(guest_phone, session):
    phone, samira = guest_phone
    address = f"/join/{session.code}/"
    assert "If you type another name" not in page_of(phone.get(address))
    User.objects.filter(pk=samira.pk).update(name="Samira")

    assert "If you type another name, this work does not come along." in page_of(phone.get(address))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Rojin", "the work of <bdi>Samira</bdi> does not come along"),
        ("Samira Haddad", "brings earlier work along: <bdi>Samira</bdi>"),
    ],
)
def test_the_board_says_what_another_name_means(guest_phone, trainer, session, typed, said):
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    ask(phone, session, name=typed)

    page = page_of(trainer.get(f"/teach/sessions/{session.pk}/"))

    assert said in page
    assert page.count("<bdi>Samira</bdi>") == 1


def test_her_own_name_in_other_letters_is_hers(guest_phone, trainer, session, cohort):
    phone, samira = guest_phone
    User.objects.filter(pk=samira.pk).update(name="Samira")
    decide(trainer, ask(phone, session, name="samira "))

    phone.post("/join/wait/")

    assert samira in cohort.learners.all()


def test_the_board_says_whose_work_comes_along(guest_phone, trainer, session, amina):
    phone, samira = guest_phone
    ask(phone, session, learner=amina.pk)
    assert "Samira" not in page_of(trainer.get(f"/teach/sessions/{session.pk}/"))
    User.objects.filter(pk=samira.pk).update(name="Samira")

    page = page_of(trainer.get(f"/teach/sessions/{session.pk}/"))

    assert "brings earlier work along: <bdi>Samira</bdi>" in page


@pytest.mark.parametrize("field", ["name", "learner"])
def test_who_uses_the_browser_by_now_is_not_let_in_for_who_asked(
    guest_phone, trainer, session, cohort, amina, dilan, field
):
    phone, _guest = guest_phone
    decide(trainer, ask(phone, session, **{field: {"name": "Rojin", "learner": amina.pk}[field]}))
    phone.force_login(dilan)

    response = phone.post("/join/wait/")

    assert "ask once more" in page_of(response)
    assert not is_in_class(phone)
    assert list(cohort.learners.all()) == [amina]
    assert not Attendance.objects.exists()


def do_first_step(phone: Client, lesson) -> User:
    """In another tab, while she waits."""
    phone.post("/progress/", {"events": [raw(event(lesson.steps.first()))]}, content_type="application/json")
    return User.objects.get(is_guest=True, name="")


@pytest.mark.parametrize("is_answer_lost", [False, True])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_first_step_done_while_she_waits_comes_along(
    client, trainer, session, cohort, amina, lesson, is_new, is_answer_lost
):
    client.get(f"/join/{session.code}/")
    asked = ask(client, session, **({"name": "Rojin"} if is_new else {"learner": amina.pk}))
    decide(trainer, asked)
    if is_answer_lost:
        lose_answer(client, "/join/wait/")
    guest = do_first_step(client, lesson)
    assert 'id="go-in"' in (page := page_of(client.get("/join/wait/")))
    assert "data-leaves" not in page

    client.post("/join/wait/")

    learner = cohort.learners.get(name="Rojin") if is_new else amina
    assert is_in_class(client)
    assert Attendance.objects.get().person == learner
    assert StepCompletion.objects.get().enrolment.person == learner
    asked.refresh_from_db()
    assert asked.guest == guest


def test_who_came_with_another_code_while_she_waits_is_not_let_in_for_her(client, trainer, session, lesson):
    client.get(f"/join/{session.code}/")
    decide(trainer, ask(client, session, name="Rojin"))
    other = UserFactory(guest=True)
    words = resuming.in_words(resuming.make_code(other, seed="x", now=timezone.now()))
    client.post("/resume/", {"code": " ".join(words)})

    assert "ask once more" in page_of(client.post("/join/wait/"))
    assert not is_in_class(client)


def test_a_guest_who_took_a_name_while_she_waits_has_to_be_seen_anew(client, trainer, session, lesson):
    client.get(f"/join/{session.code}/")
    decide(trainer, ask(client, session, name="Rojin"))
    guest = do_first_step(client, lesson)
    User.objects.filter(pk=guest.pk).update(name="Farid")

    assert "ask once more" in page_of(client.post("/join/wait/"))
    assert not is_in_class(client)


def test_a_first_step_in_another_browser_opens_nothing(client, trainer, session, lesson):
    client.get(f"/join/{session.code}/")
    decide(trainer, ask(client, session, name="Rojin"))
    stolen = Client()
    stolen.get(f"/join/{session.code}/")
    stolen.cookies["stepin_door"] = client.cookies["stepin_door"].value
    do_first_step(stolen, lesson)

    stolen.post("/join/wait/")

    assert not is_in_class(stolen)


def test_who_asks_and_who_decides_take_the_class_before_its_requests(session, bram):
    """In two orders they could wait for each other for ever."""
    with CaptureQueriesContext(connection) as asking:
        asked = joining.ask_to_join(session, person=None, guest=None, name="Rojin", now=timezone.now())
    with CaptureQueriesContext(connection) as deciding:
        joining.decide(asked, is_let_in=True, by=bram, now=timezone.now())

    for queries in (asking, deciding):
        tables = [re.search(r"(?:FROM|UPDATE|INTO) \"(classrooms_\w+)\"", query["sql"]) for query in queries]
        assert next(found[1] for found in tables if found) == "classrooms_session"


# What was typed at the door


def test_who_leaves_takes_the_name_along_that_she_typed_at_the_door(client, trainer, session, cohort):
    decide(trainer, ask(client, session, name="Rojin"))
    client.post("/join/wait/")
    rojin = cohort.learners.get(name="Rojin")
    asked = JoinRequest.objects.get()
    assert (asked.person, asked.name) == (rojin, "")

    forget(rojin)

    assert not JoinRequest.objects.exists()


@pytest.mark.parametrize("closes_itself", [True, False])
def test_names_at_the_door_are_forgotten_when_the_class_is_over(
    client, trainer, session, set_clock, closes_itself
):
    decide(trainer, ask(client, session, name="Rojin"), "no")
    ask(Client(), session, name="Zahra")
    tasks.forget_names_at_the_door()
    assert sorted(JoinRequest.objects.values_list("name", flat=True)) == ["Rojin", "Zahra"]

    if closes_itself:
        set_clock(session.closes_at)
    else:
        actions.close_session(session, now=timezone.now())
    tasks.forget_names_at_the_door()

    assert list(JoinRequest.objects.values_list("name", flat=True)) == ["", ""]


def test_which_browser_asked_is_forgotten_when_the_class_is_over(
    client, learner, trainer, session, amina, set_clock
):
    asked = []
    for phone, fields in ((client, {"learner": amina.pk}), (Client(), {"name": "Zahra"})):
        phone.get(f"/join/{session.code}/")
        asked.append(ask(phone, session, **fields))
    tasks.forget_names_at_the_door()
    browsers = set(JoinRequest.objects.values_list("browser", flat=True))
    assert len(browsers) == 2
    assert None not in browsers

    set_clock(session.closes_at)
    tasks.forget_names_at_the_door()

    assert list(JoinRequest.objects.values_list("browser", flat=True)) == [None, None]


def test_who_leads_a_cohort_is_no_name_to_choose_and_names_cost_one_query(
    session, cohort, amina, dilan, django_assert_num_queries
):
    cohort.learners.add(dilan, *UserFactory.create_batch(3))
    CohortFactory(trainers=[dilan])

    with django_assert_num_queries(1):
        names = joining.names_to_choose(session)

    assert (amina in names, dilan in names, len(names)) == (True, False, 4)
