"""A practice step: on the page, in the record, and in the editor's hands."""

import json
from copy import deepcopy
from uuid import uuid4

import pytest

from courses import library, simulators
from courses.blocks import PracticeBlock
from courses.completeness import practice_lacks
from learners.models import Attempt, StepCompletion
from tests.factories.courses import lesson_with_steps, page_of, practice, republish
from tests.factories.learners import event, raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_texts():
    library._texts.clear()
    library.forget_readings()


@pytest.fixture
def taught(db):
    """A lesson of one practice."""
    return lesson_with_steps(steps=[practice()])


@pytest.fixture
def address(taught):
    return f"/en/{taught.module.slug}/{taught.slug}/1/"


def task_in(response):
    text = response.content.decode()
    return json.loads(
        text.partition('<practice-task><script type="application/json">')[2].partition("</script>")[0]
    )


def goal_id(lesson):
    return page_of(lesson).body[0].value["goals"].bound_blocks[0].id


def result(lesson, **change):
    goal = {"goal": "order-switch-on", "met": True, "mistakes": {"not-this-card": 2}, "hints": 1, "shown": 0}
    return {"simulator": "cards", "goals": {goal_id(lesson): {**goal, **change}}}


def post(client, lesson, *, mark=1.0, **practice):
    one = raw(event(lesson.steps.get(), mark=mark)) | practice
    return client.post("/progress/", json.dumps({"events": [one]}), content_type="application/json")


# The page


def test_its_main_element_names_the_simulator(client, address):
    assert 'data-simulator="cards"' in client.get(address).content.decode()


def test_its_scripts_are_fetched_at_once(client, address):
    text = client.get(address).content.decode()

    assert all(
        f'<link rel="modulepreload" href="/static/{script}">' in text
        for script in simulators.simulators()["cards"].scripts
    )


def test_its_task_is_in_the_page_so_that_it_runs_without_network(client, address, taught):
    task = task_in(client.get(address))

    assert [(goal["id"], goal["goal"]) for goal in task["goals"]] == [(goal_id(taught), "order-switch-on")]
    assert task["isRecorded"]
    assert task["words"]["card.press"]
    assert "<svg" in task["pictures"]["power-press"]


def test_the_screen_speaks_its_language_and_the_help_hers(client, address):
    client.cookies["stepin_screen"] = "nl"

    task = task_in(client.get(address.replace("/en/", "/ar/")))

    assert (task["screen"], task["help"]) == ("nl", "ar")
    assert task["words"]["card.wait"] == "Wachten op het beeld"
    assert task["helpWords"]["card.wait"] == "انتظر الصورة"
    assert task["goals"][0]["say"].startswith("ضع الصور")


def test_without_javascript_the_big_button_leads_on(client, address, taught):
    fields = {
        "id": str(uuid4()), "lesson": str(taught.key), "step": str(taught.steps.get().block_id), "kind": "practice",
        "here": address, "next": "/en/", "practice": "",
    }  # fmt: skip

    response = client.post("/progress/", fields)

    assert (response.status_code, response["Location"]) == (302, "/en/")
    assert StepCompletion.objects.get().step == taught.steps.get()
    assert Attempt.objects.get().practice is None


def test_a_simulator_that_was_removed_says_so_and_she_goes_on(client, address, monkeypatch):
    left = {name: one for name, one in simulators.simulators().items() if name != "cards"}
    for place in ("courses.simulators", "courses.pages", "courses.simulators.task"):
        monkeypatch.setattr(f"{place}.simulators", lambda: left)

    response = client.get(address)

    assert response.status_code == 200
    assert "This exercise is away for a while." in response.content.decode()


def test_a_goal_that_was_removed_is_left_out(client, taught, address):
    body = page_of(taught).body.get_prep_value()
    gone = deepcopy(body[0]["value"]["goals"][0])
    body[0]["value"]["goals"].append(
        {**gone, "id": str(uuid4()), "value": {**gone["value"], "goal": "cards.no-such"}}
    )
    republish(page_of(taught), body)

    assert [goal["goal"] for goal in task_in(client.get(address))["goals"]] == ["order-switch-on"]


# The record


def test_goals_mistakes_and_help_are_recorded(client, taught):
    assert post(client, taught, practice=result(taught)).json()["refused"] == []

    assert Attempt.objects.get().practice == result(taught)
    assert StepCompletion.objects.count() == 1


def test_a_try_that_was_left_is_recorded_and_completes_nothing(client, taught):
    post(client, taught, mark=0.0, practice=result(taught, met=False))

    assert Attempt.objects.get().mark == 0
    assert StepCompletion.objects.count() == 0


def test_what_a_browser_adds_is_not_recorded(client, taught):
    post(client, taught, practice={**result(taught), "typed": "Sam Real"}, typed="Sam Real")

    assert "Real" not in json.dumps(Attempt.objects.get().practice)


def test_the_form_carries_the_result_too(client, taught, address):
    fields = {
        "id": str(uuid4()), "lesson": str(taught.key), "step": str(taught.steps.get().block_id), "kind": "practice",
        "here": address, "next": "/en/", "practice": json.dumps(result(taught)),
    }  # fmt: skip

    client.post("/progress/", fields)
    client.post("/progress/", fields)

    assert [attempt.practice for attempt in Attempt.objects.all()] == [result(taught)]


def test_a_lesson_that_gains_a_practice_takes_nothing_away(client, lesson):
    for step in lesson.steps.all():
        client.post("/progress/", json.dumps({"events": [raw(event(step))]}), content_type="application/json")
    page = page_of(lesson)

    republish(page, [*page.body.get_prep_value(), practice()])

    assert StepCompletion.objects.count() == 3
    assert lesson.completions.count() == 1
    assert lesson.steps.live().count() == 4


# The editor


def test_her_preview_runs_the_task_and_records_nothing(at_desk, taught, rf, edith):
    page = page_of(taught)
    request = rf.get("/")
    request.user = edith

    response = page.make_preview_request(request, preview_mode=str(page.body[0].id))

    assert not task_in(response)["isRecorded"]


@pytest.mark.parametrize(
    ("simulator", "goal", "message"),
    [
        ("cards", "webmail.sign-in", "This goal belongs to another simulator."),
        ("keyboard", "keyboard.type-text", "This goal needs your text."),
    ],
)
def test_a_goal_that_does_not_fit_is_told_beside_it(simulator, goal, message):
    block = PracticeBlock()
    chosen = {"goal": goal, "value": "", "words": "", "hint": ""}
    value = block.to_python({"title": "Practise.", "simulator": simulator, "goals": [chosen]})

    with pytest.raises(Exception) as refused:
        block.clean(value)

    told = refused.value.block_errors["goals"].block_errors[0].block_errors
    assert message in str(next(iter(told.values())))


def test_a_lost_simulator_or_goal_stands_on_her_list():
    def lacks(**value):
        return [lack.sentence for lack in practice_lacks(value)]

    fine = [{"type": "item", "value": {"goal": "cards.match-papers"}}]
    assert lacks(simulator="cards", goals=fine) == []
    assert lacks(simulator="abacus", goals=fine) == ["This simulator no longer exists. Choose another."]
    assert lacks(simulator="cards", goals=[]) == ["The practice has no goal."]
    assert lacks(simulator="cards", goals=[{"value": {"goal": "cards.no-such"}}]) == [
        "This goal no longer exists. Choose another."
    ]


def test_her_own_copy_says_what_is_kept_of_a_practice(client, taught):
    post(client, taught, practice=result(taught))

    kept = client.get("/me/data.json").json()["attempts"][0]["practice"]

    assert kept == "Put the six pictures in order: from on to off. Done: yes. Mistakes: 2. Hints: 1."
