"""The one tap that stops letters: from a mail program, from a browser, from paper."""

import pytest
from django.test import Client
from django.urls import reverse

from reminders import actions
from reminders.composing import stop_url
from reminders.models import Preference

pytestmark = pytest.mark.django_db
NO_SUCH_TOKEN = "2345-2345-2345-2345"


@pytest.fixture
def token(reader):
    return actions.preference_of(reader).token


def has_stopped(person) -> bool:
    return actions.reason_not_to_write(person) == "stopped"


def test_opening_the_link_stops_nothing_because_scanners_open_links(client, reader, token):
    for _ in range(2):
        response = client.get(reverse("reminders:stop", args=[token]))

    assert response.status_code == 200
    assert "Stop the letters" in response.text
    assert not has_stopped(reader)


def test_one_press_stops_the_letters(client, reader, token):
    response = client.post(reverse("reminders:stop", args=[token]))

    assert response.status_code == 200
    assert "You get no more letters from us." in response.text
    assert has_stopped(reader)


def test_a_mail_program_stops_them_without_cookie_or_csrf_token_and_is_not_redirected(
    reader, token, settings
):
    mail_program = Client(enforce_csrf_checks=True)
    path = stop_url(token).removeprefix(settings.BASE_URL)

    for _ in range(2):
        response = mail_program.post(
            path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )

        assert response.status_code == 200
        assert has_stopped(reader)


def test_the_letters_can_be_had_again_in_one_press(client, reader, token):
    client.post(reverse("reminders:stop", args=[token]))

    for _ in range(2):
        response = client.post(reverse("reminders:resume", args=[token]))

        assert "You get letters again" in response.text
        assert not has_stopped(reader)


def test_only_a_page_of_ours_brings_letters_back(reader, token):
    actions.stop_letters(token)
    other_site = Client(enforce_csrf_checks=True)

    response = other_site.post(reverse("reminders:resume", args=[token]))

    assert response.status_code == 403
    assert has_stopped(reader)


def test_bringing_letters_back_needs_a_press_too(client, token):
    assert client.get(reverse("reminders:resume", args=[token])).status_code == 405


def test_a_wrong_token_gets_the_same_answers_and_changes_nothing(client, reader, token):
    for name, method in (("stop", "get"), ("stop", "post"), ("resume", "post")):
        right = getattr(client, method)(reverse(f"reminders:{name}", args=[token]))
        wrong = getattr(client, method)(reverse(f"reminders:{name}", args=[NO_SUCH_TOKEN]))

        assert (right.status_code, wrong.status_code) == (200, 200)
        assert without(right.text, token) == without(wrong.text, NO_SUCH_TOKEN)
    assert list(Preference.objects.values_list("token", "email_stopped_at")) == [(token, None)]


def without(page: str, token: str) -> str:
    lines = [line for line in page.replace(token, "").splitlines() if "csrfmiddlewaretoken" not in line]
    return "\n".join(lines)


def test_the_page_speaks_her_language_on_anybodys_computer(client, reader, token):
    actions.User.objects.filter(pk=reader.pk).update(help_language="ar")

    response = client.get(reverse("reminders:stop", args=[token]), headers={"accept-language": "fr"})

    assert response.headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in response.text


def test_the_page_is_kept_in_no_cache(client, token):
    response = client.get(reverse("reminders:stop", args=[token]))

    assert "no-store" in response.headers["Cache-Control"]


def test_dilan_stops_nobody_elses_letters(client, reader, dilan, token):
    client.force_login(dilan)

    client.post(reverse("reminders:stop", args=[actions.preference_of(dilan).token]))

    assert not has_stopped(reader)
