"""What a learner does with a lesson: she looks, taps, and tries another answer when one was wrong."""

import re
from itertools import count
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.journeys.practising import play

EMAIL, WRITE_TO_THE_CPAS = "email", "write-to-the-cpas"


def step_path(language: str, module: str, lesson: str, number: int) -> str:
    return f"/{language}/{module}/{lesson}/{number}/"


def identity(page: Page) -> tuple[str, str]:
    """(lesson, step) as the page's main element says."""
    main = page.locator("main[data-step]")
    return main.get_attribute("data-lesson"), main.get_attribute("data-step")


def is_question(page: Page) -> bool:
    return page.locator("form#question").count() > 0


def is_practice(page: Page) -> bool:
    """Without scripts it is a step like one done for real."""
    return page.locator("practice-task").count() > 0 and page.locator(".practice__without").is_hidden()


def go_next(page: Page) -> None:
    """Tap the big button and wait for the page it leads to."""
    before = page.url
    next_button(page).click()
    expect(page).not_to_have_url(before)


def next_button(page: Page) -> Locator:
    """The one big button, whatever it is called on this step."""
    return page.locator(".onward").locator("a.button--next, button.button--next, .button--next button")


def try_answer(page: Page, number: int) -> bool:
    """Choose the answer at this place and send it; whether it was right."""
    page.locator("#question input[type=radio]").nth(number).check()
    # What was said of the answer before stands there until this one has been heard.
    page.locator("#answer .notice").evaluate_all(
        "notices => notices.forEach((notice) => notice.dataset.said = '')"
    )
    next_button(page).click()
    told = page.locator("#answer .notice:not([data-said])")
    expect(told).to_be_visible()
    return "notice--good" in told.get_attribute("class")


def answer_question(page: Page) -> int:
    """Try the answers from the first on until one is right; how many tries it took."""
    if page.locator("#answer .notice--good").count():
        return 0
    for number in count():
        if try_answer(page, number):
            return number + 1
    raise AssertionError


def do_step(page: Page) -> None:
    """Finish this step and stand on what comes after it."""
    if is_question(page):
        answer_question(page)
    if is_practice(page):
        play(page)
    go_next(page)


def do_lesson(page: Page, language: str, module: str, lesson: str) -> int:
    """Do every step from the first to the last; how many there were."""
    page.goto(step_path(language, module, lesson, 1))
    for done in count(1):
        do_step(page)
        if not page.locator("main[data-step]").count():
            return done
    raise AssertionError


def lessons_of(page: Page, module: str) -> list[str]:
    """The addresses of a module's lessons, in order, as its page lists them."""
    html = page.request.get(f"/en/{module}/").text()
    return list(dict.fromkeys(re.findall(rf'class="lesson[^"]*" href="/en/{module}/([\w-]+)/"', html)))


def send_rest_of_module(page: Page, module: str, *, but: str = "") -> None:
    """Every step of the module's lessons, sent at once as a script does after a time without network."""
    for lesson in lessons_of(page, module):
        if lesson == but:
            continue
        response = page.request.post("/progress/", data={"events": events_of(page, module, lesson)})
        assert response.json()["refused"] == []


def events_of(page: Page, module: str, lesson: str) -> list[dict]:
    events = []
    for number in count(1):
        answer = page.request.get(step_path("en", module, lesson, number))
        if answer.status == 404:
            return events
        html = answer.text()
        lesson_key, step = re.search(r'data-lesson="([^"]+)" data-step="([^"]+)"', html).groups()
        events.append({
            "id": str(uuid4()), "lesson": lesson_key, "step": step, "mark": 1, "seconds": 20,
            "kind": re.search(r'name="kind" value="(\w+)"', html)[1], "happened_at": "2026-01-05T10:00:00Z",
        })  # fmt: skip
    return events


def choose_language(page: Page, *, mine: str = "", screens: str = "") -> None:
    """Open the language menu at the top and tap a language."""
    page.locator(".languages > summary").click()
    field, value = ("help_language", mine) if mine else ("screen_language", screens)
    with page.expect_navigation():
        page.locator(f".languages button[name={field}][value={value}]").click()
    if mine:
        expect(page.locator("html")).to_have_attribute("lang", mine)


def stones_done(page: Page) -> int:
    # Not the stones of a module's lessons, nor those that a practice draws of its own screens.
    return page.locator("p.stones:not(.stones--small) .stone--done").count()


def follow(page: Page, selector: str) -> None:
    """Press what opens a page, and wait until it is there."""
    with page.expect_navigation():
        page.locator(selector).first.click()
