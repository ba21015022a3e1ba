"""Amina without network: a module kept on her phone, steps done in the bus, and each of them counted once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys import learning
from tests.journeys.learning import (
    EMAIL,
    identity,
    is_practice,
    is_question,
    next_button,
    step_path,
    stones_done,
)
from tests.journeys.test_amina_alone import sign_in

LESSON = "write-to-the-cpas"
WAITING = re.compile("saved on this phone", re.IGNORECASE)


def keep_module(page: Page, language: str = "en", module: str = EMAIL) -> None:
    page.goto(f"/{language}/{module}/")
    element = page.locator("keep-module")
    expect(element).to_have_attribute("data-state", "offer")
    wait_for_worker(page)
    element.locator("[data-do=keep]:visible").click()
    expect(element).to_have_attribute("data-state", "kept")


def wait_for_worker(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    for _ in range(100):
        if page.evaluate("!!navigator.serviceWorker.controller"):
            return
        page.wait_for_timeout(100)
    raise AssertionError("no worker took over")


def number_of(page: Page, wanted: Callable[[Page], bool], start: int = 1) -> int:
    """The first step from `start` on that is of this kind."""
    for number in range(start, 30):
        page.goto(step_path("en", EMAIL, LESSON, number))
        if wanted(page):
            return number
    raise AssertionError


def do_step(page: Page) -> tuple[str, str]:
    """Finish the step and stand on the next; which one it was."""
    step = identity(page)
    learning.do_step(page)
    return step


def waiting(page: Page) -> int:
    return page.evaluate("stepinOutbox.count()")


def status(page: Page):
    return page.locator("#outbox")


def attempts(page: Page) -> list[dict]:
    """As the server tells her: what a closing page sent is seen nowhere else."""
    told = page.request.get("/me/data.json")
    return told.json()["attempts"] if "json" in told.headers["content-type"] else []


def expect_sent(page: Page) -> None:
    """In whatever language the page speaks by then."""
    expect(status(page)).to_contain_text(status(page).get_attribute("data-sent") or "?")


def expect_nothing_waits(page: Page) -> None:
    """A page that opens when everything has just been sent says nothing."""
    for _ in range(150):
        if page.evaluate("globalThis.stepinOutbox ? stepinOutbox.count() : 1") == 0:
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{waiting(page)} steps wait")


@pytest.fixture
def phone(screen) -> Callable[..., Page]:
    """A phone whose browser has a service worker."""
    return partial(screen, worker=True)


@pytest.fixture(scope="module")
def places(browser, site) -> tuple[int, int]:
    """(number of a question, number of a practice) in the lesson."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    found = number_of(page, is_question), number_of(page, is_practice)
    context.close()
    return found


def test_steps_without_network_are_saved_shown_and_counted_once(phone, desk, site, places, axe):
    question, practice = places
    page = phone()
    page.goto("/en/")
    sign_in(page, "amina", site.demo_people()["amina"])
    keep_module(page)
    axe(page)
    page.goto("/me/")
    learning.follow(page, "form[action='/me/helped/'] button")
    before = len(attempts(page))
    page.goto(step_path("en", EMAIL, LESSON, 1))
    page.context.set_offline(True)

    done = [do_step(page)]
    expect(status(page)).to_have_text(WAITING)
    page.goto(step_path("en", EMAIL, LESSON, question))
    done.append(do_step(page))
    page.goto(step_path("en", EMAIL, LESSON, practice))
    done.append(do_step(page))
    assert len({step for _, step in done}) == 3

    page.reload()
    expect(status(page)).to_have_text(WAITING)
    page.goto(step_path("en", EMAIL, LESSON, 2))
    expect(page.locator(".stones .stone--done").first).to_be_visible()
    assert stones_done(page) >= 3
    page.goto("/me/outbox/")
    expect(page.locator("[data-waiting-steps] li").first).to_be_visible()
    axe(page)

    page.context.set_offline(False)
    expect_sent(page)
    assert waiting(page) == 0
    passed = [one for one in attempts(page)[before:] if one["mark"] == 1]
    assert len(passed) == 3
    assert sorted(one["kind"] for one in passed) == ["answer", "practice", "read"]
    # Somebody sat beside her: pages with and without network say so, and the practice too.
    assert [one["helped"] for one in passed] == [True] * 3
    page.reload()
    expect(page.locator("[data-sent-steps] li").first).to_be_visible()
    assert len([one for one in attempts(page)[before:] if one["mark"] == 1]) == 3

    board = desk()
    board.goto("/en/")
    sign_in(board, "bram", site.demo_people()["bram"])
    board.goto("/teach/")
    board.locator(".lessons a").first.click()
    row = board.locator("tbody tr", has_text="Amina")
    assert re.search(rf"\b{steps_completed(page)}\b", row.inner_text())


def steps_completed(page: Page) -> int:
    """Steps completed in the module, as her own data says."""
    rows = page.request.get("/me/data.json").json()["modules"]
    return next(row["steps_completed"] for row in rows if "E-mail" in row["module"])


def test_a_page_that_is_not_kept_says_so_and_what_is_kept(phone, axe):
    page = phone(language="nl")
    keep_module(page, "nl")
    page.context.set_offline(True)

    page.goto("/nl/using-a-computer/")

    expect(page.locator("h1")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nl"
    expect(page.locator("[data-kept-modules] a")).to_have_attribute("href", f"/nl/{EMAIL}/")
    axe(page)
    page.locator("[data-kept-modules] a").click()
    expect(page.locator("keep-module")).to_have_attribute("data-state", "kept")


def test_without_the_kept_module_a_step_is_saved_and_the_page_stays(phone):
    page = phone()
    page.goto(step_path("en", EMAIL, LESSON, 1))
    page.evaluate("new Promise((done) => setTimeout(done, 500))")
    wait_for_worker(page)
    page.context.set_offline(True)

    next_button(page).click()

    expect(status(page)).to_have_text(re.compile("next step is not on this phone"))
    assert waiting(page) == 1
    page.context.set_offline(False)
    expect_sent(page)
    assert len(attempts(page)) == 1


# A phone that believes in a network which is not there.
LIE = "Object.defineProperty(Navigator.prototype, 'onLine', {get: () => true});"


def test_a_form_that_nobody_answers_waits_and_she_goes_on(phone, places):
    page = phone()
    page.add_init_script(LIE)
    keep_module(page)
    page.goto(step_path("en", EMAIL, LESSON, 1))
    page.context.set_offline(True)

    next_button(page).click()

    expect(page).to_have_url(re.compile(f"{LESSON}/2/$"))
    expect(status(page)).to_have_text(WAITING)
    expect(page.locator("p.stones:not(.stones--small) .stone--done")).to_have_count(1)
    page.context.set_offline(False)
    page.goto(step_path("en", EMAIL, LESSON, places[0]))
    expect_nothing_waits(page)
    assert len(attempts(page)) == 1
    page.context.set_offline(True)
    page.locator("#question input[type=radio]").first.check()
    next_button(page).click()
    expect(page.locator("#answer .notice")).to_be_visible()
    expect(status(page)).to_have_text(WAITING)
    assert waiting(page) == 1
    page.context.set_offline(False)
    page.reload()
    expect_nothing_waits(page)
    assert len(attempts(page)) == 2


def test_an_answer_lost_on_its_way_to_a_visitor_costs_her_no_step(phone):
    """Her first steps made a guest whose cookie never arrived."""
    page = phone()
    keep_module(page)
    page.goto(step_path("en", EMAIL, LESSON, 1))
    page.context.set_offline(True)
    do_step(page)
    do_step(page)
    first = page.evaluate("stepinOutbox.list('waiting').then(([step]) => step.event)")
    lost = phone().context
    lost.add_cookies([cookie for cookie in page.context.cookies() if cookie["name"] == "csrftoken"])
    assert lost.request.post("/progress/", data={"events": [first]}).json()["accepted"] == [first["id"]]

    page.context.set_offline(False)

    expect_sent(page)
    assert len(attempts(page)) == 2


def test_with_network_a_form_goes_once_and_as_it_stands(phone):
    page = phone()
    page.goto(step_path("en", EMAIL, LESSON, 1))
    wait_for_worker(page)
    sent = []
    page.context.on("request", lambda asked: asked.url.endswith("/progress/") and sent.append(asked))

    do_step(page)
    page.reload()

    # The worker hands it on; that is the same request once more, in the browser's own account.
    assert [asked.is_navigation_request() for asked in sent if not asked.service_worker] == [True]
    assert len(attempts(page)) == 1


def test_a_server_that_breaks_keeps_everything_in_its_order(phone):
    page = phone()
    keep_module(page)
    page.context.set_offline(True)
    page.goto(step_path("en", EMAIL, LESSON, 1))
    done = [do_step(page)[1], do_step(page)[1]]
    page.context.route("**/progress/", lambda route: route.fulfill(status=429, body="not now"))
    page.context.set_offline(False)
    page.goto("/me/outbox/")
    page.wait_for_timeout(1000)
    assert waiting(page) == 2

    page.context.unroute("**/progress/")
    sent = []
    page.context.on(
        "request", lambda asked: asked.url.endswith("/progress/") and sent.append(asked.post_data_json)
    )
    page.locator("[data-do=send]").click()

    expect_sent(page)
    # Two windows, or the page and its worker, may both send one; by its id it counts once.
    assert list(dict.fromkeys(event["step"] for call in sent for event in call["events"])) == done
    assert len(attempts(page)) == 2


def test_a_wrong_clock_dates_nothing_wrong(phone):
    page = phone()
    page.clock.set_fixed_time(datetime(2031, 5, 5, 12, 0))
    page.goto(step_path("en", EMAIL, LESSON, 1))
    wait_for_worker(page)
    page.context.set_offline(True)
    next_button(page).click()
    expect(status(page)).to_have_text(WAITING)

    page.context.set_offline(False)

    expect_sent(page)
    happened = datetime.fromisoformat(attempts(page)[0]["happened_at"])
    assert abs(timezone.now() - happened) < timedelta(minutes=3)


NO_STORAGE = """
Object.defineProperty(window, "indexedDB", {value: {open() { throw new DOMException("no", "SecurityError"); }}});
Object.defineProperty(window, "caches", {value: undefined});
"""
FULL = """
Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
"""


def test_a_browser_that_keeps_nothing_says_so_and_learning_goes_on(phone):
    page = phone()
    page.add_init_script(NO_STORAGE)

    page.goto(f"/en/{EMAIL}/")
    expect(page.locator("keep-module")).to_have_attribute("data-state", "cannot")
    expect(page.locator("keep-module")).to_contain_text("You can go on with network.")

    page.goto(step_path("en", EMAIL, LESSON, 1))
    do_step(page)
    assert len(attempts(page)) == 1
    page.context.set_offline(True)
    next_button(page).click()
    expect(status(page)).to_have_text(re.compile("this browser cannot save your step"))


def test_a_full_phone_keeps_no_half_module(phone):
    page = phone()
    page.add_init_script(FULL)
    page.goto(f"/en/{EMAIL}/")
    expect(page.locator("keep-module")).to_have_attribute("data-state", "offer")

    page.locator("keep-module [data-do=keep]:visible").click()

    expect(page.locator("keep-module")).to_have_attribute("data-state", "full")
    assert page.evaluate("caches.keys().then((names) => names.filter((name) => name.includes('pack')))") == []


def test_fetching_goes_on_where_it_stopped_and_removing_takes_all(phone):
    page = phone()
    page.goto(f"/en/{EMAIL}/")
    element = page.locator("keep-module")
    expect(element).to_have_attribute("data-state", "offer")
    page.context.route(f"**/{LESSON}/9/?pack=*", lambda route: route.abort("internetdisconnected"))
    element.locator("[data-do=keep]:visible").click()
    expect(element).to_have_attribute("data-state", "stopped")
    page.context.unroute(f"**/{LESSON}/9/?pack=*")
    page.reload()
    expect(element).to_have_attribute("data-state", "stopped")
    asked = []
    page.context.on("request", lambda request: "?pack=" in request.url and asked.append(request.url))

    element.locator("[data-do=keep]:visible").click()

    expect(element).to_have_attribute("data-state", "kept")
    everything = page.request.get(f"/en/{EMAIL}/pack.json").json()["files"]
    assert 0 < len(asked) < len([file for file in everything if "?pack=" in file["url"]])
    element.locator("[data-do=remove]:visible").click()
    expect(element).to_have_attribute("data-state", "offer")


def test_two_tabs_lose_nothing_and_send_nothing_twice(phone):
    one = phone()
    keep_module(one)
    two = one.context.new_page()
    one.goto(step_path("en", EMAIL, LESSON, 1))
    two.goto(step_path("en", EMAIL, LESSON, 2))
    one.context.set_offline(True)
    do_step(one)
    do_step(two)
    sent = []
    one.context.on(
        "request", lambda asked: asked.url.endswith("/progress/") and sent.append(asked.post_data_json)
    )

    one.context.set_offline(False)

    expect_sent(one)
    expect_sent(two)
    assert len(attempts(one)) == 2
    assert sum(len(call["events"]) for call in sent) == 2


def test_steps_of_amina_wait_while_dilan_is_signed_in_on_her_phone(phone, site):
    page = phone()
    page.goto("/en/")
    sign_in(page, "amina", site.demo_people()["amina"])
    before = len(attempts(page))
    page.goto(step_path("en", EMAIL, LESSON, 1))
    wait_for_worker(page)
    page.context.set_offline(True)
    next_button(page).click()
    expect(status(page)).to_have_text(WAITING)
    hers = page.context.cookies()
    page.context.clear_cookies()
    page.context.route("**/progress/", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(False)
    page.goto("/accounts/login/")
    sign_in(page, "dilan", site.demo_people()["dilan"])
    page.context.unroute("**/progress/")
    dilans = len(attempts(page))

    page.goto("/me/outbox/")

    expect(page.locator("[data-others]")).to_be_visible()
    page.wait_for_timeout(1000)
    assert (waiting(page), len(attempts(page))) == (1, dilans)
    page.context.clear_cookies()
    page.context.add_cookies(hers)
    page.goto("/me/outbox/")
    expect_sent(page)
    assert len(attempts(page)) == before + 1


def test_signing_out_asks_before_anything_is_lost(phone, site, axe):
    page = phone()
    page.goto("/en/")
    sign_in(page, "amina", site.demo_people()["amina"])
    page.goto(step_path("en", EMAIL, LESSON, 1))
    wait_for_worker(page)
    page.context.set_offline(True)
    next_button(page).click()
    expect(status(page)).to_have_text(WAITING)
    page.context.route("**/progress/", lambda route: route.abort("internetdisconnected"))
    page.context.set_offline(False)
    page.goto("/accounts/logout/")

    page.locator("main form[action$='/accounts/logout/'] button").click()

    expect(page.locator("dialog")).to_be_visible()
    axe(page)
    page.locator("dialog button[value=stay]").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert "/accounts/logout/" in page.url
    page.context.unroute("**/progress/")
    page.locator("main form[action$='/accounts/logout/'] button").click()
    expect(page).not_to_have_url(re.compile("logout"))
    expect_nothing_waits(page)


def test_a_file_goes_to_the_trainer_and_counts_once(phone, desk, site, tmp_path, axe):
    page = phone()
    page.goto("/en/")
    sign_in(page, "amina", site.demo_people()["amina"])
    keep_module(page)
    before = len(attempts(page))
    page.goto(step_path("en", EMAIL, LESSON, 1))
    page.context.set_offline(True)
    do_step(page)
    do_step(page)
    page.goto("/me/outbox/")
    page.evaluate("delete Navigator.prototype.canShare")
    with page.expect_download() as download:
        page.locator("[data-do=give]").click()
    file = tmp_path / "steps.json"
    download.value.save_as(file)
    page.locator("[data-do=show]").click()
    expect(page.locator("figure.qr svg")).to_be_visible()

    board = desk()
    board.goto("/en/")
    sign_in(board, "bram", site.demo_people()["bram"])
    board.goto("/teach/collect/")
    axe(board)
    for new, known in (("2", "0"), ("0", "2")):
        board.locator("[name=upload]").set_input_files(file)
        board.locator("main form button").last.click()
        row = board.locator("tbody tr", has_text="Amina")
        assert [cell.inner_text() for cell in row.locator("td").all()[:2]] == [new, known]

    page.context.set_offline(False)
    expect_sent(page)
    assert len(attempts(page)) == before + 2
