"""Signing in with a code that came by e-mail."""

import re
from time import time
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "amina@example.org"
ASK, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"


@pytest.fixture
def amina(amina):
    User.objects.filter(pk=amina.pk).update(email=ADDRESS)
    amina.refresh_from_db()
    return amina


def ask(browser: Client, email: str = ADDRESS, **fields):
    return browser.post(ASK, {"email": email, **fields})


def code_in(letter) -> str:
    return re.search(r"^\d{6}$", letter.body, re.MULTILINE)[0]


def wrong_for(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def send(browser: Client, code: str, **fields):
    return browser.post(CONFIRM, {"code": code, **fields})


def who(browser: Client) -> str:
    user = browser.get("/me/").wsgi_request.user
    return user.username if user.is_authenticated else ""


def test_the_code_in_the_letter_signs_her_in_and_confirms_the_address(client, amina):
    EmailAddress.objects.create(user=amina, email=ADDRESS, primary=True)
    assert ask(client).headers["Location"] == CONFIRM

    response = send(client, code_in(mail.outbox[0]))

    assert response.headers["Location"] == "/me/"
    assert who(client) == "amina"
    assert client.session.get_expire_at_browser_close()
    assert EmailAddress.objects.get(user=amina).verified


def test_it_leads_back_to_where_she_was(client, amina):
    assert ask(client, next="/en/").headers["Location"] == f"{CONFIRM}?next=%2Fen%2F"

    assert send(client, code_in(mail.outbox[0]), next="/en/").headers["Location"] == "/en/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site(client, amina, target):
    ask(client, next=target)

    assert send(client, code_in(mail.outbox[0]), next=target).headers["Location"] == "/me/"


@pytest.mark.parametrize("email", ["AMINA@example.org", " amina@Example.ORG "])
def test_capitals_do_not_matter(client, amina, email):
    User.objects.filter(pk=amina.pk).update(email="Amina@example.org")

    ask(client, email)

    assert mail.outbox[0].subject == "StepIn: Your code"


@pytest.mark.parametrize("write", [
    lambda code: f" {code[:3]} {code[3:]} ",
    lambda code: f"{code[:2]}-{code[2:4]}-{code[4:]}",
    lambda code: code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    lambda code: code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
    lambda code: f"\u202a{code}\u202c\u00a0",
])  # fmt: skip
def test_a_code_may_be_written_as_her_keyboard_does(client, amina, write):
    ask(client)

    send(client, write(code_in(mail.outbox[0])))

    assert who(client) == "amina"


def test_a_wrong_code_is_said_and_kept(client, amina):
    ask(client)
    wrong = wrong_for(code_in(mail.outbox[0]))

    response = send(client, wrong)

    assert response.status_code == 200
    assert response.context["verify_form"].errors == {
        "code": ["This is not the code. Please look once more."]
    }
    assert response.context["verify_form"]["code"].value() == wrong
    assert who(client) == ""


def test_three_wrong_codes_end_it_even_for_the_right_one(client, amina):
    ask(client)
    code = code_in(mail.outbox[0])
    for _ in range(2):
        send(client, wrong_for(code))

    response = client.post(CONFIRM, {"code": wrong_for(code)}, follow=True)
    send(client, code)

    assert response.redirect_chain == [(ASK, 302)]
    assert "three times" in response.content.decode()
    assert who(client) == ""


@pytest.mark.parametrize("code", ["", "   ", "amina", "😀", "\x00", "9" * 5000])
def test_what_is_no_code_is_refused(client, amina, code):
    ask(client)

    assert send(client, code).status_code == 200
    assert who(client) == ""


def test_a_code_works_once(client, amina):
    User.objects.filter(pk=amina.pk).update(help_language="en")  # her browser speaks it from then on
    ask(client)
    code = code_in(mail.outbox[0])
    send(client, code)
    client.post(reverse("account_logout"))

    response = client.post(CONFIRM, {"code": code}, follow=True)

    assert "too old, or it was used" in response.content.decode()
    assert who(client) == ""


def test_a_code_works_in_the_browser_that_asked_for_it_only(client, amina):
    ask(client)
    stranger = Client()
    ask(stranger, "other@example.org")

    send(stranger, code_in(mail.outbox[0]))

    assert who(stranger) == ""


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (16, False)])
def test_a_code_counts_for_fifteen_minutes(client, amina, minutes, is_in):
    ask(client)
    later = time() + minutes * 60
    with patch("time.time", return_value=later):
        response = client.post(CONFIRM, {"code": code_in(mail.outbox[0])}, follow=True)

    assert response.wsgi_request.user.is_authenticated == is_in
    assert ("too old" in response.content.decode()) != is_in


def test_a_new_code_replaces_the_old_one(client, amina):
    ask(client)
    client.post(CONFIRM, {"action": "resend"})
    first, second = map(code_in, mail.outbox)

    if first != second:
        assert send(client, first).status_code == 200
    send(client, second)

    assert who(client) == "amina"


def test_new_codes_end_after_two(client, amina):
    ask(client)
    for _ in range(3):
        client.post(CONFIRM, {"action": "resend"})

    assert len(mail.outbox) == 3


# Dilan learns nothing


def test_an_unknown_address_is_answered_like_a_known_one(amina):
    pages = {}
    for email in (ADDRESS, "other@example.org"):
        browser = Client()
        asked = ask(browser, email)
        shown = browser.get(CONFIRM).content.decode().replace(email, "")
        shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)
        wrong = [send(browser, "x").status_code for _ in range(3)]
        pages[email] = (asked.status_code, asked.headers["Location"], shown, wrong)

    assert pages[ADDRESS] == pages["other@example.org"]
    assert [letter.subject for letter in mail.outbox] == [
        "StepIn: Your code",
        "StepIn: We do not know this address",
    ]


def test_sending_again_to_an_unknown_address_looks_the_same_and_writes_nothing(client, amina):
    ask(client, "other@example.org")

    responses = [client.post(CONFIRM, {"action": "resend"}) for _ in range(2)]

    assert [response.headers["Location"] for response in responses] == [CONFIRM] * 2
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("code", ["", "000000", "None"])
def test_no_code_fits_an_unknown_address(client, code):
    ask(client, "other@example.org")
    client.post(CONFIRM, {"action": "resend"})

    send(client, code)

    assert who(client) == ""


def test_a_closed_account_gets_no_code(client, amina):
    User.objects.filter(pk=amina.pk).update(is_active=False)

    ask(client)

    assert [letter.subject for letter in mail.outbox] == ["StepIn: We do not know this address"]


def test_guests_have_no_address_to_ask_with(client):
    UserFactory(guest=True)

    assert ask(client, "").status_code == 200
    assert mail.outbox == []


# Limits


def test_a_class_of_forty_asks_from_one_address():
    for n in range(40):
        UserFactory(username=f"learner{n}", email=f"learner{n}@example.org")

    browsers = [Client() for _ in range(40)]
    for n, browser in enumerate(browsers):
        assert ask(browser, f"learner{n}@example.org").status_code == 302, n
    for letter, browser in zip(mail.outbox, browsers, strict=True):
        assert send(browser, code_in(letter)).headers["Location"] == "/me/"


@pytest.mark.parametrize("email", [ADDRESS, "other@example.org"])
def test_the_fourth_code_in_a_minute_waits_known_or_not(amina, email):
    answers = [ask(Client(), spelling) for spelling in (email, email.upper(), f" {email}", email)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 200]
    assert "too many tries" in str(answers[-1].context["form"].errors)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("email", [ADDRESS, "other@example.org"])
def test_a_silent_mail_server_is_said_and_not_hidden(client, amina, email):
    with patch(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=ConnectionRefusedError()
    ):
        response = client.post(ASK, {"email": email}, follow=True)

    assert response.redirect_chain == [(ASK, 302)]
    assert "We cannot send a letter now." in response.content.decode()


# The pages


def test_the_sign_in_page_opens_again_while_a_code_is_awaited(client, amina):
    """On a shared computer the next person must not see whose code it is."""
    ask(client)

    page = client.get(reverse("account_login"))

    assert page.status_code == 200
    assert ADDRESS not in page.content.decode()


def test_the_field_helps_the_phone_to_fill_it_in(client, amina):
    ask(client)

    html = client.get(CONFIRM).content.decode()

    field = re.search(r'<input type="text" name="code"[^>]*>', html)[0]
    assert 'autocomplete="one-time-code"' in field
    assert 'inputmode="numeric"' in field
    assert "placeholder" not in html
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?://", html)


def test_letters_speak_the_language_of_the_reader(client, amina):
    client.cookies["django_language"] = "nl"
    ask(client)

    english = "Your code to sign in:"
    with translation.override("nl"):
        assert translation.gettext(english) in mail.outbox[0].body


def test_without_sms_no_page_speaks_of_signing_in_by_phone(client, client_of, amina):
    for name in ("account_login", "account_request_login_code", "account_signup"):
        assert not re.search(r"phone number|SMS", client.get(reverse(name)).content.decode()), name
    assert "phone number" not in client_of(amina).get(reverse("sign_in_methods")).content.decode()
    assert client.get("/accounts/phone/change/").status_code == 404
