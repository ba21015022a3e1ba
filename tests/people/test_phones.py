"""Telephone numbers, and signing in with one."""

import re
from time import time
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from people import sms
from people.models import User
from people.phones import clean_phone, in_groups
from tests.factories.people import UserFactory

PHONE = "+32470123456"
ASK, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
CHANGE, VERIFY, REMOVE = "/accounts/phone/change/", "/accounts/phone/verify/", "/accounts/phone/remove/"
NEW = {"username": "amina2", "password1": "step-by-step", "name": "", "email": ""}

# How a number is written


@pytest.mark.parametrize("text", [
    "0470 12 34 56", "0470/12.34.56", "0470-123456", "+32 470 12 34 56", "+32 (0)470 12 34 56", "0032470123456",
    " 0470123456 ", "٠٤٧٠١٢٣٤٥٦", "۰۴۷۰۱۲۳۴۵۶", "+32470123456",
])  # fmt: skip
def test_a_belgian_number_has_one_spelling(text):
    assert clean_phone(text) == PHONE


@pytest.mark.parametrize(
    ("text", "number"), [("+33 6 12 34 56 78", "+33612345678"), ("+31 6 12345678", "+31612345678")]
)
def test_a_number_of_another_country_keeps_it(text, number):
    assert clean_phone(text) == number


@pytest.mark.parametrize(
    "text", ["12", "amina", "0470 12 34 5", "+32", "😀", "0470123456 0470123457", "9" * 60]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        clean_phone(text)
    assert refusal.value.code == "invalid_phone"


@pytest.mark.parametrize("text", ["02 501 00 00", "0900 12 345"])
def test_a_number_that_gets_no_messages_is_refused(text):
    with pytest.raises(ValidationError) as refusal:
        clean_phone(text)
    assert refusal.value.code == "not_mobile"


def test_numbers_are_shown_in_groups():
    assert in_groups(PHONE) == "+32 470 12 34 56"
    assert in_groups("ask her sister") == "ask her sister"


# With a service


@pytest.fixture
def messages(db, settings):
    """Sent messages as (number, text)."""
    settings.SMS_URL = "json://localhost:9/{phone}"
    settings.ROOT_URLCONF = "tests.people.urls_with_sms"
    settings.ACCOUNT_LOGIN_METHODS = {*settings.ACCOUNT_LOGIN_METHODS, "phone"}
    settings.ACCOUNT_SIGNUP_FIELDS = [*settings.ACCOUNT_SIGNUP_FIELDS, "phone"]
    sent: list[tuple[str, str]] = []
    with patch("people.sms.send", lambda phone, text: sent.append((phone, text))):
        yield sent


@pytest.fixture
def silence(messages):
    with patch("people.sms.send", side_effect=sms.NotSent()):
        yield


@pytest.fixture
def amina(amina):
    User.objects.filter(pk=amina.pk).update(phone=PHONE, proven_phone=PHONE)
    amina.refresh_from_db()
    return amina


def code_in(message: tuple[str, str]) -> str:
    return re.search(r"\d{6}", message[1])[0]


def who(browser: Client) -> str:
    user = browser.get("/me/").wsgi_request.user
    return user.username if user.is_authenticated else ""


def ask(browser: Client, phone: str = "0470 12 34 56"):
    return browser.post(ASK, {"email": phone})


def test_a_code_by_message_signs_her_in(client, messages, amina):
    assert ask(client).headers["Location"] == CONFIRM

    client.post(CONFIRM, {"code": code_in(messages[0])})

    assert messages[0][0] == PHONE
    assert who(client) == "amina"


def test_the_message_is_short_in_her_language_and_without_a_link(client, messages, amina):
    ask(client)

    with translation.override("ar"):
        words = translation.gettext("StepIn: your code is %(code)s. Tell it to nobody.")
    assert messages[0][1] == words % {"code": code_in(messages[0])}
    assert len(messages[0][1]) <= 70  # one message, in any script
    assert "http" not in messages[0][1]


def test_the_same_field_takes_an_address(client, messages, amina, mailoutbox):
    User.objects.filter(pk=amina.pk).update(email="amina@example.org")

    client.post(ASK, {"email": "amina@example.org"})

    assert [letter.subject for letter in mailoutbox] == ["StepIn: Your code"]
    assert messages == []


@pytest.mark.parametrize("given", ["", "amina", "12", "02 501 00 00", "amina@", "@"])
def test_what_is_neither_is_refused_and_kept(client, messages, given):
    response = client.post(ASK, {"email": given})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["email"].value() == given


def test_an_unknown_number_is_answered_like_a_known_one(messages, amina):
    pages = {}
    for phone in ("0470 12 34 56", "0471 00 00 00"):
        browser = Client()
        asked = ask(browser, phone)
        again = browser.post(CONFIRM, {"action": "resend"})
        shown = browser.get(CONFIRM).content.decode().replace(in_groups(clean_phone(phone)), "")
        shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)
        wrong = [browser.post(CONFIRM, {"code": "x"}).status_code for _ in range(3)]
        pages[phone] = (asked.status_code, asked.headers["Location"], again.headers["Location"], shown, wrong)

    assert pages["0470 12 34 56"] == pages["0471 00 00 00"]
    assert [phone for phone, _ in messages] == [PHONE, PHONE, "+32471000000"]


def test_messages_to_unknown_numbers_are_few_whoever_asks(messages):
    for n in range(30):
        assert ask(Client(), f"0471 00 00 {n:02}").status_code == 302

    assert len(messages) == 20


def test_a_number_in_a_trainers_notes_does_not_sign_in(client, messages, dilan):
    User.objects.filter(pk=dilan.pk).update(phone=PHONE)

    ask(client)

    assert not re.search(r"\d", messages[0][1])


def test_a_number_that_an_editor_changed_does_not_sign_in(client, messages, amina):
    User.objects.filter(pk=amina.pk).update(phone="+32471000000")

    ask(client, "0471 00 00 00")
    ask(Client())

    assert [re.search(r"\d{6}", text) for _, text in messages] == [None, None]


def test_a_closed_account_gets_no_code(client, messages, amina):
    User.objects.filter(pk=amina.pk).update(is_active=False)

    ask(client)

    assert not re.search(r"\d", messages[0][1])


def test_a_service_that_fails_says_so_and_the_password_still_works(client, silence, amina):
    response = client.post(ASK, {"email": "0470 12 34 56"}, follow=True)

    assert response.redirect_chain == [(ASK, 302)]
    assert "We cannot send a message now." in response.content.decode()
    client.post("/accounts/login/", {"login": "0470 12 34 56", "password": "step-by-step"})
    assert who(client) == "amina"


def test_tries_at_a_password_are_counted_by_number_however_it_is_written(client, messages, amina):
    spellings = ["0470123456", "0470 123456", "+32470123456", "0032470123456", "04 70 12 34 56"] * 2
    for login in spellings[:8]:
        client.post("/accounts/login/", {"login": login, "password": "wrong"})

    response = client.post("/accounts/login/", {"login": "0470/123456", "password": "step-by-step"})

    assert "5 minutes" in str(response.context["form"].errors)


def test_a_class_of_forty_asks_from_one_address(messages):
    for n in range(40):
        phone = f"+3247000{n:04}"
        UserFactory(username=f"learner{n}", phone=phone, proven_phone=phone)

    assert {ask(Client(), f"+3247000{n:04}").status_code for n in range(40)} == {302}
    assert len(messages) == 40


# Signing up


def test_a_number_given_at_sign_up_is_hers_when_the_code_comes_back(client, messages):
    response = client.post("/accounts/signup/", {**NEW, "phone": "0470 12 34 56"})

    assert response.headers["Location"] == VERIFY
    assert who(client) == "amina2"
    assert User.objects.get().phone == ""
    client.post(VERIFY, {"code": code_in(messages[0])})
    assert User.objects.get().signs_in_by_phone


def test_sign_up_without_a_number_is_as_before(client, messages):
    assert client.post("/accounts/signup/", {**NEW, "phone": ""}).headers["Location"] == "/me/"
    assert messages == []


def test_a_wrong_number_at_sign_up_is_refused_beside_the_field(client, messages):
    response = client.post("/accounts/signup/", {**NEW, "phone": "12"})

    assert list(response.context["form"].errors) == ["phone"]
    assert not User.objects.exists()


def test_dilan_learns_nothing_by_signing_up_with_aminas_number(client, messages, amina):
    response = client.post("/accounts/signup/", {**NEW, "phone": PHONE})
    wrong = client.post(VERIFY, {"code": "000000"})

    assert response.headers["Location"] == VERIFY
    assert "Another account" not in wrong.content.decode()


def test_a_service_that_fails_stops_nobody_from_signing_up(client, silence):
    response = client.post("/accounts/signup/", {**NEW, "phone": "0470 12 34 56"}, follow=True)

    assert response.redirect_chain == [("/me/", 302)]
    assert "We cannot send a message now." in response.content.decode()
    assert who(client) == "amina2"


# One's own number


def test_a_number_is_added_with_its_code(client_of, messages, dilan):
    browser = client_of(dilan)
    assert browser.post(CHANGE, {"phone": "0470 12 34 56"}).headers["Location"] == VERIFY

    response = browser.post(VERIFY, {"code": code_in(messages[0])}, follow=True)

    dilan.refresh_from_db()
    assert (dilan.phone, dilan.proven_phone) == (PHONE, PHONE)
    assert "+32 470 12 34 56 is yours" in response.content.decode()


def test_a_wrong_code_is_said_and_three_end_it(client_of, messages, dilan):
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})
    wrong = f"{(int(code_in(messages[0])) + 1) % 1_000_000:06}"

    first = browser.post(VERIFY, {"code": wrong})
    browser.post(VERIFY, {"code": wrong})
    last = browser.post(VERIFY, {"code": wrong}, follow=True)
    browser.post(VERIFY, {"code": code_in(messages[0])})

    assert list(first.context["verify_form"].errors) == ["code"]
    assert "does not count any more" in last.content.decode()
    dilan.refresh_from_db()
    assert dilan.phone == ""


def test_a_code_too_old_is_said(client_of, messages, dilan):
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})

    with patch("time.time", return_value=time() + 16 * 60):
        response = browser.post(VERIFY, {"code": code_in(messages[0])}, follow=True)

    assert "does not count any more" in response.content.decode()
    dilan.refresh_from_db()
    assert dilan.phone == ""


def test_aminas_number_is_told_only_to_who_holds_her_phone(client_of, messages, amina, dilan):
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})

    response = browser.post(VERIFY, {"code": code_in(messages[0])})

    assert "Another account has this phone number." in str(response.context["verify_form"].errors)
    dilan.refresh_from_db()
    assert dilan.phone == ""


def test_a_number_noted_for_another_is_not_taken_from_her(client_of, messages, amina, dilan):
    User.objects.filter(pk=amina.pk).update(proven_phone="")
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})

    assert browser.post(VERIFY, {"code": code_in(messages[0])}).status_code == 200


def test_two_who_prove_one_number_at_once_are_told(client_of, messages, dilan, bram):
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})
    original = User.save

    def overtaken(user, *args, **kwargs):
        User.objects.filter(pk=bram.pk).update(phone=PHONE)
        return original(user, *args, **kwargs)

    with patch.object(User, "save", overtaken):
        response = browser.post(VERIFY, {"code": code_in(messages[0])}, follow=True)

    assert "Another account has this phone number." in response.content.decode()


def test_the_database_gives_a_number_once(amina, dilan):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=dilan.pk).update(phone=PHONE)


def test_asking_twice_in_half_a_minute_is_told_to_wait(client_of, messages, dilan):
    browser = client_of(dilan)
    browser.post(CHANGE, {"phone": PHONE})

    response = browser.post(CHANGE, {"phone": PHONE})

    assert response.status_code == 200
    assert "too many tries" in str(response.context["form"].errors)
    assert len(messages) == 1


def test_a_number_from_her_trainer_becomes_a_way_to_sign_in(client_of, messages, dilan):
    User.objects.filter(pk=dilan.pk).update(phone=PHONE)
    browser = client_of(dilan)

    browser.post(CHANGE, {"action": "verify"})
    browser.post(VERIFY, {"code": code_in(messages[0])})

    dilan.refresh_from_db()
    assert dilan.signs_in_by_phone


def test_she_takes_her_number_away(client_of, messages, amina):
    client_of(amina).post(REMOVE)

    amina.refresh_from_db()
    assert (amina.phone, amina.proven_phone) == ("", "")


@pytest.mark.parametrize("path", [CHANGE, VERIFY, REMOVE])
def test_strangers_and_guests_are_sent_to_the_door(client, messages, path):
    assert client.post(path).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", [CHANGE, ASK, "/accounts/", "/accounts/signup/", "/accounts/login/"])
def test_pages_speak_of_the_phone(client, client_of, messages, amina, path):
    browser = client_of(amina) if path in (CHANGE, "/accounts/") else client

    html = browser.get(path).content.decode()

    assert re.search("phone number", html)
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?://", html)
