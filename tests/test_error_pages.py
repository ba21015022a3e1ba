"""Every page that says no does so in plain words, with a way on."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.defaults import bad_request, server_error

from config.urls import urlpatterns as ours
from learners.models import StepCompletion
from tests.factories.courses import page_of
from tests.factories.learners import do, event, raw


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("on purpose")


def echo(request):
    return HttpResponse("ok")


urlpatterns = [path("forbidden/", forbidden), path("broken/", broken), path("echo/", echo), *ours]
with_doors = pytest.mark.urls(__name__)


def page(response) -> str:
    return response.content.decode()


def links(html: str) -> list[str]:
    main = html[html.index("<main") :]
    return re.findall(r'<a[^>]+href="([^"]*)"', main[: main.index("</main>")])


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_an_unknown_page_speaks_the_language_of_its_address(client, language, direction):
    response = client.get(f"/{language}/a/b/c/d/")

    assert response.status_code == 404
    assert f'<html lang="{language}" dir="{direction}">' in page(response)
    assert links(page(response)) == [f"/{language}/"]
    assert 'class="picture"' in page(response)


@pytest.mark.django_db
def test_an_unknown_page_without_a_language_follows_the_cookie(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"

    response = client.get("/nonsense/", follow=True)

    assert response.status_code == 404
    assert '<html lang="nl"' in page(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/en/x/", "/en/x/y/", "/en/x/y/1/", "/en/x/y/abc/", "/en/%00/", "/en/é/", "/xx/", "/me/nothing/"],
)
def test_every_unknown_address_is_a_calm_404(client, address):
    response = client.get(address, follow=True)

    assert response.status_code == 404
    assert "<h1>" in page(response)


@pytest.mark.django_db
def test_somebody_in_the_middle_of_a_lesson_is_led_back_to_it(client, lesson, amina):
    do(amina, lesson.steps.first())
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")

    response = client.get("/fr/a/b/c/d/")

    assert links(page(response))[0] == f"/fr/{lesson.module.slug}/{lesson.slug}/2/"


@pytest.mark.django_db
def test_a_lesson_being_mended_comes_back_with_what_was_done(client, lesson, amina):
    do(amina, lesson.steps.first())
    page_of(lesson).unpublish()

    response = client.get(f"/en/{lesson.module.slug}/{lesson.slug}/2/")

    assert response.status_code == 404
    assert "It comes back. What you did is kept." in page(response)
    assert StepCompletion.objects.filter(enrolment__person=amina).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "4", "99999999999999999999"])
def test_a_step_beyond_the_last_leads_to_the_lesson(client, lesson, number):
    response = client.get(f"/ar/{lesson.module.slug}/{lesson.slug}/{number}/")

    assert response.status_code == 404
    assert links(page(response)) == [f"/ar/{lesson.module.slug}/{lesson.slug}/"]


@pytest.mark.django_db
@with_doors
def test_a_closed_page_offers_a_way_on_and_the_door(client, client_of_dilan):
    stranger = client.get("/forbidden/")
    dilan = client_of_dilan.get("/forbidden/")

    assert (stranger.status_code, dilan.status_code) == (403, 403)
    assert links(page(stranger)) == ["/en/", "/accounts/login/"]
    assert links(page(dilan)) == ["/en/"]


@pytest.fixture
def client_of_dilan(dilan):
    client = Client()
    client.force_login(dilan, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/en/m/l/2/", "http://testserver/en/m/l/2/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_a_page_open_for_long_leads_back_to_itself_and_nowhere_else(referer, back):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/accounts/login/", {"login": "a"}, headers={"referer": referer})

    assert response.status_code == 403
    assert "nothing is lost" in page(response)
    assert links(page(response)) == [back]


@pytest.mark.django_db
def test_a_step_sent_from_an_old_page_is_asked_for_once_more(lesson):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        "/progress/",
        {"id": raw(event(lesson.steps.first()))["id"]},
        headers={"referer": "http://testserver/en/m/l/1/"},
    )

    assert response.status_code == 403
    assert links(page(response)) == ["http://testserver/en/m/l/1/"]
    assert not StepCompletion.objects.exists()


@with_doors
def test_a_broken_page_needs_no_database(client):
    """No `db` mark: a query would fail this test."""
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert re.findall(r'lang="(\w+)"', page(response)) == ["en", "fr", "nl", "ar"]
    assert "/en/" in links(page(response))
    assert 'class="picture"' in page(response)


@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (bad_request, 400)])
def test_the_plainest_pages_are_whole_without_a_catalogue_or_a_request(rf, view, status):
    response = view(rf.get("/"), *([Exception()] if status == 400 else []))

    assert response.status_code == status
    assert "</html>" in page(response)
    assert "{" not in page(response)
    assert not re.search(r"<script|<style|\sstyle=", page(response))


def test_a_request_for_another_host_is_a_plain_400(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert re.findall(r'lang="(\w+)"', page(response)) == ["en", "fr", "nl", "ar"]


@pytest.mark.parametrize("name", ["css/stepin.css", "css/pictures.css"])
def test_the_style_sheets_that_the_plainest_pages_name_are_there(name):
    assert (Path(settings.BASE_DIR) / "static" / name).is_file()
    assert f'href="/static/{name}"' in (Path(settings.BASE_DIR) / "templates" / "500.html").read_text()
