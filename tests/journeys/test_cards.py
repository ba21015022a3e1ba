"""Signing in without e-mail: cards for a class, a code on paper, and a computer that many use."""

import io
import re
import subprocess
from urllib.parse import urlsplit

import pikepdf
import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import Page, expect

from people.pins import PICTURES
from tests.journeys.learning import EMAIL, WRITE_TO_THE_CPAS, do_step, follow, step_path, stones_done
from tests.journeys.looks import layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in

COHORT = "/teach/1/"
LANGUAGES = {"Amina": "ar", "Yusuf": "ar", "Oksana": "en", "Mehmet": "nl", "Farid": "fr"}


def names_of_pictures() -> dict[str, str]:
    """{word: name of the picture}, in every language."""
    words = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            words |= {str(word): name for name, word in PICTURES.items()}
    return words


NAMES_OF_PICTURES = names_of_pictures()


@pytest.fixture
def trainer(site, desk) -> Page:
    page = desk()
    sign_in(page, "bram", site.demo_people()["bram"])
    return page


def make_cards(
    trainer: Page, *, digits: bool = False, at_home: bool = False, only: str = ""
) -> dict[str, dict]:
    """{name: {"code", "pin"}} as they stand on the paper: names of pictures, or digits."""
    trainer.goto(f"{COHORT}cards/")
    trainer.locator(f"input[name=kind][value={'D' if digits else 'P'}]").check()
    trainer.locator("input[name=works_at_home]").set_checked(at_home)
    if only:
        trainer.locator("tr", has_text=only).locator("input[name=learners]").check()
        trainer.locator("button[form=make]:not([name])").click()
    else:
        trainer.locator("button[name=everybody]").click()
    paper = trainer.locator("a[href$='.pdf']")
    expect(paper).to_be_visible(timeout=60_000)
    return cards_on(trainer.request.get(paper.get_attribute("href")).body())


def cards_on(pdf: bytes) -> dict[str, dict]:
    """What a reader aloud finds on each card: her name, where the square leads, and what opens it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        figures = [
            str(tag.Alt)
            for tag in document.objects
            if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == "/Figure"
        ]
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    cards = {}
    for part in done.stdout.decode().split("Sect")[1:]:
        words = re.findall(r'^\s*"(.+)"$', part, re.MULTILINE)
        code = urlsplit(figures.pop(0)).path.split("/")[2]
        digits = [word for word in words if re.fullmatch("[0-9]", word)]
        pin = digits or [NAMES_OF_PICTURES[figures.pop(0)] for _ in range(3)]
        cards[words[0]] = {"code": code, "pin": pin}
    return cards


def tap(page: Page, pin: list[str]) -> None:
    """The buttons of these pictures, one after the other; each tap is a page of its own."""
    for place, name in enumerate(pin, 1):
        with page.expect_navigation():
            page.locator(f".sign-button[value={name}]").click()
        if place < len(pin):
            expect(page.locator(".place--full")).to_have_count(place)


def is_refused(page: Page) -> bool:
    expect(page.locator(".notice--bad")).to_be_visible()
    return page.locator(".who").count() == 0


def set_class(trainer: Page, state: str) -> None:
    trainer.goto(COHORT)
    board = "form[action$='/open/'] a[href^='/teach/sessions/']"
    is_on = trainer.locator(board).count() == 1
    if state == "on" and not is_on:
        follow(trainer, "form[action$='/open/'] button")
    elif state == "off" and is_on:
        follow(trainer, board)
        follow(trainer, "form[action$='/close/'] button")
    trainer.goto(COHORT)


def test_a_class_signs_in_by_card_and_a_lost_card_opens_nothing(trainer, phone, axe):
    set_class(trainer, "off")
    trainer.goto(f"{COHORT}cards/")
    axe(trainer)
    cards = make_cards(trainer)
    axe(trainer)
    assert len(cards) == 12

    # No class yet: the right pictures open nothing, and the page does not say that they were right.
    early = phone(language="nl")
    early.goto(f"/card/{cards['Mehmet']['code']}/")
    tap(early, cards["Mehmet"]["pin"])
    assert is_refused(early)

    set_class(trainer, "on")
    expect(trainer.locator(".tick").first).to_be_visible()
    for number, (name, card) in enumerate(cards.items()):
        page = phone(language="en", javascript=number % 2 == 0, width=320 if number == 0 else 360)
        page.goto(f"/card/{card['code'].lower()}/")
        if number == 0:
            axe(page)
            assert layout_faults(page) + small_targets(page) == []
        tap(page, card["pin"])
        expect(page).to_have_url(re.compile("/me/$"))
        expect(page.locator("h1")).to_have_text(name)
        if name in LANGUAGES:
            expect(page.locator("html")).to_have_attribute("lang", LANGUAGES[name])
        page.context.close()

    wrong = phone(language="ar", colours="dark")
    wrong.goto(f"/card/{cards['Amina']['code']}/")
    tap(wrong, cards["Amina"]["pin"][::-1])
    assert is_refused(wrong)
    axe(wrong)

    lost = phone()
    lost.goto(f"/card/{cards['Farid']['code']}/")
    tap(lost, cards["Farid"]["pin"])
    expect(lost.locator("h1")).to_have_text("Farid")
    trainer.goto(f"{COHORT}cards/")
    trainer.locator("tr", has_text="Farid").locator("form button").click()
    expect(trainer.locator(".notice--good")).to_contain_text("Farid")
    lost.goto("/me/")
    expect(lost.locator(".who")).to_have_count(0)
    lost.goto(f"/card/{cards['Farid']['code']}/")
    tap(lost, cards["Farid"]["pin"])
    assert is_refused(lost)
    set_class(trainer, "off")


def test_a_card_of_digits_is_typed_on_a_computer_without_a_camera(trainer, desk, axe):
    card = make_cards(trainer, digits=True, at_home=True, only="Selam")["Selam"]
    page = desk(language="fr")
    page.goto("/card/")
    axe(page)
    page.locator("[name=code]").fill(card["code"].replace("-", " ").lower())
    page.keyboard.press("Enter")
    expect(page.locator("[name=digits]")).to_be_visible()
    axe(page)

    page.locator("[name=digits]").fill(" ".join(card["pin"]))
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Selam")


def begin(page: Page, language: str) -> None:
    page.goto(step_path(language, EMAIL, WRITE_TO_THE_CPAS, 1))
    do_step(page)


def code_on(page: Page) -> str:
    return " ".join(page.locator(".code li").all_inner_texts())


def type_code(page: Page, code: str) -> None:
    page.goto("/resume/")
    page.locator("[name=code]").fill(code)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_guest_goes_on_at_another_browser_with_words_on_paper(phone, axe):
    first = phone(language="ar")
    begin(first, "ar")
    first.goto("/me/")
    follow(first, ".notice a.button")
    axe(first)
    follow(first, "main form button")
    axe(first)
    code = code_on(first)

    second = phone(language="nl", javascript=False)
    second.goto("/nl/")
    second.locator(".ways-in a[href='/resume/']").click()
    type_code(second, "bamo keti sulo rifa")
    expect(second.locator(".error")).to_be_visible()
    expect(second.locator("[name=code]")).to_have_value("bamo keti sulo rifa")
    type_code(second, code.upper().replace(" ", "-"))

    expect(second.locator("html")).to_have_attribute("lang", "ar")
    second.goto(step_path("ar", EMAIL, WRITE_TO_THE_CPAS, 2))
    assert stones_done(second) == 1


def test_somebody_elses_work_is_asked_about_and_kept(phone, axe):
    hers, shared = phone(), phone()
    begin(hers, "en")
    hers.goto("/me/resume/")
    follow(hers, "main form button")
    begin(shared, "en")
    type_code(shared, code_on(hers))
    axe(shared)

    follow(shared, "button[value=no]")

    axe(shared)
    back = phone()
    type_code(back, code_on(shared))
    expect(back).to_have_url(re.compile("/me/$"))
    expect(back.locator(".who")).to_have_count(1)


def test_not_me_shows_a_guest_her_words_before_the_browser_forgets_her(phone, axe):
    page = phone(language="fr")
    begin(page, "fr")
    page.locator(".who > summary").click()
    axe(page)
    assert layout_faults(page) + small_targets(page) == []
    follow(page, ".who a")
    axe(page)
    follow(page, "button[name=make]")
    code = code_on(page)
    follow(page, "button[name=forget]")

    axe(page)
    expect(page.locator(".who")).to_have_count(0)
    type_code(page, code)
    expect(page.locator(".who")).to_have_count(1)


MINUTE = 60_000


def make_class_computer(page: Page, site) -> None:
    sign_in(page, "bram", site.demo_people()["bram"])
    page.goto("/teach/")
    page.locator("button[name=class_computer][value=on]").click()
    expect(page.locator("button[name=class_computer][value=off]")).to_be_visible()
    page.wait_for_load_state()  # the script that looks at the clock runs


def test_a_computer_of_the_class_asks_and_then_signs_out(site, desk, axe):
    page = desk()
    page.clock.install()
    make_class_computer(page, site)

    page.clock.fast_forward(19 * MINUTE)
    page.keyboard.press("Shift")
    page.clock.fast_forward(19 * MINUTE)
    expect(page.locator("#still-there")).to_be_hidden()
    page.clock.fast_forward(MINUTE + 2000)
    expect(page.locator("#still-there")).to_be_visible()
    axe(page)
    expect(page.locator("#still-there [data-stay]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#still-there")).to_be_hidden()

    page.clock.fast_forward(20 * MINUTE + 2000)
    expect(page.locator("#still-there")).to_be_visible()
    with page.expect_response(lambda answer: "/accounts/logout/" in answer.url) as left:
        page.clock.fast_forward(2 * MINUTE + 2000)
    assert left.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    expect(page.locator(".who")).to_have_count(0)
    expect(page.locator("#still-there")).to_have_count(0)


def test_who_has_something_to_save_first_is_waited_for(site, desk):
    page = desk()
    page.clock.install()
    make_class_computer(page, site)
    page.evaluate("""() => document.addEventListener("stepin:leaving", (event) => {
      event.preventDefault();
      window.leaveLater = event.detail.leave;
    })""")

    page.clock.fast_forward(30 * MINUTE)
    page.clock.fast_forward(2000)
    assert page.evaluate("typeof window.leaveLater") == "function"
    expect(page.locator(".who")).to_have_count(1)
    with page.expect_navigation():
        page.evaluate("window.leaveLater()")

    expect(page.locator(".who")).to_have_count(0)


def test_a_guest_of_the_class_who_goes_away_is_not_lost(site, desk):
    page = desk()
    make_class_computer(page, site)
    page.locator(".who > summary").click()
    follow(page, ".who button")
    page.clock.install()
    begin(page, "en")

    page.clock.fast_forward(23 * MINUTE)

    expect(page.locator(".code")).to_be_visible()
    expect(page.locator(".who")).to_have_count(0)
    type_code(page, code_on(page))
    expect(page.locator(".who")).to_have_count(1)


def test_at_home_nothing_asks(phone):
    page = phone()
    page.clock.install()
    begin(page, "en")
    page.clock.fast_forward(60 * MINUTE)
    assert page.locator("#still-there, script[src*=class]").count() == 0
