"""Every practice task of the starter lessons, done by mouse, by keyboard and by touch; nothing typed leaves the page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.starter import source
from tests.journeys.learning import stones_done
from tests.journeys.looks import TOO_WIDE, large_text
from tests.journeys.practising import STATE, play, settle

TASKS = [
    pytest.param(module.slug, lesson.slug, number, id=f"{lesson.data['number']}-{step['key']}")
    for module in source.modules()
    for lesson in module.lessons
    for number, step in enumerate(lesson.data["steps"], 1)
    if step["kind"] == "practice"
]
each_task = pytest.mark.parametrize(("module", "lesson", "number"), TASKS)
SWITCH_ON = next(task.values for task in TASKS if task.values[1] == "switch-on-and-off")
DESK = {"width": 1280, "height": 800, "touch": False}
STRUCTURE = """() => [...document.querySelectorAll(".practice__screen *")].map((one) => one.tagName + one.className).join()"""
STORED = "() => JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie, location.href])"


def open_task(page: Page, language: str, module: str, lesson: str, number: int) -> Page:
    page.goto(f"/{language}/{module}/{lesson}/{number}/")
    page.locator(".practice__screen").wait_for()
    return page


class Watcher:
    """What leaves the page from now on, and what it keeps."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[tuple[str, str]] = []
        page.on("request", lambda request: self.sent.append((request.url, request.post_data or "")))

    def finds(self, typed: list[str]) -> list[str]:
        everything = json.dumps(self.sent) + self.page.evaluate(STORED)
        # Short words (a name of three letters, a number of a street) stand in identifiers by chance.
        return [text for text in set(typed) if len(text) > 3 and text in everything]


@pytest.fixture
def watched(screen) -> Iterator[Any]:
    def make(way: str, language: str) -> tuple[Page, Watcher]:
        size = (
            {"width": 360, "height": 740, "touch": True} if way == "touch" else {"width": 1280, "height": 800}
        )
        page = screen(language=language, **{"touch": False, **size})
        return page, Watcher(page)

    return make


@each_task
@pytest.mark.parametrize(
    ("way", "language"),
    [
        ("mouse", "fr"),
        pytest.param("keyboard", "ar", marks=pytest.mark.thorough),
        pytest.param("touch", "fr", marks=pytest.mark.thorough),
    ],
)
def test_a_task_is_done_in_every_way(watched, way, language, module, lesson, number):
    page, watcher = watched(way, language)
    open_task(page, language, module, lesson, number)
    if (way, language) == ("touch", "fr"):
        large_text(page, True)

    typed = play(page, way, after=lambda: keeps_its_place(page, way))

    assert watcher.finds(typed) == []
    expect(page.locator("#practice-form .practice-form__done")).to_be_visible()
    assert [body for url, body in watcher.sent if "/progress/" in url] != []


def keeps_its_place(page: Page, way: str) -> None:
    if way == "touch":
        assert page.evaluate(TOO_WIDE) == []
    if way == "keyboard":
        assert page.evaluate("document.querySelector('practice-task').contains(document.activeElement)")


@each_task
@pytest.mark.thorough
def test_a_task_is_accessible_in_every_state(phone, axe, module, lesson, number):
    page = open_task(phone(language="ar"), "ar", module, lesson, number)
    seen: set[str] = set()

    def look() -> None:
        structure = page.evaluate(STRUCTURE)
        if structure not in seen:
            seen.add(structure)
            axe(page, within="practice-task", colours=False)

    axe(page)
    play(page, "touch", after=look)
    axe(page)


# The engine, on one task


@pytest.fixture
def task(phone):
    return open_task(phone(), "en", *SWITCH_ON)


def wrong_card(page: Page) -> None:
    page.locator('[data-part="shut-down"]').click()
    settle(page)


def right_card(page: Page) -> None:
    page.locator(f'[data-part="{page.evaluate(STATE)["next"]["part"]}"]').click()
    settle(page)


def test_a_hint_comes_after_two_mistakes_and_the_way_is_shown_after_four(task):
    for mistakes in range(1, 5):
        wrong_card(task)
        expect(task.locator(".practice__message")).to_contain_text("Not this one yet.")
        assert task.locator(".practice__hint").count() == (mistakes >= 2)
        assert task.locator('[data-tool="show"]').count() == (mistakes >= 4)

    task.locator('[data-tool="show"]').click()

    expect(task.locator("[data-lit]")).to_have_attribute("data-part", "press")
    expect(task.locator(".practice__status")).to_contain_text("thick yellow border")


def test_undo_takes_back_and_start_again_begins_anew(task):
    right_card(task)
    right_card(task)

    task.locator('[data-tool="undo"]').click()
    expect(task.locator(".cards-row .sim-picture")).to_have_count(1)
    task.locator('[data-tool="again"]').click()

    expect(task.locator(".cards-row .sim-picture")).to_have_count(0)
    expect(task.locator('[data-tool="undo"]')).to_be_disabled()


def test_mistakes_and_goals_survive_a_reload_and_what_is_done_stays_done(task):
    wrong_card(task)
    wrong_card(task)
    task.reload()
    task.locator(".practice__screen").wait_for()
    expect(task.locator(".practice__hint")).to_be_visible()

    play(task)
    task.reload()

    expect(task.locator(".practice__now")).to_have_text("You did it!")
    expect(task.locator("#practice-form .practice-form__done")).to_be_visible()


def test_done_counts_at_once_and_next_does_not_count_it_twice(task):
    def tries() -> list[tuple[str, float]]:
        kept = task.request.get("/me/data.json").json()["attempts"]
        return [(attempt["kind"], attempt["mark"]) for attempt in kept]

    with task.expect_response("**/progress/") as answer:
        play(task)
    assert answer.value.status == 200
    assert tries() == [("practice", 1.0)]

    with task.expect_response("**/progress/") as again:
        task.locator("#practice-form button").click()

    assert again.value.status == 302
    assert tries() == [("practice", 1.0)]


def test_who_leaves_halfway_has_tried_and_not_finished(task):
    wrong_card(task)

    task.locator("a.later").click()

    # The request outlives the page it comes from: only the site knows when it has come.
    task.goto("/me/data/")
    for _ in range(100):
        if task.get_by_text("Mistakes: 1.").count():
            break
        task.wait_for_timeout(100)
        task.reload()
    kept = task.request.get("/me/data.json").json()
    assert [(attempt["kind"], attempt["mark"]) for attempt in kept["attempts"]] == [("practice", 0.0)]
    assert kept["completions"] == []


def test_without_javascript_she_goes_on_with_the_same_button(screen):
    page = screen(javascript=False)
    page.goto("/en/" + "/".join(map(str, SWITCH_ON)) + "/")

    expect(page.locator(".practice__without")).to_be_visible()
    page.locator("#practice-form button").click()

    expect(page).to_have_url(f"{page.url}")
    assert f"/{SWITCH_ON[2]}/" not in page.url


def test_the_banner_stands_on_the_print_too(task):
    task.emulate_media(media="print")

    expect(task.locator(".practice__banner")).to_be_visible()
    expect(task.locator(".practice__tools")).to_be_hidden()


# Numbers that look real

NATIONAL = "85073003328"
GUARD = """async ([text, allowed]) => {
  const task = document.querySelector("practice-task").task;
  const kit = [...document.querySelectorAll("link[rel=modulepreload]")].find((link) => link.href.includes("kit")).href;
  const {refusal} = await import(kit.replace(/kit[^/]*\\.js$/, "guard.js"));
  return refusal(text, allowed);
}"""


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("85.07.30-033.28", "national-number"), ("I am 85073003328 in Belgium", "national-number"),
        ("01020300400", None), ("٨٥٠٧٣٠٠٣٣٢٨", "national-number"), ("12345678901", None),
        ("BE68 5390 0754 7034", "iban"), ("account be68539007547034, please", "iban"), ("BE68 5390 0754 7035", None),
        ("NL91ABNA0417164300", "iban"), ("0470 12 34 56", "phone"), ("+32 470 12 34 56", "phone"),
        ("02/123.45.67", "phone"), ("+963 944 123 456", "phone"), ("0400 00 00 14", None), ("+32 400 00 00 14", None),
        ("2026-014", None), ("05-03-1990", None), ("School Street 12, 9999 Exampletown", None), ("12.01.2027 9.30", None),
    ],
)  # fmt: skip
def test_real_looking_numbers_are_known(guarded, typed, why):
    assert guarded.evaluate(GUARD, [typed, ["0400 00 00 14"]]) == why


def test_a_bis_number_and_one_of_this_century_are_known(guarded):
    def with_check(nine: str, century: str = "") -> str:
        return f"{nine}{97 - int(century + nine) % 97:02d}"

    real = [
        with_check("854730033"),
        with_check("852730033"),
        with_check("010203004", "2"),
        with_check("850000033"),
    ]
    assert [guarded.evaluate(GUARD, [number, []]) for number in real] == ["national-number"] * 4


@pytest.fixture(scope="module")
def guarded(browser, site):
    """A page with a simulator, for all of these."""
    page = browser.new_page(base_url=site.url)
    yield open_task(page, "en", *SWITCH_ON)
    page.close()


# The network


@pytest.mark.parametrize("number", ["1.1", "2.3", "3.4"])
def test_a_task_runs_without_network_once_its_page_is_there(desk, number):
    module, lesson, step = next(task.values for task in TASKS if task.id.startswith(f"{number}-"))
    page = open_task(desk(), "en", module, lesson, step)
    page.context.set_offline(True)

    play(page)

    expect(page.locator("#practice-form .practice-form__done")).to_be_visible()
    page.context.set_offline(False)
    # Meanwhile the page sends by itself what it kept while the network was away.
    with page.expect_response(
        lambda answer: answer.url.endswith("/progress/") and answer.request.is_navigation_request()
    ) as recorded:
        page.locator("#practice-form button").click()
    assert recorded.value.status == 302
    # Before the page is sent back it has gone on: on a slow machine one would interrupt the other.
    here = f"/en/{module}/{lesson}/{step}/"
    page.wait_for_url(lambda url: not url.endswith((here, "/progress/")))
    page.goto(here)
    assert stones_done(page) == 1
