"""The ways in on a real site (no demo): a code by letter and by message, a passkey, a second lock for a trainer."""

import email
import json
import re
from collections.abc import Callable, Iterator
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Page, expect

from tests.journeys.looks import layout_faults, small_targets
from tests.journeys.server import Site
from tests.journeys.test_amina_alone import sign_in
from tests.journeys.test_keyboard import press, tab_to

# A site of its own with the second lock on; unit tests have every rule of these pages.
pytestmark = pytest.mark.thorough

PASSWORD = "step-by-step-9"
A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def messages() -> Iterator[tuple[str, list[dict]]]:
    """A service for short messages: its SMS_URL, and what it was asked to send."""
    sent: list[dict] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sent.append({"path": self.path, **body})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/{{phone}}", sent
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def real(site, messages, tmp_path_factory) -> Iterator[Site]:
    """The same people and lessons without demo mode, at an address where browsers make passkeys."""
    folder = tmp_path_factory.mktemp("real")
    site.manage("backup", str(folder / "backup.tar.gz"))
    real = Site(folder / "data", demo=False, host="localhost", SMS_URL=messages[0])
    real.folder.mkdir()
    real.manage("restore", str(folder / "backup.tar.gz"))
    try:
        yield real.start()
    finally:
        real.stop()
    assert "Traceback" not in real.story()


@pytest.fixture
def look(axe) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        axe(page)
        assert layout_faults(page) + small_targets(page) == []

    return check


def go_on(page: Page) -> None:
    page.locator("main form.fields button").first.click()


def sign_up(page: Page, username: str, **fields: str) -> None:
    page.goto("/accounts/signup/")
    for name, value in {"username": username, "password1": PASSWORD, **fields}.items():
        page.locator(f"input[name={name}]").fill(value)
    go_on(page)


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    go_on(page)
    expect(page.locator("main .notice")).to_be_visible()


def letters_to(folder: Path, address: str) -> list[str]:
    """Their texts, oldest first."""
    files = sorted((folder / "outbox").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    letters = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return [letter.get_body(("plain",)).get_content() for letter in letters if letter["To"] == address]


def code_in(text: str) -> str:
    return re.search(r"\b\d{6}\b", text)[0]


def code_of(key: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(key, int(time()) // 30))


def make_device(page: Page) -> str:
    """A phone with a fingerprint reader; its id."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    device = browser.send("WebAuthn.addVirtualAuthenticator", {"options": A_PHONE})["authenticatorId"]
    page.finger = lambda right: browser.send(
        "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": right}
    )
    return device


@pytest.mark.parametrize("language", ["ar"])
def test_a_code_by_letter_by_keyboard_and_without_javascript(language, real, screen, look):
    page = screen(at=real, language=language, javascript=False, touch=False)
    address = f"{language}@example.org"
    sign_up(page, f"letter-{language}", email=address)
    sign_out(page)

    page.goto("/accounts/login/")
    expect(page.locator("noscript p")).to_be_visible()
    press(page, "main a[href^='/accounts/login/code/']")
    tab_to(page, "input[name=email]")
    page.keyboard.type(address.upper())
    press(page, "main form.fields button")
    code = code_in(letters_to(real.folder, address)[-1])
    tab_to(page, "input[name=code]")
    page.keyboard.type(f"{code[:3]} {code[3:]}")
    press(page, "main form.fields button")

    expect(page).to_have_url(f"{real.url}/me/")


@pytest.mark.parametrize(("language", "colours"), [("ar", "light"), ("nl", "dark")])
def test_pages_for_a_code_can_be_used_by_everyone(language, colours, real, phone, look):
    page = phone(at=real, language=language, colours=colours)
    for path in ("/accounts/", "/accounts/signup/", "/accounts/login/", "/accounts/login/code/"):
        page.goto(path)
        look(page)
    page.locator("input[name=email]").fill(f"stranger-{language}@example.org")
    go_on(page)
    look(page)
    page.locator("input[name=code]").fill("12")
    go_on(page)
    expect(page.locator(".field--invalid")).to_be_visible()
    look(page)


def test_a_number_given_at_sign_up_signs_in_next_time(real, phone, look, messages):
    page = phone(at=real, language="nl")
    sign_up(page, "by-phone", phone="0470 12 34 56")
    look(page)
    page.locator("input[name=code]").fill(code_in(messages[1][-1]["message"]))
    go_on(page)
    expect(page.locator("main .tick")).to_be_visible()
    look(page)
    sign_out(page)

    page.goto("/accounts/login/code/")
    page.locator("input[name=email]").fill("+32 470/12.34.56")
    go_on(page)
    page.locator("input[name=code]").fill(code_in(messages[1][-1]["message"]))
    go_on(page)

    expect(page).to_have_url(f"{real.url}/me/")
    assert {one["path"] for one in messages[1]} == {"/+32470123456"}


def test_a_passkey_is_made_and_signs_in(real, phone, look):
    page = phone(at=real)
    make_device(page)
    sign_up(page, "by-finger")
    page.goto("/accounts/")
    page.locator("main a[href$='/webauthn/add/']").click()
    page.locator("input[name=password]").fill(PASSWORD)
    go_on(page)
    look(page)

    page.finger(False)
    page.locator("#passkey_add").click()
    expect(page.locator("[data-passkeys] [role=alert]")).to_be_visible()
    look(page)
    page.finger(True)
    page.locator("input[name=name]").fill("My phone")
    page.locator("#passkey_add").click()
    expect(page).to_have_url(f"{real.url}/accounts/")
    expect(page.locator("main h3", has_text="My phone")).to_be_visible()
    look(page)

    sign_out(page)
    page.goto("/accounts/login/?next=/me/data/")
    page.locator("#passkey_login").click()
    expect(page).to_have_url(f"{real.url}/me/data/")

    sign_out(page)  # and the password alone is still enough
    sign_in(page, "by-finger", PASSWORD)


def test_a_trainer_sets_up_the_app_before_she_sees_learners(site, real, desk, look):
    password = site.demo_people()["bram"]
    page = desk(at=real)
    sign_in(page, "bram", password)
    page.goto("/teach/")
    expect(page).to_have_url(re.compile("/accounts/second-factor/"))
    look(page)

    page.locator("main a.button--big").click()
    page.locator("input[name=password]").fill(password)
    go_on(page)
    look(page)
    key = page.locator(".key code").inner_text().replace("-", "")
    page.locator("input[name=code]").fill(code_of(key))
    go_on(page)
    expect(page.locator(".paper-codes li")).to_have_count(10)
    look(page)
    paper = page.locator(".paper-codes li").first.inner_text()
    page.locator("main a.button--big").click()
    expect(page).to_have_url(f"{real.url}/teach/")

    for written in (code_of(key), paper):
        sign_out(page)
        page.goto("/accounts/login/?next=/teach/")
        page.locator("input[name=login]").fill("bram")
        page.locator("input[name=password]").fill(password)
        go_on(page)
        expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
        look(page)
        page.locator("input[name=code]").fill(written)
        go_on(page)
        expect(page).to_have_url(f"{real.url}/teach/")


def test_a_coordinator_takes_a_passkey_instead_and_is_asked_for_it_after_the_password(site, real, desk, look):
    password = site.demo_people()["celia"]
    page = desk(at=real)
    make_device(page)
    sign_in(page, "celia", password)
    page.goto("/reports/")
    page.locator("main a[href$='/webauthn/add/']").click()
    page.locator("input[name=password]").fill(password)
    go_on(page)
    page.locator("#passkey_add").click()
    expect(page.locator(".paper-codes li")).to_have_count(10)

    sign_out(page)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("celia")
    page.locator("input[name=password]").fill(password)
    go_on(page)
    look(page)
    page.locator("#passkey_use").click()

    expect(page).to_have_url(f"{real.url}/me/")


def test_an_administrator_who_lost_it_begins_again(site, real, desk):
    password = site.demo_people()["olav"]
    page = desk(at=real)
    sign_in(page, "olav", password)
    page.goto("/admin/")
    page.locator("main a.button--big").click()
    page.locator("input[name=password]").fill(password)
    go_on(page)
    page.locator("input[name=code]").fill(code_of(page.locator(".key code").inner_text().replace("-", "")))
    go_on(page)
    page.locator("main a.button--big").click()
    expect(page).to_have_url(f"{real.url}/admin/")

    real.manage("reset_second_factor", "olav")

    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/accounts/second-factor/"))
