"""The board: who is where, who is stuck, who needs help; and the phones that follow."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import actions, board
from people.enums import Role
from tests.factories.courses import rows_of_steps
from tests.factories.learners import do
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(db):
    return rows_of_steps(3)


@pytest.fixture
def in_class(learner, session):
    learner.post(f"/join/{session.code}/")
    return learner


@pytest.fixture
def watching(trainer, session):
    """Bram's browser, with the board open."""
    trainer.get(f"/teach/sessions/{session.pk}/")
    return trainer


def say(client: Client, step, path: str = "m/l/1"):
    body = {"lesson": str(step.lesson.key), "step": str(step.block_id), "path": path}
    return client.post("/class/here/", json.dumps(body), content_type="application/json")


def poll(client: Client, session, v: str = "", on: str = "board"):
    return client.get(f"/teach/sessions/{session.pk}/now/", {"v": v, "on": on})


def row_of(session, person, now=None) -> board.Row:
    return next(row for row in board.rows(session, now=now or timezone.now()) if row.learner == person)


def test_a_board_that_shows_what_is_costs_two_queries_and_no_bytes(
    watching, session, django_assert_num_queries
):
    state = poll(watching, session)["StepIn-State"]
    with django_assert_num_queries(2):
        response = poll(watching, session, state)
    assert (response.status_code, response.content) == (204, b"")
    # Status line, Date, Server and Connection, which the web server adds, are about 110 bytes.
    assert sum(len(f"{name}: {value}\r\n") for name, value in response.items()) <= 150


def test_it_costs_two_queries_where_a_second_proof_is_asked(
    watching, session, settings, django_assert_num_queries
):
    state = poll(watching, session)["StepIn-State"]
    settings.DEMO = False

    with django_assert_num_queries(2):
        assert poll(watching, session, state).status_code == 204


def test_who_showed_no_second_proof_gets_no_seat_at_the_board(trainer, session, settings):
    settings.DEMO = False

    for page in ("", "wall/"):
        answer = trainer.get(f"/teach/sessions/{session.pk}/{page}")
        assert answer.headers["Location"].startswith("/accounts/second-factor/")

    assert poll(trainer, session).status_code == 403


def test_every_news_changes_the_board(watching, in_class, session, steps, amina, bram):
    now = timezone.now()
    news = [
        lambda: say(in_class, steps[0]),
        lambda: do(amina, steps[0]),
        lambda: in_class.post("/class/help/", {"do": "ask"}),
        lambda: actions.come(session, amina, by=bram),
        lambda: in_class.post("/class/help/", {"do": "end"}),
        lambda: actions.lead(session, "m/l/2", now=now),
        lambda: actions.release(session),
        lambda: actions.tick(session, amina, status="late", minutes_late=5, by=bram, now=now),
        lambda: Client().post(f"/join/{session.code}/", {"name": "Rojin"}),
    ]
    for happen in news:
        before = board.state(session.pk, now=now)
        happen()
        assert board.state(session.pk, now=now) != before
        assert board.state(session.pk, now=now) == board.state(session.pk, now=now)


def test_the_board_is_counted_with_one_and_with_three(session, steps, django_assert_num_queries, cohort):
    def fill(person):
        actions.join(session, person, now=timezone.now())
        actions.stand_at(session, person, steps[0], now=timezone.now())
        actions.ask_for_help(session, person, now=timezone.now())
        do(person, steps[1])

    fill(cohort.learners.get())
    with django_assert_num_queries(6):
        board.rows(session, now=timezone.now())
    for person in UserFactory.create_batch(3):
        cohort.learners.add(person)
        fill(person)
    with django_assert_num_queries(6):
        board.rows(session, now=timezone.now())


def test_she_is_stuck_when_the_rule_says_so(in_class, session, steps, amina):
    question = steps[1]
    say(in_class, question)
    row = row_of(session, amina)
    assert (row.spot.number, row.spot.total, row.is_stuck) == (2, 3, False)

    assert row_of(session, amina, timezone.now() + timedelta(minutes=5)).is_stuck
    for _ in range(3):
        do(amina, question, mark=0.0)
    assert row_of(session, amina).mistakes == 3
    assert row_of(session, amina).is_stuck

    say(in_class, steps[0])
    assert not row_of(session, amina).is_stuck


def test_coming_back_to_the_same_step_does_not_begin_anew(in_class, session, steps, amina):
    say(in_class, steps[0])
    first = session.attendances.get().step_at
    say(in_class, steps[0])
    assert session.attendances.get().step_at == first


def test_steps_done_count_from_the_opening_on(session, steps, amina):
    do(amina, steps[0], at=session.opened_at - timedelta(days=1))
    do(amina, steps[1])
    assert row_of(session, amina).done == 1


def test_who_asks_first_stands_first(session, cohort, amina):
    zoe = UserFactory(name="Aaron")
    cohort.learners.add(zoe)
    actions.join(session, amina, now=timezone.now())
    assert [row.learner for row in board.rows(session, now=timezone.now())] == [amina, zoe]
    actions.join(session, zoe, now=timezone.now())
    assert [row.learner for row in board.rows(session, now=timezone.now())] == [zoe, amina]
    for person in (amina, zoe):
        actions.ask_for_help(session, person, now=timezone.now())
    assert [row.learner for row in board.rows(session, now=timezone.now())] == [amina, zoe]


def test_the_wall_names_nobody(watching, in_class, session):
    page = watching.get(f"/teach/sessions/{session.pk}/wall/").content.decode()
    assert session.code in page
    assert "Amina" not in page
    assert "wall__person" in page
    assert "Amina" not in poll(watching, session, on="wall").content.decode()


@pytest.mark.parametrize("who", ["amina", "dilan", "celia", "another trainer", "nobody"])
def test_nobody_else_sees_the_board(session, request, who, in_class):
    client = Client()
    if who == "another trainer":
        client.force_login(MembershipFactory(role=Role.TRAINER).user)
    elif who == "amina":
        client = in_class
    elif who != "nobody":
        client.force_login(request.getfixturevalue(who))
    assert client.get(f"/teach/sessions/{session.pk}/").status_code in (302, 404)
    assert poll(client, session).status_code == 403


def test_a_seat_at_one_board_opens_no_other(watching, session, cohort, bram):
    assert poll(watching, type(session)(pk=session.pk + 1)).status_code == 403
    cohort.trainers.remove(bram)
    assert poll(watching, session).status_code == 404


def test_phones_follow_the_step_of_who_leads(watching, in_class, session, steps):
    first = in_class.get("/class/now.json").json()
    assert first["led"] == ""
    assert in_class.get("/class/now.json", {"v": first["v"]}).status_code == 204

    watching.post(
        f"/teach/sessions/{session.pk}/lead/", {"do": "lead", "path": "email/write/3", "next": "/en/"}
    )
    assert in_class.get("/class/now.json", {"v": first["v"]}).json()["led"] == "email/write/3"
    say(watching, steps[0], "email/write/4")
    assert in_class.get("/class/now.json").json()["led"] == "email/write/4"
    assert not session.attendances.filter(person=session.opened_by).exists()

    watching.post(f"/teach/sessions/{session.pk}/lead/", {"do": "release", "next": "/en/"})
    assert in_class.get("/class/now.json").json()["led"] == ""
    say(watching, steps[0], "email/write/5")
    session.refresh_from_db()
    assert (session.is_led, session.led_path) == (False, "email/write/4")


@pytest.mark.parametrize("path", ["", "//dilan.example", "a/b/c", "../../admin/1", "a/b/1/extra", "a/b/1\n"])
def test_nobody_is_led_outside(watching, session, path):
    watching.post(f"/teach/sessions/{session.pk}/lead/", {"do": "lead", "path": path})
    session.refresh_from_db()
    assert not session.is_led


def test_a_learner_leads_nobody(in_class, session, steps):
    actions.lead(session, "email/write/3", now=timezone.now())
    say(in_class, steps[0], "email/write/9")
    session.refresh_from_db()
    assert session.led_path == "email/write/3"
    assert in_class.post(f"/teach/sessions/{session.pk}/lead/", {"do": "release"}).status_code == 404


@pytest.mark.parametrize("body", ["[]", '{"lesson": 1}', '{"lesson": "x", "step": "y", "path": "z"}'])
def test_a_damaged_place_is_refused(in_class, body):
    assert in_class.post("/class/here/", body, content_type="application/json").status_code == 400


def test_she_sees_who_comes(in_class, session, amina, bram):
    in_class.post("/class/help/", {"do": "ask"})
    assert in_class.get("/class/now.json").json()["help"] == "asked"
    actions.come(session, amina, by=bram)
    assert in_class.get("/class/now.json").json() | {"v": ""} == {
        "v": "",
        "led": "",
        "help": "comes",
        "by": "Bram",
    }
    assert "Bram" in in_class.get("/class/help/").content.decode()


def test_in_class_every_page_has_the_button_and_costs_no_query_more(
    learner, session, lesson, amina, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = f"/en/{lesson.module.slug}/{lesson.slug}/1/"
    learner.get(url)
    with CaptureQueriesContext(
        connection,
    ) as before:
        assert "class-bar" not in learner.get(url).content.decode()
    learner.post(f"/join/{session.code}/")
    with CaptureQueriesContext(connection) as after:
        page = learner.get(url).content.decode()
    assert 'id="class-bar"' in page
    assert f'data-path="{lesson.module.slug}/{lesson.slug}/1"' in page
    assert len(after) <= len(before)


def test_when_it_is_over_phones_and_boards_are_told(watching, in_class, session):
    actions.close_session(session, now=timezone.now())
    assert poll(watching, session, "old").status_code == 410
    assert in_class.get("/class/now.json").status_code == 410
    assert in_class.get("/class/help/").status_code == 302
