"""The app without network: what the phone is told, whose its steps are, and what its clock is worth."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from PIL import Image

from learners.devices import tag_of
from learners.models import Attempt, RefusedEvent, StepCompletion
from people.actions import merge_guest
from people.guests import COOKIE, _signer, create_guest
from people.models import User
from tests.factories.courses import page_of, republish
from tests.factories.learners import event, raw

pytestmark = pytest.mark.django_db
URL = "/progress/"


@pytest.fixture
def steps(lesson):
    return list(lesson.steps.all())


def as_guest(guest) -> Client:
    client = Client()
    client.cookies[COOKIE] = _signer.sign(str(guest.key))
    return client


def send(client, *events, **more):
    return client.post(URL, json.dumps({"events": list(events), **more}), content_type="application/json")


# The app


def test_the_worker_may_serve_the_whole_site_and_is_never_old(client):
    response = client.get("/sw.js")

    assert response["Content-Type"] == "text/javascript"
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-cache"


def shell(client, language="en") -> dict:
    text = client.get(f"/sw.js?language={language}").content.decode()
    return json.loads(text[text.index("const SHELL = ") + 14 : text.index(";\n")])


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_what_the_worker_keeps_at_once_is_there_in_her_language(client, language):
    told = shell(client, language)

    assert set(told["pages"]) == {"/offline/", "/me/outbox/"}
    for source in told["pages"].values():
        html = client.get(source).content.decode()
        assert f'<html lang="{language}"' in html
        assert "csrfmiddlewaretoken" not in html
        assert "data-kept" in html
    assert all(client.get(url).status_code == 200 for url in told["files"])


def test_every_language_is_another_worker_and_an_unknown_one_is_the_readers(client):
    assert shell(client, "ar")["version"] != shell(client, "nl")["version"]
    assert shell(client, '";alert(1)//')["version"] == shell(client, "en")["version"]


def test_pages_the_worker_keeps_are_complete(client):
    """Their styles and scripts are kept with them."""
    told = shell(client)
    for source in told["pages"].values():
        html = client.get(source).content.decode()
        assert set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html)) <= set(told["files"])


@pytest.mark.parametrize("path", ["/admin/", "/teach/", "/accounts/", "/certificates/", "/papers/"])
def test_what_is_somebodys_is_never_kept(client, path):
    assert path in shell(client)["never"]


def test_the_app_is_called_and_written_as_the_reader_reads(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"

    told = client.get("/manifest.webmanifest").json()

    assert (told["lang"], told["dir"], told["start_url"], told["name"]) == ("ar", "rtl", "/ar/", "StepIn")


def test_icons_are_as_large_as_the_manifest_says(client):
    for icon in client.get("/manifest.webmanifest").json()["icons"]:
        path = finders.find(icon["src"].removeprefix(settings.STATIC_URL))
        with Image.open(path) as image:
            assert (f"{image.width}x{image.height}", image.format) == (icon["sizes"], "PNG")


def test_an_install_can_begin_on_every_page_but_a_step(client, lesson):
    manifest = '<link rel="manifest" href="/manifest.webmanifest">'

    assert all(manifest in client.get(path).content.decode() for path in ("/en/", "/verify/", "/me/outbox/"))
    step = client.get(f"/en/{lesson.module.slug}/{lesson.slug}/1/").content.decode()
    assert manifest not in step


# Whose


def test_a_page_tells_people_apart_and_nothing_else(client, amina, dilan, lesson):
    def told(client):
        return client.get("/en/").content.decode().partition('data-person="')[2].partition('"')[0]

    tags = [told(client)]
    for person in (amina, dilan):
        client.force_login(person)
        tags.append(told(client))
    guest = create_guest()
    tags.append(told(as_guest(guest)))

    assert tags == ["", tag_of(amina), tag_of(dilan), tag_of(guest)]
    assert len(set(tags)) == 4
    assert not any(str(amina.key)[:8] in tag or str(amina.pk) == tag for tag in tags)


def test_steps_of_one_never_become_those_of_the_next_on_the_same_phone(client, amina, dilan, steps):
    client.force_login(dilan)

    response = send(client, raw(event(steps[0])), whose=tag_of(amina))

    assert (response.status_code, list(response.json())) == (409, ["error"])
    assert not Attempt.objects.exists()
    assert not RefusedEvent.objects.exists()


def test_steps_of_a_visitor_never_become_those_of_who_signed_in(client, amina, steps):
    client.force_login(amina)

    assert send(client, raw(event(steps[0])), whose="").status_code == 409


def test_steps_of_somebody_make_no_new_guest(client, amina, steps):
    assert send(client, raw(event(steps[0])), whose=tag_of(amina)).status_code == 409
    assert User.objects.get() == amina


def test_her_own_steps_are_taken_and_the_answer_says_whose(client, amina, steps):
    client.force_login(amina)

    response = send(client, raw(event(steps[0])), whose=tag_of(amina))

    assert len(response.json()["accepted"]) == 1
    assert response["StepIn-Person"] == tag_of(amina)


def test_a_visitor_hears_who_she_has_become(client, steps):
    response = send(client, raw(event(steps[0])), whose="")

    assert response["StepIn-Person"] == tag_of(User.objects.get())
    assert COOKIE in response.cookies


def test_steps_of_the_guest_she_was_are_hers(client, amina, steps):
    guest, earlier = create_guest(), create_guest()
    tags = [tag_of(earlier), tag_of(guest)]
    merge_guest(earlier, into=guest)
    merge_guest(guest, into=amina)
    client.force_login(amina)

    answers = [send(client, raw(event(step)), whose=tag) for step, tag in zip(steps, tags, strict=False)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert StepCompletion.objects.filter(enrolment__person=amina).count() == 2


@pytest.mark.parametrize("whose", [1, ["a"], {}, True])
def test_a_damaged_tag_is_a_damaged_message(client, steps, whose):
    assert send(client, raw(event(steps[0])), whose=whose).status_code == 400


@pytest.mark.parametrize("whose", ["x", "é", "0" * 10_000])
def test_a_made_up_tag_is_nobodys(client, steps, whose):
    assert send(client, raw(event(steps[0])), whose=whose).status_code == 409


# The clock


def kept_at(client, step, happened, **more):
    send(client, raw(event(step, happened_at=happened)), **more)
    return Attempt.objects.get().happened_at


@pytest.mark.parametrize(
    "wrong", [timedelta(days=-400), timedelta(hours=-5), timedelta(hours=3), timedelta(days=900)]
)
def test_a_wrong_clock_is_put_right(client, steps, wrong):
    now = timezone.now()

    found = kept_at(client, steps[0], now + wrong - timedelta(hours=1), sent_at=(now + wrong).isoformat())

    assert abs(found - (now - timedelta(hours=1))) < timedelta(seconds=30)


@pytest.mark.parametrize("slow", [timedelta(seconds=90), timedelta(seconds=-90)])
def test_a_slow_network_is_no_wrong_clock(client, steps, slow):
    happened = timezone.now() - timedelta(hours=1)

    assert kept_at(client, steps[0], happened, sent_at=(timezone.now() - slow).isoformat()) == happened


@pytest.mark.parametrize("sent_at", [None, "yesterday", 5, [], {}, "9999-12-31T23:59:59Z"])
def test_without_a_readable_clock_times_are_taken_as_they_come(client, steps, sent_at):
    happened = timezone.now() - timedelta(hours=1)
    if sent_at == "9999-12-31T23:59:59Z":
        happened = happened.replace(year=1)  # no calendar holds it once it is shifted

    found = kept_at(client, steps[0], happened, sent_at=sent_at)

    assert found == happened or found > timezone.now() - timedelta(minutes=1)


def test_what_a_right_clock_cannot_say_is_clamped_as_ever(client, steps):
    now = timezone.now()
    wrong = timedelta(days=30)

    found = kept_at(client, steps[0], now + wrong + timedelta(hours=2), sent_at=(now + wrong).isoformat())

    assert abs(found - now) < timedelta(seconds=30)


def test_steps_that_were_taken_out_of_the_lesson_meanwhile_still_count(client, amina, lesson, steps):
    client.force_login(amina)
    kept = page_of(lesson).body.get_prep_value()
    republish(page_of(lesson), kept[1:])

    answer = send(client, *(raw(event(step)) for step in steps), whose=tag_of(amina)).json()

    assert len(answer["accepted"]) == 3
    assert StepCompletion.objects.filter(enrolment__person=amina).count() == 3


def test_only_a_person_gets_a_ticket(client, amina):
    assert client.get("/me/ticket.json").json() == {"person": "", "is_guest": False, "ticket": ""}
    client.force_login(amina)
    told = client.get("/me/ticket.json")
    assert told.json()["person"] == tag_of(amina)
    assert "no-store" in told["Cache-Control"]
    assert as_guest(create_guest()).get("/me/ticket.json").json()["is_guest"]
