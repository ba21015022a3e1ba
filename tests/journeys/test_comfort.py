"""Amina's eyes are tired. She presses Help, makes the page easier, and goes on where she was."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.accessibility import check_strong_contrast
from tests.journeys.learning import EMAIL, WRITE_TO_THE_CPAS, step_path
from tests.journeys.looks import large_text, layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in

STEP = step_path("en", EMAIL, WRITE_TO_THE_CPAS, 4)
MOUSE = step_path("en", "using-a-computer", "mouse-and-touchpad", 13)
EVERYTHING = "huge.contrast.calm.spacing"
CHOICES = ["normal", "huge", "normal.contrast", EVERYTHING]


def choose(page: Page, comfort: str) -> None:
    page.context.add_cookies([{"name": "stepin_comfort", "value": comfort, "url": page.url}])


def text_size(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")


def test_a_switch_acts_at_once_and_stays(phone):
    page = phone()
    page.goto(STEP)
    usual = text_size(page)

    page.get_by_role("link", name="Help").click()
    with page.expect_response("**/comfort/"):
        page.get_by_label("Very large").check()
    assert text_size(page) == usual * 1.5
    with page.expect_response("**/comfort/"):
        page.get_by_role("switch", name="More contrast").check()
    page.get_by_role("link", name="Back to my step").click()

    expect(page).to_have_url(re.compile(f"{STEP}$"))
    expect(page.locator("html")).to_have_attribute("data-comfort", "huge contrast")
    assert text_size(page) == usual * 1.5


def test_without_scripts_one_press_more(phone):
    page = phone(javascript=False)
    page.goto(STEP)

    page.get_by_role("link", name="Help").click()
    page.get_by_label("More space").check()
    page.get_by_role("button", name="Show it like this").click()

    expect(page).to_have_url(re.compile("#comfort$"))
    expect(page.locator("html")).to_have_attribute("data-comfort", "normal spacing")
    expect(page.get_by_label("More space")).to_be_checked()
    expect(page.get_by_text("open the menu of your browser")).to_be_visible()
    page.get_by_role("link", name="Back to my step").click()
    expect(page).to_have_url(re.compile(f"{STEP}$"))
    expect(page.locator("html")).to_have_attribute("data-comfort", "normal spacing")


def test_what_the_phone_did_not_send_can_be_sent_by_hand(phone):
    page = phone()
    page.goto("/help/")
    expect(page.get_by_role("button", name="Show it like this")).to_be_hidden()

    page.context.set_offline(True)
    page.get_by_role("switch", name="Calm").check()

    expect(page.locator("html")).to_have_attribute("data-comfort", "normal calm")
    expect(page.get_by_role("button", name="Show it like this")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Show it like this").click()
    expect(page.get_by_role("switch", name="Calm")).to_be_checked()


def test_print_asks_the_phone_for_paper(phone):
    page = phone()
    page.goto(f"/help/?from={STEP}")
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")

    page.get_by_role("link", name="Print this step").click()

    expect(page).to_have_url(re.compile(f"{STEP}$"))
    assert page.evaluate("window.printed") == 1


def test_her_trainer_and_the_number_stand_there(site, phone, axe):
    page = phone()
    sign_in(page, "amina", site.demo_people()["amina"])
    page.goto("/help/")

    expect(page.locator("main")).to_contain_text("Bram")
    expect(page.get_by_role("link", name="0400 00 00 14")).to_have_attribute("href", "tel:0400000014")
    axe(page)


@pytest.mark.parametrize("comfort", CHOICES)
@pytest.mark.thorough
def test_every_choice_is_for_everyone(comfort, phone, axe):
    page = phone()
    for path in (STEP, "/help/"):
        page.goto(path)
        choose(page, comfort)
        page.reload()
        axe(page)
        if "contrast" in comfort:
            check_strong_contrast(page)


def test_a_phone_that_asks_for_more_contrast_gets_it(phone):
    page = phone()
    page.emulate_media(contrast="more")
    for path in (STEP, "/en/", "/help/"):
        page.goto(path)
        check_strong_contrast(page)


@pytest.mark.parametrize("language", ["ar", "nl"])
@pytest.mark.thorough
def test_very_large_text_loses_nothing_on_the_smallest_phone(language, phone):
    page = phone(language=language, width=320, height=568)
    page.goto(f"/{language}/")
    choose(page, EVERYTHING)

    faults = []
    lesson = f"/{language}/{EMAIL}/{WRITE_TO_THE_CPAS}/"
    steps = [step_path(language, EMAIL, WRITE_TO_THE_CPAS, number) for number in (1, 4, 15, 16)]
    for path in (f"/{language}/", f"/{language}/{EMAIL}/", lesson, *steps, "/help/", "/accounts/login/"):
        page.goto(path)
        faults += layout_faults(page) + small_targets(page)
        large_text(page, True)
        faults += [f"200 %: {fault}" for fault in layout_faults(page)]
        large_text(page, False)

    assert not faults, "\n".join(faults)


def test_arabic_letters_stay_joined(phone):
    page = phone(language="ar")
    page.goto(step_path("ar", EMAIL, WRITE_TO_THE_CPAS, 1))
    choose(page, "normal.spacing")
    page.reload()

    spaced = page.evaluate(
        """() => [...document.querySelectorAll("body, body *")]
          .filter((one) => getComputedStyle(one).letterSpacing !== "normal")
          .map((one) => one.closest("[lang]").lang)"""
    )
    assert "fr" in spaced
    assert not {"ar", "fa", "ps"} & set(spaced)
    assert page.evaluate("getComputedStyle(document.querySelector('.step__line')).wordSpacing") != "0px"


def test_calm_stills_what_moves_even_where_the_phone_allows_it(phone):
    page = phone()
    page.emulate_media(reduced_motion="no-preference")
    page.goto(MOUSE)
    moving = """() => [...document.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].map((part) => {
      const style = getComputedStyle(one, part);
      return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => time !== "0s");
    })).filter(Boolean).length + document.getAnimations().length"""
    expect(page.locator("practice-task button").first).to_be_visible()
    assert page.evaluate(moving) > 0

    choose(page, "normal.calm")
    page.reload()

    expect(page.locator("practice-task button").first).to_be_visible()
    assert page.evaluate(moving) == 0
