import pytest
from django.conf import settings

from people.languages import SCREEN_COOKIE

pytestmark = pytest.mark.django_db
HELP_COOKIE = settings.LANGUAGE_COOKIE_NAME


def test_the_choice_is_kept_in_the_browser_and_shows_the_same_page(client):
    response = client.post("/language/", {"help_language": "fr", "next": "/en/module-1/lesson-1/2/"})

    assert response.headers["Location"] == "/fr/module-1/lesson-1/2/"
    assert client.cookies[HELP_COOKIE].value == "fr"
    assert client.get("/me/").headers["Content-Language"] == "fr"


def test_the_same_page_is_found_whatever_language_the_phone_speaks(client):
    response = client.post(
        "/language/",
        {"help_language": "fr", "next": "/nl/module-1/lesson-1/2/"},
        headers={"accept-language": "ar"},
    )

    assert response.headers["Location"] == "/fr/module-1/lesson-1/2/"


def test_the_language_of_the_forms_is_chosen_apart(client):
    response = client.post("/language/", {"screen_language": "de", "next": "/ar/"})

    assert response.headers["Location"] == "/ar/"
    assert client.cookies[SCREEN_COOKIE].value == "de"
    assert HELP_COOKIE not in client.cookies


def test_the_choice_becomes_a_setting_of_the_person(client, amina):
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")

    client.post("/language/", {"help_language": "fr"})
    client.post("/language/", {"screen_language": "de"})

    amina.refresh_from_db()
    assert (amina.help_language, amina.screen_language) == ("fr", "de")


@pytest.mark.parametrize("language", ["xx", "", "en'; --", "../en", "de-DE", "xh", "EN"])
def test_an_unknown_language_changes_nothing(client, amina, language):
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/language/", {"help_language": language, "next": "/en/"})

    amina.refresh_from_db()
    assert response.headers["Location"] == "/en/"
    assert HELP_COOKIE not in client.cookies
    assert amina.help_language == "ar"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\t//evil.example",
        "",
    ],
)
def test_it_leads_to_no_other_site(client, url):
    response = client.post("/language/", {"help_language": "fr", "next": url})

    assert response.headers["Location"] in ("/", "/fr/")


def test_only_a_press_of_the_button_changes_it(client):
    assert client.get("/language/?help_language=fr").status_code == 405
    assert HELP_COOKIE not in client.cookies


def test_the_first_visit_follows_the_telephone(client):
    assert client.get("/", headers={"accept-language": "ar-SY,ar;q=0.9"}).headers["Location"] == "/ar/"
    assert client.get("/", headers={"accept-language": "so"}).headers["Location"] == "/en/"


def test_her_choice_wins_over_the_telephone(client):
    client.cookies[HELP_COOKIE] = "nl"

    assert client.get("/", headers={"accept-language": "ar"}).headers["Location"] == "/nl/"


@pytest.mark.parametrize(
    ("cookie", "path", "wish", "screen"),
    [
        ("de", "/fr/", "nl", "de"),
        ("xx", "/fr/", "nl", "fr"),
        (None, "/nl/", "fr", "nl"),
        (None, "/ar/", "nl-BE,fr;q=0.5", "nl"),
        (None, "/ar/", "ar", "fr"),
        (None, "/ar/", "", "fr"),
    ],
)
def test_the_language_of_the_forms_without_a_choice(client, cookie, path, wish, screen):
    if cookie:
        client.cookies[SCREEN_COOKIE] = cookie

    response = client.get(path, headers={"accept-language": wish})

    assert response.wsgi_request.screen_language == screen
