"""Bram's class from one page: who comes in, where everybody is, who follows, who needs help, who was there."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.learning import EMAIL, WRITE_TO_THE_CPAS, do_step, follow, next_button, step_path
from tests.journeys.looks import layout_faults, small_targets
from tests.journeys.test_amina_alone import sign_in

COHORT = "/teach/1/"
LESSON = f"{EMAIL}/{WRITE_TO_THE_CPAS}"


@pytest.fixture
def bram(site, desk) -> Page:
    """His computer, with a class of his open."""
    page = desk()
    sign_in(page, "bram", site.demo_people()["bram"])
    page.goto(COHORT)
    start = page.locator("form[action$='/open/'] button")
    if start.count():
        follow(page, "form[action$='/open/'] button")
    else:
        follow(page, "form[action$='/open/'] a[href^='/teach/sessions/']")
    yield page
    page.goto(COHORT)
    if page.locator("form[action$='/open/'] a[href^='/teach/sessions/']").count():
        follow(page, "form[action$='/open/'] a[href^='/teach/sessions/']")
        follow(page, "form[action$='/close/'] button")


def code_of(board: Page) -> str:
    return board.locator(".class-code").inner_text()


def join(phone: Page, code: str, *, name: str = "", new: str = "") -> None:
    """From the code on the wall to the door."""
    phone.goto("/join/")
    phone.locator("[name=code]").fill(code)
    follow(phone, "main form button")
    if name:
        with phone.expect_navigation():
            phone.get_by_role("button", name=re.compile(name)).click()
    elif new:
        phone.locator("[name=name]").fill(new)
        follow(phone, "main form.card button")


def at_the_door(board: Page, name: str):
    return board.locator("form[action$='/door/']", has_text=name).locator("[value=in]")


def asking(board: Page, name: str):
    return board.locator("form[action$='/help/']", has_text=name)


def row(board: Page, name: str):
    return board.locator(".board tbody tr", has=board.locator("th bdi", has_text=re.compile(f"^{name}$")))


def test_a_class_from_the_code_on_the_wall_to_the_list_of_who_was_there(bram, phone, axe):
    board_url = bram.url
    axe(bram)
    assert layout_faults(bram) == []
    code = code_of(bram)

    # One of the list on a new phone, one guest with work of her own, each in her language.
    listed, guest = phone(language="ar"), phone(language="nl")
    guest.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 1))
    do_step(guest)
    join(listed, code.lower(), name="Yusuf")
    axe(listed)
    join(guest, code, new="Rojin")
    assert "stepin_classroom" not in {cookie["name"] for cookie in listed.context.cookies()}

    expect(at_the_door(bram, "Yusuf")).to_be_visible()
    axe(bram)
    at_the_door(bram, "Yusuf").click()
    at_the_door(bram, "Rojin").click()
    expect(listed.locator("#class-bar")).to_be_visible()
    expect(guest.locator("#class-bar")).to_be_visible()
    expect(row(bram, "Rojin")).not_to_have_class(re.compile("board__away"))
    expect(row(bram, "Yusuf")).not_to_have_class(re.compile("board__away"))

    # Each where she is; the board tells within two seconds.
    guest.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 2))
    axe(guest)
    assert layout_faults(guest) + small_targets(guest) == []
    expect(row(bram, "Rojin")).to_contain_text(re.compile(r"2\.3 · 2 "))
    before = time.monotonic()
    do_step(guest)
    expect(row(bram, "Rojin")).to_contain_text(re.compile(r"2\.3 · 3 "))
    assert time.monotonic() - before < 8  # a press, a page and two polls on a busy machine

    # Help: asked once, somebody comes, it is over.
    guest.locator(".class-bar__ask").click()
    expect(guest.locator("main h1")).to_be_visible()
    axe(guest)
    expect(asking(bram, "Rojin").locator("[value=come]")).to_be_visible()
    asking(bram, "Rojin").locator("[value=come]").click()
    guest.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 3))
    expect(guest.locator(".class-bar__news")).to_contain_text("Bram")
    asking(bram, "Rojin").locator("[value=end]").click()
    expect(guest.locator(".class-bar__ask")).to_be_visible()

    # Everybody follows: each in her own language, and back again.
    lead = bram.context.new_page()
    lead.goto(step_path("en", EMAIL, WRITE_TO_THE_CPAS, 4))
    axe(lead)
    follow(lead, "button[value=lead]")
    expect(listed).to_have_url(re.compile(f"/ar/{LESSON}/4/$"))
    expect(guest).to_have_url(re.compile(f"/nl/{LESSON}/4/$"))
    lead.goto(step_path("en", EMAIL, WRITE_TO_THE_CPAS, 5))
    expect(listed).to_have_url(re.compile(f"/ar/{LESSON}/5/$"))
    expect(guest).to_have_url(re.compile(f"/nl/{LESSON}/5/$"))
    guest.context.set_offline(True)
    lead.goto(step_path("en", EMAIL, WRITE_TO_THE_CPAS, 6))
    expect(listed).to_have_url(re.compile(f"/ar/{LESSON}/6/$"))
    expect(guest).to_have_url(re.compile(f"/nl/{LESSON}/5/$"))
    guest.context.set_offline(False)
    expect(guest).to_have_url(re.compile(f"/nl/{LESSON}/6/$"))
    lead.locator("button[value=release]").click()
    expect(listed.locator(".class-bar__news")).to_be_empty()
    listed.goto(step_path("ar", EMAIL, WRITE_TO_THE_CPAS, 2))
    expect(row(bram, "Yusuf")).to_contain_text(re.compile(r"2\.3 · 2 "))
    expect(listed).to_have_url(re.compile(f"/ar/{LESSON}/2/$"))

    # The wall names nobody.
    lead.goto(f"{board_url}wall/")
    axe(lead)
    assert not re.search("Rojin|Yusuf|Amina", lead.content())
    expect(lead.locator(".wall__person")).to_have_count(2)

    # Who was there.
    lead.goto(f"{board_url}attendance/")
    axe(lead)
    kept = lead.locator("fieldset", has_text="Rojin")
    expect(kept.locator("input[value=present]")).to_be_checked()
    follow(lead, "main form button")
    expect(lead.locator(".notice--good")).to_be_visible()
    expect(lead.locator("fieldset .tick")).to_have_count(lead.locator("fieldset").count())

    follow(bram, "form[action$='/close/'] button")
    axe(bram)
    assert layout_faults(bram) == []
    expect(bram.locator("tr", has_text="Rojin")).to_contain_text("aanwezig")
    expect(guest.locator("#class-bar")).to_have_count(0)
    guest.goto("/join/")
    guest.locator("[name=code]").fill(code)
    guest.locator("main form button").click()
    expect(guest.locator(".error")).to_be_visible()


@pytest.mark.thorough
def test_a_learner_who_knows_the_module_takes_a_request(bram, phone, site):
    code, board = code_of(bram), bram.url
    bram.goto(COHORT)
    bram.locator("form[action$='/helpers/']", has_text="Amina").locator("[value=name]").click()
    expect(bram.locator("form[action$='/helpers/'] [value=end]")).to_be_visible()
    bram.goto(board)
    helper, asker = phone(language="ar"), phone(language="nl")
    sign_in(helper, "amina", site.demo_people()["amina"])
    join(helper, code)
    follow(helper, "main form button")
    join(asker, code, name="Ioana")
    at_the_door(bram, "Ioana").click()
    expect(asker.locator("#class-bar")).to_be_visible()
    asker.goto(step_path("nl", "using-a-computer", "switch-on-and-off", 2))
    expect(row(bram, "Ioana")).to_contain_text(re.compile(r"1\.1 · 2 "))
    asker.locator(".class-bar__ask").click()

    link = helper.locator("#class-bar [data-when=asking]")
    expect(link).to_contain_text("1")
    link.click()
    expect(helper.locator("main li", has_text="Ioana")).to_be_visible()
    assert layout_faults(helper) + small_targets(helper) == []
    follow(helper, "main [value=come]")
    expect(asking(bram, "Ioana")).to_contain_text("Amina")
    follow(helper, "main [value=end]")
    expect(asking(bram, "Ioana")).to_have_count(0)


def test_who_goes_in_under_another_name_loses_no_step_of_whose_phone_it_is(bram, phone, axe):
    page = phone(language="en")
    page.goto(step_path("en", EMAIL, WRITE_TO_THE_CPAS, 1))
    do_step(page)
    page.goto("/me/name/")
    page.locator("[name=name]").fill("Samira")
    follow(page, "main form button")
    page.goto(step_path("en", EMAIL, WRITE_TO_THE_CPAS, 2))
    page.context.set_offline(True)
    next_button(page).click()
    expect(page.locator("#outbox")).to_contain_text("saved on this phone")
    page.context.route("**/progress/", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(False)
    join(page, code_of(bram), new="Rojin")
    at_the_door(bram, "Rojin").click()

    # The page goes in by itself, but not while a step waits that the network does not take.
    expect(page.locator("dialog p")).to_have_text(re.compile("If you go in now, they are lost"))
    axe(page)
    page.locator("dialog button[value=stay]").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.url.endswith("/join/wait/")
    page.context.unroute("**/progress/")
    follow(page, "#go-in button")

    words = page.locator(".code li").all_inner_texts()
    assert len(words) == 4
    samira = phone(language="en")
    samira.goto("/resume/")
    samira.locator("[name=code]").fill(" ".join(words))
    follow(samira, "main form button")
    assert len(samira.request.get("/me/data.json").json()["attempts"]) == 2


def test_without_javascript_she_comes_in_and_asks_for_help(bram, phone):
    plain = phone(language="fr", javascript=False)
    join(plain, code_of(bram), name="Farid")
    at_the_door(bram, "Farid").click()
    expect(at_the_door(bram, "Farid")).to_have_count(0)
    follow(plain, "main a.button")
    follow(plain, "main form button")
    follow(plain, ".class-bar__ask")
    expect(asking(bram, "Farid").locator("[value=come]")).to_be_visible()
    follow(plain, "main form button[value=end]")
    expect(asking(bram, "Farid").locator("[value=come]")).to_have_count(0)


@pytest.mark.thorough
def test_twelve_phones_follow_one_step(bram, phone, site):
    code, phones = code_of(bram), []
    names = [bdi.inner_text() for bdi in bram.locator(".board th bdi").all()][:12]
    for name in names:
        one = phone(language="nl")
        join(one, code, name=f"{name}$")
        at_the_door(bram, name).click()
        expect(one.locator("#class-bar")).to_be_visible()
        phones.append(one)
    lead = bram.context.new_page()
    lead.goto(step_path("nl", EMAIL, WRITE_TO_THE_CPAS, 3))
    follow(lead, "button[value=lead]")
    began = time.monotonic()
    for one in phones:
        expect(one).to_have_url(re.compile(f"/{LESSON}/3/$"))
    assert len(phones) == 12
    assert time.monotonic() - began < 20
