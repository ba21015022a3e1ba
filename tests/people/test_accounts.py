"""Signing up, in and out through the browser."""

import re
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from learners.models import Attempt, Enrolment, StepCompletion
from people import guests
from people.account_forms import SignupForm
from people.languages import SCREEN_COOKIE
from people.models import User
from tests.factories.learners import do, event, raw
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "step-by-step"  # of every person from the factory
NEW = {"username": "amina2", "password1": "stepping-stones-7"}


def sign_up(client, **fields):
    return client.post(reverse("account_signup"), {**NEW, **fields})


def sign_in(client, login="amina", password=PASSWORD, **fields):
    return client.post(reverse("account_login"), {"login": login, "password": password, **fields})


def send(client, *steps):
    events = [raw(event(step)) for step in steps]
    client.post("/progress/", {"events": events}, content_type="application/json")
    return events


def steps_of(person) -> set[int]:
    return set(StepCompletion.objects.filter(enrolment__person=person).values_list("step", flat=True))


# Work comes along


def test_a_step_done_before_signing_up_is_hers_afterwards(client, lesson):
    step = lesson.steps.first()
    send(client, step)

    response = sign_up(client)

    amina = User.objects.get(username="amina2")
    assert response.headers["Location"] == "/me/"
    assert steps_of(amina) == {step.pk}
    assert client.cookies[guests.COOKIE].value == ""


def test_a_step_done_before_signing_in_is_hers_afterwards(client, lesson, amina):
    first, second = lesson.steps.all()[:2]
    do(amina, first)
    send(client, first, second)

    sign_in(client)

    assert steps_of(amina) == {first.pk, second.pk}
    assert Attempt.objects.filter(enrolment__person=amina).count() == 3
    assert client.cookies[guests.COOKIE].value == ""


def test_events_sent_again_after_signing_in_are_known(client, lesson, amina):
    events = send(client, lesson.steps.first())
    sign_in(client)

    answer = client.post("/progress/", {"events": events}, content_type="application/json").json()

    assert answer == {"accepted": [], "known": [events[0]["id"]], "refused": []}
    assert Attempt.objects.count() == 1


def test_signing_in_twice_with_the_same_cookie_doubles_nothing(client, lesson, amina):
    send(client, lesson.steps.first())
    cookie = client.cookies[guests.COOKIE].value
    sign_in(client)
    again = Client()
    again.cookies[guests.COOKIE] = cookie

    sign_in(again)

    assert Attempt.objects.filter(enrolment__person=amina).count() == 1


def test_dilan_cannot_take_the_work_with_a_used_cookie(client, lesson, amina, dilan):
    send(client, lesson.steps.first())
    cookie = client.cookies[guests.COOKIE].value
    sign_in(client)
    stranger = Client()
    stranger.cookies[guests.COOKIE] = cookie

    sign_in(stranger, "dilan")

    assert steps_of(dilan) == set()
    assert Attempt.objects.get().enrolment.person == amina


def test_a_wrong_password_leaves_the_guest_her_work(client, lesson, amina):
    send(client, lesson.steps.first())

    response = sign_in(client, password="wrong")

    assert response.status_code == 200
    assert Enrolment.objects.get().person.is_guest
    assert client.cookies[guests.COOKIE].value


def test_who_signs_out_leaves_no_work_for_the_next_person(client, lesson, amina):
    sign_in(client)
    send(client, lesson.steps.first())
    client.post(reverse("account_logout"))

    send(client, lesson.steps.first())

    assert Attempt.objects.filter(enrolment__person=amina).count() == 1
    assert Attempt.objects.filter(enrolment__person__is_guest=True).count() == 1


# Signing up


def test_a_user_name_and_a_password_are_enough(client):
    sign_up(client)

    person = User.objects.get()
    assert (person.username, person.name, person.email, person.is_guest) == ("amina2", "", "", False)
    assert mail.outbox == []


def test_name_and_languages_are_kept(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    client.cookies[SCREEN_COOKIE] = "nl"

    sign_up(client, name=" أمينة ", email="Amina@Example.org")

    person = User.objects.get()
    assert (person.name, person.email) == ("أمينة", "amina@example.org")
    assert (person.help_language, person.screen_language) == ("ar", "nl")


@pytest.mark.parametrize("username", ["أمينة", "ሰላም", "Amina", "amina.2", "a", "олена"])
def test_a_user_name_may_be_written_in_any_script_and_signs_in(client, username):
    sign_up(client, username=username)
    client.post(reverse("account_logout"))

    sign_in(client, username.upper(), NEW["password1"])

    assert client.get("/me/").wsgi_request.user.username == username.lower()


def test_one_user_name_has_one_spelling_on_every_keyboard(client):
    sign_up(client, username="ａmina９")
    client.post(reverse("account_logout"))

    assert User.objects.get().username == "amina9"
    assert sign_in(client, "ａmina９", NEW["password1"]).status_code == 302


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": "amina 2"}, "username"),
        ({"username": "amina😀"}, "username"),
        ({"username": "x" * 151}, "username"),
        ({"username": "\u202eamina"}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"username": ""}, "username"),
        ({"password1": ""}, "password1"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password"}, "password1"),
        ({"name": "Amina 😀"}, "name"),
        ({"name": "a" * 200}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "email"),
    ],
)
def test_bad_input_is_refused_beside_the_field_and_kept(client, fields, field):
    response = sign_up(client, **fields)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not User.objects.exists()
    if field != "password1":
        assert response.context["form"][field].value() == fields[field]


def test_a_name_of_direction_signs_is_no_name(client):
    sign_up(client, name="\u202e\u200f")

    assert User.objects.get().name == ""


@pytest.mark.parametrize(
    ("first", "taken"), [("amina", "amina"), ("amina", "AMINA"), ("amina", "ａmina"), ("Олена", "олена")]
)
def test_a_user_name_is_given_once(client, first, taken):
    sign_up(Client(), username=first)

    response = sign_up(client, username=taken)

    assert list(response.context["form"].errors) == ["username"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("stored", "given"),
    [("amina@example.org", "AMINA@example.org"), ("Amina@Example.org", "amina@example.org")],
)
def test_an_address_is_given_once_whatever_its_capitals(client, stored, given):
    UserFactory(email=stored)

    response = sign_up(client, email=given)

    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.count() == 1


def test_many_people_sign_up_without_an_address():
    for username in ("one", "two", "three"):
        sign_up(Client(), username=username)

    assert User.objects.filter(email="").count() == 3
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"), [({}, "username"), ({"username": "other", "email": "amina@example.org"}, "email")]
)
def test_two_who_take_the_same_at_once_are_told_and_not_shown_an_error_page(client, fields, field):
    """The first is written after the second has passed the check."""
    original = SignupForm.try_save

    def overtaken(form, request):
        UserFactory(username=NEW["username"], email="amina@example.org")
        return original(form, request)

    with patch.object(SignupForm, "try_save", overtaken):
        response = sign_up(client, **fields)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert User.objects.count() == 1
    assert not response.wsgi_request.user.is_authenticated


# Signing in


def test_she_signs_in_with_user_name_or_address(amina):
    User.objects.filter(pk=amina.pk).update(email="amina@example.org")

    for login in ("amina", " amina ", "AMINA", "amina@example.org", "Amina@Example.ORG"):
        assert sign_in(Client(), login).status_code == 302, login


def test_wherever_she_signs_in_it_speaks_her_languages(client, amina):
    sign_in(client)

    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert client.cookies[SCREEN_COOKIE].value == "nl"
    assert client.get("/me/").headers["Content-Language"] == "ar"


def test_a_person_without_a_setting_keeps_what_the_browser_has(client, dilan):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    sign_in(client, "dilan")

    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fr"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client, amina):
    unknown = sign_in(client, "nobody")
    wrong = sign_in(client, "amina", "wrong")

    assert unknown.context["form"].errors == wrong.context["form"].errors
    assert not client.get("/me/").wsgi_request.user.is_authenticated


def test_a_guest_has_no_password_to_sign_in_with(client):
    guest = UserFactory(guest=True)

    for login in ("", "None", str(guest.pk), str(guest.key)):
        assert sign_in(client, login, "").status_code == 200


def test_a_closed_account_is_told_where_to_ask(client, amina):
    User.objects.filter(pk=amina.pk).update(is_active=False)

    response = sign_in(client)

    assert not response.wsgi_request.user.is_authenticated


def test_the_session_ends_with_the_browser(client, amina):
    sign_in(client)

    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_to_no_other_site(client, amina, target):
    assert sign_in(client, next=target).headers["Location"] == "/me/"


def test_signing_in_leads_back_to_where_she_was(client, amina):
    assert sign_in(client, next="/en/module-1/").headers["Location"] == "/en/module-1/"


def test_nine_wrong_passwords_close_the_door_for_this_account_only(client, amina, dilan):
    for _ in range(8):
        sign_in(client, "amina", "wrong")

    blocked = sign_in(client)

    assert blocked.status_code == 200
    assert "5 minutes" in str(blocked.context["form"].errors)
    assert sign_in(client, "dilan").status_code == 302


def test_a_class_of_forty_signs_in_from_one_address():
    for n in range(40):
        UserFactory(username=f"learner{n}")

    assert {sign_in(Client(), f"learner{n}").status_code for n in range(40)} == {302}


def test_too_many_from_one_address_are_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    sign_in(client, "x", "x")
    sign_in(client, "x", "x")

    response = sign_in(client, "x", "x")

    assert response.status_code == 429
    assert "429.html" in [template.name for template in response.templates]


# The other pages


def test_a_new_password_comes_by_letter(client, amina):
    User.objects.filter(pk=amina.pk).update(email="amina@example.org")
    client.post(reverse("account_reset_password"), {"email": "amina@example.org"})
    link = urlsplit(re.search(r"http\S+/key/\S+", mail.outbox[0].body)[0]).path

    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": "another-word-9", "password2": "another-word-9"})

    assert mail.outbox[0].subject == "StepIn: A new password"
    assert sign_in(Client(), password="another-word-9").status_code == 302
    assert "token_fail" in Client().get(link).context


def test_dilan_learns_nothing_from_asking_for_a_new_password(client, amina):
    User.objects.filter(pk=amina.pk).update(email="amina@example.org")

    known = client.post(reverse("account_reset_password"), {"email": "amina@example.org"}, follow=True)
    unknown = client.post(reverse("account_reset_password"), {"email": "other@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert [letter.subject for letter in mail.outbox] == [
        "StepIn: A new password",
        "StepIn: We do not know this address",
    ]


def test_the_password_is_changed_by_who_knows_it(client, client_of, amina):
    browser = client_of(amina)
    fields = {"password1": "another-word-9", "password2": "another-word-9"}

    wrong = browser.post(reverse("account_change_password"), {"oldpassword": "wrong", **fields})
    right = browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **fields})

    assert list(wrong.context["form"].errors) == ["oldpassword"]
    assert right.headers["Location"] == "/me/"
    assert sign_in(client, password="another-word-9").status_code == 302


def test_an_address_is_hers_when_she_has_pressed_the_link(client_of, amina):
    browser = client_of(amina)
    browser.post(reverse("account_email"), {"email": "Amina@Example.org", "action_add": ""})
    link = urlsplit(re.search(r"http\S+/confirm-email/\S+", mail.outbox[0].body)[0]).path
    assert not User.objects.filter(email="amina@example.org").exists()

    browser.get(link)
    browser.post(link)
    again = browser.post(link)

    amina.refresh_from_db()
    assert amina.email == "amina@example.org"
    assert again.status_code == 404


def test_dilan_cannot_add_the_address_of_another(client_of, amina, dilan):
    User.objects.filter(pk=amina.pk).update(email="Amina@example.org")

    response = client_of(dilan).post(
        reverse("account_email"), {"email": "amina@example.org", "action_add": ""}
    )

    assert list(response.context["form"].errors) == ["email"]
    assert mail.outbox == []


def test_an_address_taken_by_another_meanwhile_is_not_confirmed(client_of, amina, dilan):
    browser = client_of(amina)
    browser.post(reverse("account_email"), {"email": "shared@example.org", "action_add": ""})
    link = urlsplit(re.search(r"http\S+/confirm-email/\S+", mail.outbox[0].body)[0]).path
    User.objects.filter(pk=dilan.pk).update(email="shared@example.org")

    response = browser.post(link)

    amina.refresh_from_db()
    assert response.status_code == 302
    assert amina.email == ""


def test_dilan_changes_nothing_of_aminas_addresses(client_of, amina, dilan):
    address = EmailAddress.objects.create(user=amina, email="amina@example.org", primary=True, verified=True)

    for action in ("action_remove", "action_primary", "action_send"):
        client_of(dilan).post(reverse("account_email"), {"email": address.email, action: ""})

    assert list(EmailAddress.objects.values_list("user", "email", "primary")) == [
        (amina.pk, "amina@example.org", True)
    ]
    assert mail.outbox == []


@pytest.mark.parametrize("failure", [ConnectionRefusedError(), TimeoutError()])
def test_a_silent_mail_server_stops_nobody_from_signing_up(client, failure):
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=failure):
        response = sign_up(client, email="amina@example.org")

    assert response.status_code == 302
    assert response.wsgi_request.user.is_authenticated


def test_signing_out_asks_first_and_is_one_press(client, amina):
    sign_in(client)
    client.get(reverse("account_logout"))
    assert client.get("/me/").wsgi_request.user.is_authenticated

    client.post(reverse("account_logout"))
    client.post(reverse("account_logout"))

    assert not client.get("/me/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "account_set_password", "account_reauthenticate"]
)
def test_pages_about_oneself_send_a_stranger_to_the_door(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


PAGES = [
    "account_login", "account_signup", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key_done", "account_email_verification_sent",
    "account_email", "account_change_password", "account_reauthenticate", "account_request_login_code",
    "sign_in_methods", "second_factor",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_looks_like_ours(client, client_of, amina, name, language):
    alone = name in ("account_login", "account_signup", "account_request_login_code")
    browser = client if alone else client_of(amina)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    html = browser.get(reverse(name)).content.decode()

    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert html.count("<h1") == 1
    assert html.count("button--big") <= 1
    assert "placeholder" not in html
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?://", html)


def test_sign_up_says_that_the_work_comes_along_and_why_an_address(client):
    html = client.get(reverse("account_signup")).content.decode()

    assert "Your work until now comes along." in html
    assert "For letters from us." in html
    assert re.findall(r'<label for="id_(\w+)"', html) == ["name", "username", "password1", "email"]
