"""Journey 1 once more, without mouse and without touch: every press of Tab shows where one stands."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import EMAIL, WRITE_TO_THE_CPAS, is_practice, is_question
from tests.journeys.looks import focus_faults
from tests.journeys.practising import play

BIG_BUTTON = ".onward a.button--next, .onward button.button--next, .onward .button--next button"


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        assert focus_faults(page) == []
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector} on {page.url}")


def press(page: Page, selector: str, key: str = "Enter") -> None:
    before = page.url
    tab_to(page, selector)
    page.keyboard.press(key)
    expect(page).not_to_have_url(before)


@pytest.mark.parametrize("language", ["ar"])
def test_keyboard_alone_is_enough_for_a_whole_lesson(language, desk, axe):
    page = desk(language=language)
    page.goto("/")
    press(page, f"main a[href='/{language}/{EMAIL}/']")
    press(page, f"main a[href='/{language}/{EMAIL}/{WRITE_TO_THE_CPAS}/']")
    press(page, "main a.button--big")

    while page.locator("main[data-step]").count():
        if is_question(page):
            answer_by_keyboard(page)
        if is_practice(page):
            play(page, "keyboard")
        press(page, BIG_BUTTON)

    expect(page).to_have_url(re.compile(f"/{WRITE_TO_THE_CPAS}/$"))
    expect(page.locator("main .notice--good")).to_be_visible()


def answer_by_keyboard(page: Page) -> None:
    """The arrows walk through the answers of one question."""
    arrows = 0
    while not page.locator("#answer .notice--good").count():
        tab_to(page, "#question input[type=radio]")
        page.keyboard.press("Space")
        for _ in range(arrows):
            page.keyboard.press("ArrowDown")
            assert focus_faults(page) == []
        arrows += 1
        tab_to(page, BIG_BUTTON)
        page.keyboard.press("Enter")
        expect(page.locator("#answer .notice")).to_be_visible()
        assert arrows < 9


def test_first_tab_offers_to_go_to_the_text(desk):
    page = desk()
    page.goto("/")

    page.keyboard.press("Tab")
    assert focus_faults(page) == []
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_language_is_chosen_by_keyboard(desk):
    page = desk()
    page.goto("/en/")

    tab_to(page, ".languages > summary")
    page.keyboard.press("Enter")
    press(page, ".languages button[value=ar]")

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
