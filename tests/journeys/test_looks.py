"""Every page on the smallest phone, with text twice as large, in the hardest languages, by touch and by keyboard."""

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.journeys.learning import EMAIL, WRITE_TO_THE_CPAS, do_step, step_path
from tests.journeys.looks import focus_faults, large_text, layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in

# Right to left with tall letters; the longest words.
HARDEST = ["ar", pytest.param("de", marks=pytest.mark.thorough)]
# The kinds of screens a lesson has: an instruction with a word, a question, the longest texts, do it for real.
STEPS = (1, 3, 4, 7, 10, 14, 15)
PERSONAL = (
    "/me/",
    "/me/name/",
    "/me/data/",
    "/me/delete/",
    "/me/resume/",
    "/me/leave/",
    "/certificates/name/",
)
DOORS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/resume/",
    "/card/",
    "/card/P/",
    "/card/D/",
)
OTHERS = ("/help/", "/verify/", "/verify/0000000000/", "/nowhere/")
OF_TRAINERS = (
    "/teach/", "/teach/calls/", "/teach/1/", "/teach/1/cards/", "/teach/sound/", "/teach/sound/1/ar/",
)  # fmt: skip


def pages(language: str) -> list[str]:
    lesson = f"/{language}/{EMAIL}/{WRITE_TO_THE_CPAS}/"
    steps = [step_path(language, EMAIL, WRITE_TO_THE_CPAS, number) for number in STEPS]
    broken = [step_path(language, EMAIL, WRITE_TO_THE_CPAS, 99), f"/{language}/nowhere/"]
    return [f"/{language}/", f"/{language}/{EMAIL}/", lesson, *steps, *broken, *PERSONAL, *DOORS, *OTHERS]


def begin(page: Page, language: str) -> None:
    """A guest with one step done, in this language."""
    page.goto(step_path(language, EMAIL, WRITE_TO_THE_CPAS, 1))
    do_step(page)


@pytest.mark.parametrize("language", HARDEST)
def test_smallest_phone_and_largest_text_lose_nothing(language, phone):
    page = phone(language=language, width=320, height=568)
    begin(page, language)

    faults = []
    for path in pages(language):
        page.goto(path)
        faults += layout_faults(page) + small_targets(page)
        large_text(page, True)
        faults += [f"200 %: {fault}" for fault in layout_faults(page)]
        large_text(page, False)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("language", "colours"), [("ar", "light"), pytest.param("fr", "dark", marks=pytest.mark.thorough)]
)
def test_every_page_can_be_used_by_everyone(language, colours, phone, axe):
    page = phone(language=language, colours=colours)
    begin(page, language)

    faults = []
    for path in pages(language):
        page.goto(path)
        try:
            axe(page)
        except AssertionError as error:
            faults.append(str(error))

    assert not faults, "\n".join(faults)


def test_every_language_can_be_read_by_everyone(site, phone, axe):
    """The start page and a question with both languages, in the reader's own script and direction."""
    faults = []
    for language, _name in settings.LANGUAGES:
        page = phone(language=language)
        page.context.add_cookies([{"name": "stepin_both", "value": "on", "url": site.url}])
        for path in (f"/{language}/", step_path(language, EMAIL, WRITE_TO_THE_CPAS, 14)):
            page.goto(path)
            faults += layout_faults(page)
            try:
                axe(page)
            except AssertionError as error:
                faults.append(str(error))
        page.context.close()

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["ar"])
@pytest.mark.thorough
def test_focus_is_always_seen(language, phone):
    page = phone(language=language, touch=False)
    begin(page, language)

    faults = []
    for path in pages(language):
        page.goto(path)
        for _ in range(40):
            page.keyboard.press("Tab")
            faults += focus_faults(page)
            if page.evaluate("document.activeElement === document.body"):
                break

    assert not faults, "\n".join(faults)


def test_pages_of_trainers_are_for_everyone_too(site, phone, desk, axe):
    page, narrow = desk(colours="dark"), phone(language="nl", width=320)
    password = site.demo_people()["bram"]
    sign_in(page, "bram", password)
    sign_in(narrow, "bram", password)

    faults = []
    for path in OF_TRAINERS:
        page.goto(path)
        axe(page)
        narrow.goto(path)
        axe(narrow)
        faults += layout_faults(narrow) + small_targets(narrow)
        large_text(narrow, True)
        faults += [f"200 %: {fault}" for fault in layout_faults(narrow)]
        large_text(narrow, False)

    assert not faults, "\n".join(faults)


def test_forced_colours_keep_what_can_be_pressed(browser, site):
    context = browser.new_context(base_url=site.url, locale="nl", forced_colors="active")
    page = context.new_page()
    page.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 4))

    edges = page.evaluate("""() => [...document.querySelectorAll(".button, .answer, .stone")]
      .filter((one) => one.checkVisibility())
      .filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1)
      .map((one) => one.outerHTML.slice(0, 100))""")
    context.close()

    assert edges == []
