"""Larger text, more contrast, no motion, more space: kept by the browser and by the person."""

import re

import pytest
from django.conf import settings
from django.test import Client

from people import comfort, guests
from people.actions import merge_guest
from people.models import User

pytestmark = pytest.mark.django_db


def on_html(response) -> str | None:
    """What `<html data-comfort>` says."""
    found = re.search(r"<html[^>]*?(?: data-comfort=\"([^\"]*)\")?>", response.content.decode())
    return found[1]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["normal"], "normal"),
        (["spacing", "large", "contrast"], "large.contrast.spacing"),
        (["calm"], "normal.calm"),
        (["huge", "large"], "huge"),
        (["large", "large", "calm", "calm"], "large.calm"),
        (["large", "<script>", "LARGE", ""], "large"),
        (["purple"], ""),
        ([], ""),
    ],
)
def test_a_choice_is_words_we_know_in_our_order(words, kept):
    assert comfort.tidy(words) == kept


def test_every_choice_fits_in_her_row():
    everything = comfort.tidy([*comfort.TEXT_SIZES, *comfort.SWITCHES])

    assert len(everything) <= User._meta.get_field("comfort").max_length


def test_the_browser_keeps_it_and_every_page_shows_it(client, lesson):
    response = client.post("/comfort/", {"comfort": ["large", "contrast"], "next": "/help/?from=/nl/"})

    assert response.headers["Location"] == "/help/?from=/nl/#comfort"
    assert client.cookies[comfort.COOKIE].value == "large.contrast"
    for path in ("/en/", f"/en/{lesson.module.slug}/{lesson.slug}/1/", "/me/", "/help/", "/nowhere/"):
        assert on_html(client.get(path, follow=True)) == "large contrast"


def test_nothing_is_written_on_pages_before_a_choice(client):
    assert on_html(client.get("/en/")) is None


@pytest.mark.parametrize("value", ['"><script>', "purple", "large contrast", "", "." * 4000, "L\u00e4rge"])
def test_a_cookie_that_somebody_wrote_says_nothing(value):
    client = Client(headers={"cookie": f"{comfort.COOKIE}={value}".encode().decode("latin-1")})

    assert on_html(client.get("/en/")) is None


def test_words_we_do_not_know_are_left_out_of_a_cookie(client):
    client.cookies[comfort.COOKIE] = "large.purple.calm"

    assert on_html(client.get("/en/")) == "large calm"


@pytest.mark.parametrize("words", [[], ["purple"], [""], ["large.calm"]])
def test_a_bad_choice_changes_nothing(client, amina, words):
    amina.comfort = "normal.calm"
    amina.save()
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/comfort/", {"comfort": words, "next": "/en/"})

    amina.refresh_from_db()
    assert response.headers["Location"] == "/en/#comfort"
    assert comfort.COOKIE not in client.cookies
    assert amina.comfort == "normal.calm"


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_leads_to_no_other_site(client, url):
    assert client.post("/comfort/", {"comfort": "calm", "next": url}).headers["Location"] == "/#comfort"


def test_only_a_press_of_the_button_changes_it():
    client = Client(enforce_csrf_checks=True)

    assert client.get("/comfort/?comfort=large").status_code == 405
    assert client.post("/comfort/", {"comfort": "large"}).status_code == 403
    assert comfort.COOKIE not in client.cookies


def test_pages_differ_by_cookie_so_that_nothing_between_mixes_them_up(client):
    client.cookies[comfort.COOKIE] = "large"

    assert "Cookie" in client.get("/en/").headers["Vary"]


def test_a_choice_and_a_wish_of_the_phone_give_the_same_colours():
    """CSS needs each set twice; neither may be forgotten when a colour changes."""
    css = (settings.BASE_DIR / "static/css/stepin.css").read_text()
    chosen = re.findall(r'\[data-comfort~="contrast"\] \{([^}]*)\}', css)
    wished = re.findall(r"prefers-contrast: more\)[^{]*\{\s*:root \{([^}]*)\}", css)

    assert [one.split() for one in chosen] == [one.split() for one in wished]
    assert len(chosen) == 2


def test_another_phone_takes_over_what_she_chose(client, amina):
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/comfort/", {"comfort": ["huge", "spacing"]})
    other = Client()
    other.cookies[comfort.COOKIE] = "normal.calm"

    other.post("/accounts/login/", {"login": "amina", "password": "step-by-step"})

    assert other.cookies[comfort.COOKIE].value == "huge.spacing"
    assert on_html(other.get("/me/")) == "huge spacing"


def test_a_phone_keeps_its_own_for_somebody_who_never_chose(amina):
    phone = Client()
    phone.cookies[comfort.COOKIE] = "large"

    phone.post("/accounts/login/", {"login": "amina", "password": "step-by-step"})

    assert on_html(phone.get("/me/")) == "large"


def test_going_back_to_normal_is_a_choice_too(client, amina):
    amina.comfort = "huge.contrast"
    amina.save()
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")

    client.post("/comfort/", {"comfort": "normal"})

    amina.refresh_from_db()
    assert amina.comfort == "normal"


def test_what_a_visitor_chose_is_hers_from_her_first_step_and_in_her_account(client, lesson):
    client.post("/comfort/", {"comfort": ["large", "calm"]})
    html = client.get(f"/en/{lesson.module.slug}/{lesson.slug}/1/").content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    client.post("/progress/", fields)
    guest = User.objects.get(is_guest=True)
    assert guest.comfort == "large.calm"

    client.post("/accounts/signup/", {"username": "nour", "password1": "step-by-step"})

    assert User.objects.get(username="nour").comfort == "large.calm"


def test_a_guest_brings_it_to_an_account_without_a_choice_and_changes_none(amina, dilan):
    dilan.comfort = "normal"
    dilan.save()
    for person in (amina, dilan):
        merge_guest(guests.create_guest(comfort="huge"), into=person)
        person.refresh_from_db()

    assert (amina.comfort, dilan.comfort) == ("huge", "normal")
