"""Journey 1: Amina learns alone on her phone, without an e-mail address, and holds a paper that is genuine."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import (
    EMAIL,
    WRITE_TO_THE_CPAS,
    answer_question,
    choose_language,
    do_lesson,
    do_step,
    follow,
    go_next,
    identity,
    is_question,
    next_button,
    send_rest_of_module,
    step_path,
    stones_done,
    try_answer,
)
from tests.journeys.paper import Paper

NAMES = {"ar": "أمينة العلي", "fr": "Amina El Ali", "nl": "Amina van den Berg"}
PASSWORD = "stap-voor-stap-7"


def test_first_step_is_one_tap_away_and_asks_for_nothing(phone, axe):
    page = phone(language="ar")
    page.goto("/")
    expect(page).to_have_url(re.compile("/ar/$"))
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    axe(page)

    page.locator("main a.button--big").first.click()

    expect(page).to_have_url(re.compile("/1/$"))
    assert all(identity(page))
    assert page.locator("main input:visible").count() == 0
    axe(page)


@pytest.mark.parametrize("language", ["ar", "ti", "uk"])
def test_text_in_her_language_is_not_marked_as_another(language, phone):
    page = phone(language=language)
    page.goto(step_path(language, EMAIL, WRITE_TO_THE_CPAS, 1))

    expect(page.locator("h1")).to_have_attribute("lang", language)
    expect(page.locator(".other-language")).to_have_count(0)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_dutch_words_of_the_screen_stand_beside_hers(language, phone, axe):
    page = phone(language=language)
    page.goto(step_path(language, EMAIL, WRITE_TO_THE_CPAS, 1))

    choose_language(page, screens="nl")

    expect(page.locator(".word kbd[lang=nl]")).to_have_text(re.compile(r"\w+"))
    page.locator(".beside > summary").click()
    expect(page.locator(".beside [lang=nl] .step__line")).to_be_visible()
    axe(page)


def test_wrong_answer_is_explained_and_may_be_tried_again(phone, axe):
    page = phone(language="fr")
    page.goto(step_path("fr", EMAIL, WRITE_TO_THE_CPAS, 1))
    while not is_question(page):
        go_next(page)

    assert not try_answer(page, 0)
    expect(page.locator("#answer [lang=fr]")).to_have_text(re.compile(r"\w+"))
    axe(page)
    answer_question(page)
    axe(page)
    assert page.locator("#question input[type=radio]").count() == 0
    page.reload()
    expect(page.locator(".stone--here.stone--done")).to_be_visible()


def test_question_sent_without_an_answer_asks_for_one(phone, axe):
    page = phone(language="nl")
    page.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 4))

    next_button(page).click()

    expect(page.locator("#answer .notice--here")).to_be_visible()
    assert stones_done(page) == 0
    axe(page)


@pytest.mark.parametrize("language", ["ar", "nl"])
def test_amina_finishes_a_module_and_a_checker_sees_her_certificate_is_genuine(language, phone, desk, axe):
    page = phone(language=language)
    page.goto("/")
    choose_language(page, screens="nl")
    follow(page, f"main a[href='/{language}/{EMAIL}/']")
    axe(page)

    do_lesson(page, language, EMAIL, WRITE_TO_THE_CPAS)
    expect(page.locator("main .notice--good")).to_be_visible()
    axe(page)
    send_rest_of_module(page, EMAIL, but=WRITE_TO_THE_CPAS)
    page.goto(f"/{language}/{EMAIL}/")
    expect(page.locator("main .notice--good")).to_be_visible()
    axe(page)

    give_name(page, NAMES[language], axe)
    paper = certificate(page, axe)
    assert len(paper.pages) == 1
    assert paper.has_square_of(paper.link)
    if language != "ar":  # letters that join are read back one by one in tests/certificates
        assert NAMES[language] in paper.text

    checker = desk(language="nl")
    checker.goto(paper.link)
    expect(checker.locator("main .notice--good")).to_be_visible()
    assert NAMES[language] not in checker.content()
    axe(checker)
    sign_up(page, f"amina-{language}", axe)
    expect(page.locator("main a[href^='/certificates/']").first).to_be_visible()


def give_name(page: Page, name: str, axe) -> None:
    follow(page, "main a[href='/certificates/name/']")
    axe(page)
    page.locator("input[name=name]").fill(name)
    page.locator("main form .button").click()
    expect(page.locator("main [role=status]")).to_be_visible()


def certificate(page: Page, axe=None) -> Paper:
    """The page says that the paper is being made, and shows the way to it by itself when it is there."""
    expect(page.locator("main a[href$='.pdf']").first).to_be_visible(timeout=30_000)
    if axe:
        axe(page)
    return Paper.fetched_by(page)


def sign_up(page: Page, username: str, axe=None) -> None:
    page.goto("/me/")
    page.locator("main a[href='/accounts/signup/']").click()
    if axe:
        axe(page)
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password1]").fill(PASSWORD)
    page.locator("main form.fields button").click()
    expect(page).to_have_url(re.compile("/me/$"))
    if axe:
        axe(page)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main form.fields button").click()
    expect(page).to_have_url(re.compile("/me/$"))


def test_another_language_halfway_keeps_everything(phone):
    page = phone(language="ar")
    page.goto(step_path("ar", EMAIL, WRITE_TO_THE_CPAS, 1))
    for _ in range(3):
        do_step(page)
    here, done = identity(page), stones_done(page)

    choose_language(page, mine="fr")

    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert (identity(page), stones_done(page)) == (here, done) == (here, 3)
    page.goto("/")
    expect(page).to_have_url(re.compile("/fr/$"))
    page.locator("main a.button--big").first.click()
    assert identity(page) == here


def test_signing_up_brings_the_work_along_to_another_phone(phone):
    page = phone(language="nl")
    page.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 1))
    for _ in range(4):
        do_step(page)
    sign_up(page, "amina-moves")

    page.goto(f"/nl/{EMAIL}/{WRITE_TO_THE_CPAS}/")
    assert stones_done(page) == 4
    other = phone(language="nl")
    other.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 5))
    do_step(other)
    sign_in(other, "amina-moves")
    other.goto(f"/nl/{EMAIL}/{WRITE_TO_THE_CPAS}/")
    assert stones_done(other) == 5


def test_without_javascript_everything_works_the_same(phone):
    page = phone(language="nl", javascript=False)
    page.goto("/")
    page.locator("main a.button--big").first.click()
    do_step(page)

    do_lesson(page, "nl", EMAIL, WRITE_TO_THE_CPAS)
    expect(page.locator("main .notice--good")).to_be_visible()
    send_rest_of_module(page, EMAIL, but=WRITE_TO_THE_CPAS)
    page.goto(f"/nl/{EMAIL}/")
    follow(page, "main a[href='/certificates/name/']")
    page.locator("input[name=name]").fill("Amina")
    page.locator("main form .button").click()
    paper = certificate(page)
    page.goto(paper.link)
    expect(page.locator("main .notice--good")).to_be_visible()
    sign_up(page, "amina-plain")
    expect(page.locator("main a[href^='/certificates/']").first).to_be_visible()
