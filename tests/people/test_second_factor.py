"""A second proof: for who sees other people's work, and for nobody else unless she wants it."""

import re
from time import time
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.enums import Role
from people.models import User
from tests.factories.people import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "step-by-step"
STAFF_PATHS = [
    "/admin/", "/admin/pages/", "/admin/users/", "/admin/api/main/pages/", "/admin/login/", "/admin/jsi18n/",
    "/admin/nowhere/", "/teach/", "/teach/calls/", "/teach/1/", "/reports/", "/reports/nowhere.csv",
]  # fmt: skip
SET_UP, ACTIVATE = "/accounts/second-factor/", "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _a_real_site(settings):
    settings.DEMO = False


@pytest.fixture
def people(amina, bram, celia, edith, olav, dilan, organisation) -> dict[str, User]:
    mia = MembershipFactory(
        user=UserFactory(username="mia"), organisation=organisation, role=Role.MEDIATOR
    ).user
    # As Wagtail's own form makes them: an administrator and an editor without `is_staff`.
    root = UserFactory(username="root", is_superuser=True)
    eva = UserFactory(username="eva")
    eva.groups.set(Group.objects.filter(name="Editors"))
    return {one.username: one for one in (amina, bram, celia, edith, olav, dilan, mia, root, eva)}


STAFF = ["bram", "celia", "edith", "olav", "mia", "root", "eva"]
OTHERS = ["amina", "dilan"]


def sign_in(person: User, **fields) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": person.username, "password": PASSWORD, **fields})
    return browser


def give_app(person: User) -> str:
    """The key of an app that is set up for this person."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def code_of(secret: str, *, after: int = 0) -> str:
    """What the app shows now, or `after` so many periods."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time()) // 30 + after))


def give_codes(person: User) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def give_passkey(person: User) -> None:
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "phone", "credential": {}}
    )


def is_in(browser: Client) -> bool:
    return browser.get("/me/").wsgi_request.user.is_authenticated


# Who must


@pytest.mark.parametrize("name", STAFF)
def test_staff_are_led_to_set_it_up_whatever_page_they_open(people, name):
    browser = sign_in(people[name])

    found = {path: browser.get(path).headers.get("Location") for path in STAFF_PATHS}

    assert found == {path: f"{SET_UP}?next={path.replace('/', '%2F')}" for path in STAFF_PATHS}


@pytest.mark.parametrize("name", STAFF)
def test_what_they_send_is_not_taken_either(people, name):
    browser = sign_in(people[name])

    for method in (browser.post, browser.put, browser.delete, browser.head):
        assert method("/admin/users/").headers["Location"].startswith(SET_UP)


def test_who_leads_a_cohort_is_asked_too_member_or_not(people, cohort, dilan):
    cohort.trainers.add(dilan)

    assert sign_in(dilan).get("/teach/").headers["Location"] == f"{SET_UP}?next=%2Fteach%2F"


@pytest.mark.parametrize("name", OTHERS)
def test_learners_and_strangers_are_refused_as_before(people, name):
    browser = sign_in(people[name])

    assert browser.get("/teach/").status_code == 404
    assert SET_UP not in browser.get("/admin/").headers.get("Location", "")


@pytest.mark.parametrize("name", STAFF + OTHERS)
def test_pages_of_learners_never_ask(people, name):
    browser = sign_in(people[name])

    for path in ("/me/", "/me/data/", "/en/", "/accounts/", "/accounts/password/change/", "/language/"):
        assert browser.get(path).headers.get("Location") is None, path


@pytest.mark.parametrize("name", STAFF)
def test_a_site_to_try_asks_nobody(people, name, settings):
    settings.DEMO = True

    assert SET_UP not in sign_in(people[name]).get("/admin/").headers.get("Location", "")


def test_nobody_is_asked_before_she_signed_in(client):
    for path in STAFF_PATHS:
        assert SET_UP not in client.get(path).headers.get("Location", ""), path


# Setting it up


def set_up_app(browser: Client):
    """By password and the first code of the app; what the page answers."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": ACTIVATE})
    key = re.search(r"<code>([A-Z2-7-]+)</code>", browser.get(ACTIVATE).content.decode())[1].replace("-", "")
    return browser.post(ACTIVATE, {"code": code_of(key)})


def test_the_first_administrator_signs_in_and_is_led_through_it():
    call_command("createsuperuser", "--noinput", username="Root")
    root = User.objects.get(username="Root")
    root.set_password(PASSWORD)
    root.save()
    browser = sign_in(root)
    assert is_in(browser)

    page = browser.get("/admin/pages/?x=1", follow=True)
    assert page.redirect_chain == [(f"{SET_UP}?next=%2Fadmin%2Fpages%2F%3Fx%3D1", 302)]
    codes = browser.get(set_up_app(browser).headers["Location"])

    assert len(codes.context["codes"]) == 10
    assert codes.context["onward"] == "/admin/pages/?x=1"
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site(people, target):
    browser = sign_in(people["bram"])
    browser.get(f"{SET_UP}?next={target}")

    page = browser.get(set_up_app(browser).headers["Location"])

    assert page.context["onward"] == reverse("sign_in_methods")
    assert browser.get(f"/accounts/2fa/recovery-codes/?next={target}").context["onward"] == reverse(
        "sign_in_methods"
    )


def test_the_page_shows_picture_and_key_without_any_script(people):
    browser = sign_in(people["bram"])
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": ACTIVATE})

    html = browser.get(ACTIVATE).content.decode()

    assert "<svg" in html
    assert re.search(r"<code>([A-Z2-7]{4}-){7}[A-Z2-7]{4}</code>", html)
    assert not re.search(
        r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?://", html.replace("http://www.w3.org", "")
    )


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(people):
    browser = sign_in(people["bram"])
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": ACTIVATE})
    key = re.search(r"<code>(.+)</code>", browser.get(ACTIVATE).content.decode())[1]

    response = browser.post(ACTIVATE, {"code": "12 34"})

    assert list(response.context["form"].errors) == ["code"]
    assert key in response.content.decode()
    assert not Authenticator.objects.exists()


def test_an_address_never_confirmed_keeps_nobody_out(people):
    EmailAddress.objects.create(user=people["bram"], email="bram@example.org", primary=True)
    browser = sign_in(people["bram"])

    set_up_app(browser)

    assert browser.get("/teach/").status_code == 200


def test_who_has_one_is_not_led_there_again(people):
    browser = sign_in(people["bram"])
    set_up_app(browser)

    assert browser.get(f"{SET_UP}?next=/teach/").headers["Location"] == "/teach/"


# Signing in with it


def test_the_app_is_asked_after_the_password(people):
    secret = give_app(people["bram"])
    browser = sign_in(people["bram"], next="/teach/")
    assert not is_in(browser)

    response = browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert response.headers["Location"] == "/teach/"
    assert browser.get("/teach/").status_code == 200


@pytest.mark.parametrize("after", [-1, 1])
def test_a_clock_half_a_minute_off_is_no_fault(people, after):
    secret = give_app(people["bram"])
    browser = sign_in(people["bram"])

    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret, after=after)})

    assert is_in(browser)


@pytest.mark.parametrize("seconds", [0, 31, 59])
def test_a_code_that_was_seen_over_a_shoulder_works_no_second_time(people, seconds):
    secret = give_app(people["bram"])
    at = int(time()) // 30 * 30
    with patch("time.time", return_value=at):
        code = totp.format_hotp_value(totp.hotp_value(secret, at // 30))
        browser = sign_in(people["bram"])
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(browser)

    with patch("time.time", return_value=at + seconds):
        stranger = sign_in(people["bram"])
        stranger.post("/accounts/2fa/authenticate/", {"code": code})

        assert not is_in(stranger)


def test_nine_wrong_codes_close_the_door(people):
    secret = give_app(people["bram"])
    browser = sign_in(people["bram"])
    for _ in range(8):
        browser.post("/accounts/2fa/authenticate/", {"code": "x"})

    response = browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})

    assert "5 minutes" in str(response.context["form"].errors)
    assert not is_in(browser)


def test_a_code_from_the_paper_works_once_in_groups_too(people):
    give_app(people["bram"])
    code = give_codes(people["bram"])[0]
    written = f"{code[:4]}-{code[4:]}"
    browser, again = sign_in(people["bram"]), sign_in(people["bram"])

    browser.post("/accounts/2fa/authenticate/", {"code": written})
    again.post("/accounts/2fa/authenticate/", {"code": written})

    assert (is_in(browser), is_in(again)) == (True, False)


def test_a_code_by_letter_is_followed_by_the_app_too(people, mailoutbox):
    User.objects.filter(username="bram").update(email="bram@example.org")
    give_app(people["bram"])
    browser = Client()
    browser.post("/accounts/login/code/", {"email": "bram@example.org"})

    response = browser.post(
        "/accounts/login/code/confirm/", {"code": re.search(r"^\d{6}$", mailoutbox[0].body, re.MULTILINE)[0]}
    )

    assert response.headers["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(browser)


def test_a_session_that_began_another_way_shows_it_first(client_of, people):
    """A card, or a sign-in from before it was set up."""
    secret = give_app(people["bram"])
    browser = client_of(people["bram"])
    ask = "/accounts/2fa/reauthenticate/"
    assert browser.get("/teach/").headers["Location"] == f"{ask}?next=%2Fteach%2F"

    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get("/teach/").status_code == 302
    response = browser.post(ask, {"code": code_of(secret), "next": "/teach/"})

    assert response.headers["Location"] == "/teach/"
    assert browser.get("/teach/").status_code == 200


def test_who_has_a_passkey_only_is_asked_for_it_first(client_of, people):
    give_passkey(people["bram"])
    give_codes(people["bram"])

    location = client_of(people["bram"]).get("/teach/").headers["Location"]

    assert location == "/accounts/2fa/webauthn/reauthenticate/?next=%2Fteach%2F"


def test_learners_are_asked_only_for_what_they_added(people):
    assert is_in(sign_in(people["amina"]))
    give_passkey(people["amina"])
    assert is_in(sign_in(people["amina"]))  # another way in, not a second lock
    give_app(people["amina"])
    assert not is_in(sign_in(people["amina"]))


def test_a_trainers_passkey_is_asked_after_the_password(people):
    give_passkey(people["bram"])
    give_codes(people["bram"])

    assert not is_in(sign_in(people["bram"]))


# Taking it away


def test_a_password_alone_takes_no_lock_away(client_of, people):
    give_app(people["bram"])
    browser = client_of(people["bram"])
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    response = browser.post("/accounts/2fa/totp/deactivate/")

    assert response.headers["Location"].startswith("/accounts/2fa/reauthenticate/")
    assert Authenticator.objects.filter(user=people["bram"]).exists()


def test_it_is_taken_away_by_who_shows_it_and_then_staff_pages_close(client_of, people):
    secret = give_app(people["bram"])
    give_codes(people["bram"])
    browser = client_of(people["bram"])
    browser.post("/accounts/2fa/reauthenticate/", {"code": code_of(secret)})
    assert browser.get("/teach/").status_code == 200

    browser.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.filter(user=people["bram"]).exists()
    assert browser.get("/teach/").headers["Location"].startswith(SET_UP)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/recovery-codes/download/",
    ],
)
def test_dilan_at_an_open_computer_sees_and_changes_nothing(client_of, people, path):
    give_app(people["bram"])
    codes = give_codes(people["bram"])
    browser = client_of(people["bram"])

    for response in (browser.get(path), browser.post(path)):
        assert response.status_code in (302, 405)
        assert codes[0] not in response.content.decode()
    assert Authenticator.objects.filter(user=people["bram"]).count() == 2


def test_dilan_reaches_nobody_elses_passkey(client_of, people):
    give_passkey(people["amina"])
    key = Authenticator.objects.get()
    browser = sign_in(people["dilan"])
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    for path in ("edit", "remove"):
        assert (
            browser.post(f"/accounts/2fa/webauthn/keys/{key.pk}/{path}/", {"name": "mine"}).status_code == 404
        )
    assert Authenticator.objects.get().data["name"] == "phone"


@pytest.mark.parametrize("typed", ["bram", "BRAM", "Bram@example.org"])
def test_the_administrator_takes_a_lost_one_away(people, typed, capsys):
    User.objects.filter(username="bram").update(email="bram@example.org")
    give_app(people["bram"])
    give_app(people["celia"])

    call_command("reset_second_factor", typed)

    assert [one.user for one in Authenticator.objects.all()] == [people["celia"]]
    assert sign_in(people["bram"]).get("/teach/").headers["Location"].startswith(SET_UP)
    call_command("reset_second_factor", typed)
    assert "had no second factor" in capsys.readouterr().out


def test_the_command_names_who_does_not_exist():
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "nobody")


# What no browser sends

ODD = [
    "", "x", "[]", "{}", "null", "1", '{"response": null}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "AAAA", '
    '"authenticatorData": "AAAA", "signature": "AA", "userHandle": "AAAA"}}',
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_a_damaged_passkey_neither_signs_in_nor_is_kept(client, amina, odd):
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert client.post("/accounts/2fa/webauthn/login/", {"credential": odd}).status_code == 302
    assert not is_in(client)
    browser = sign_in(amina)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.get("/accounts/2fa/webauthn/add/")

    assert browser.post("/accounts/2fa/webauthn/add/", {"credential": odd}).status_code == 200
    assert not Authenticator.objects.exists()


# How I sign in


@pytest.mark.parametrize("name", STAFF + OTHERS)
def test_everyone_sees_her_own_ways(people, name):
    html = sign_in(people[name]).get("/accounts/").content.decode()

    assert f"<bdi>{name}</bdi>" in html
    assert ("So you need one." in html) == (name in STAFF)


def test_a_guest_sees_how_to_make_an_account(client):
    html = client.get("/accounts/").content.decode()

    assert 'href="/accounts/signup/"' in html


def test_it_costs_as_many_queries_with_three_passkeys(client_of, amina, django_assert_num_queries):
    browser = client_of(amina)
    give_passkey(amina)
    with CaptureQueriesContext(connection) as one:
        browser.get("/accounts/")
    give_passkey(amina)
    give_passkey(amina)

    with django_assert_num_queries(len(one)):
        browser.get("/accounts/")


def test_her_own_copy_says_what_she_set_up(client_of, amina):
    give_app(amina)
    give_passkey(amina)

    part = client_of(amina).get("/me/data.json").json()["sign-in"]

    assert [row["kind"] for row in part] == ["totp", "webauthn"]
    assert not re.search("secret|credential", str(part))
