"""What a phone keeps of a module: complete, impersonal, and renewed when something changes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses import library, packs
from courses.models import ModulePage
from courses.reading import steps_of
from tests.factories.courses import (
    instruction,
    lesson_page,
    lesson_with_steps,
    module_page,
    page_of,
    practice,
    question,
    real,
    republish,
)
from tests.factories.learners import do

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught(db):
    """A lesson with a step of each kind."""
    return lesson_with_steps(steps=[instruction(), question(), practice(), real()])


@pytest.fixture
def learner(amina, client):
    client.force_login(amina)
    return client


def pack(client, lesson, language="en") -> dict:
    return client.get(f"/{language}/{lesson.module.slug}/pack.json").json()


def step_url(lesson, number, query="?pack=nl"):
    return f"/en/{lesson.module.slug}/{lesson.slug}/{number}/{query}"


def test_a_pack_lists_the_module_its_lessons_and_every_step(client, taught):
    module, lesson = taught.module.slug, taught.slug

    pages = [file["url"] for file in pack(client, taught)["files"] if file["url"].startswith("/en/")]

    assert pages == [
        f"/en/{module}/?pack=fr", f"/en/{module}/{lesson}/?pack=fr",
        *(f"/en/{module}/{lesson}/{number}/?pack=fr" for number in (1, 2, 3, 4)),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "nl"])
def test_everything_in_a_pack_answers_with_as_many_bytes_as_it_says(client, taught, language):
    for file in pack(client, taught, language)["files"]:
        answer = client.get(file["url"])
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, len(body)) == (200, file["bytes"]), file["url"]


def test_a_pack_holds_every_file_that_its_pages_and_scripts_name(client, taught):
    files = {file["url"] for file in pack(client, taught)["files"]}
    named = set()
    for url in files:
        if url.startswith("/en/"):
            html = client.get(url).content.decode()
            named |= set(re.findall(r'(?:src|href)="(/(?:static|media)/[^"]+)"', html))
        elif url.endswith(".js"):
            source = Path(finders.find(url.removeprefix(settings.STATIC_URL)))
            for name in re.findall(r'(?:from|import)\s*\(?\s*"(\.[^"]+)"', source.read_text()):
                named.add(settings.STATIC_URL + str((Path(url).parent / name).resolve()).split("/static/")[1])

    # Drawn only on a page that the worker keeps by itself, or asked for while signing out.
    assert named - files <= {"/static/js/vendor/qrcode.js", "/static/js/leaving.js"}
    assert any(url.endswith("/simulators/practice.js") for url in files)


def test_a_kept_step_is_the_same_for_everybody(learner, taught, amina):
    do(amina, *taught.steps.all())

    hers = learner.get(step_url(taught, 2))

    assert hers.content == Client().get(step_url(taught, 2)).content
    html = hers.content.decode()
    assert "stone--done" not in html
    assert "csrfmiddlewaretoken" not in html
    assert "data-person" not in html
    assert "Amina" not in html
    assert re.search(r'name="id" value=""', html)
    assert not hers.cookies
    assert "no-store" in hers["Cache-Control"]


def test_no_message_to_her_is_kept_for_others(learner, taught):
    learner.post("/progress/", {"id": "damaged", "here": step_url(taught, 1, "")})

    kept = learner.get(step_url(taught, 1)).content.decode()

    assert "could not be saved" not in kept
    assert "could not be saved" in learner.get(step_url(taught, 1, "")).content.decode()


def test_a_kept_question_explains_each_answer_by_itself(client, taught):
    html = client.get(step_url(taught, 2)).content.decode()
    answers = steps_of(page_of(taught).body)[str(taught.steps.all()[1].block_id)].answers

    told = {
        answer: (bool(right), text)
        for answer, right, text in re.findall(
            r'<template data-answer="([^"]+)"( data-right)?>.*?<span[^>]*>(.*?)</span>', html
        )
    }

    assert told == {answer.id: (answer.is_correct, answer.explanation) for answer in answers}


def test_the_usual_page_of_a_question_tells_nothing_before_it_is_answered(client, taught):
    html = client.get(step_url(taught, 2, "")).content.decode()

    assert "data-answer" not in html
    assert "Not that one." not in html


def test_a_kept_page_has_the_screen_language_of_its_address(client, taught):
    client.cookies["stepin_screen"] = "fr"

    assert [client.get(step_url(taught, 1, f"?pack={code}")).context["screen_language"] for code in ("nl", "de")] == [
        "nl", "de",
    ]  # fmt: skip
    unknown = client.get(step_url(taught, 1, "?pack=xx")).content.decode()
    assert "data-kept" not in unknown


@pytest.mark.parametrize(
    "change",
    [
        lambda lesson: republish(page_of(lesson), [*page_of(lesson).body.get_prep_value(), instruction()]),
        lambda lesson: republish(page_of(lesson), page_of(lesson).body.get_prep_value()[:2]),
        lambda lesson: republish(page_of(lesson), page_of(lesson).body.get_prep_value()),
        lambda lesson: page_of(lesson).unpublish(),
        lambda lesson: lesson_with_steps(ModulePage.objects.get(translation_key=lesson.module.key)),
        lambda lesson: ModulePage.objects.get(translation_key=lesson.module.key).save_revision().publish(),
    ],
    ids=["a step more", "steps fewer", "only words", "lesson away", "lesson more", "module's own words"],
)
def test_whatever_is_published_makes_another_version(client, taught, change):
    before = pack(client, taught)["version"]

    change(taught)

    assert pack(client, taught)["version"] != before


def test_nothing_published_is_the_same_version(client, taught):
    other = lesson_with_steps()
    before = pack(client, taught)["version"]

    republish(page_of(other), [instruction()])

    assert pack(client, taught)["version"] == before
    assert pack(client, taught, "ar")["version"] != before


def test_files_of_another_part_of_the_site_come_along(client, taught, monkeypatch):
    asked = []

    def recordings(lessons, language):
        asked.append((list(lessons), language))
        return [("/media/sound/one.mp3", 1234)]

    monkeypatch.setattr(packs, "_sources", [])
    before = pack(client, taught, "nl")["version"]
    packs.offer_files(recordings)
    found = pack(client, taught, "nl")

    assert found["files"][-1] == {"url": "/media/sound/one.mp3", "bytes": 1234}
    assert found["version"] != before
    assert asked[0] == ([taught.key], "nl")
    assert found["bytes"] == sum(file["bytes"] for file in found["files"])


@pytest.mark.parametrize("slug", ["nothing", "pack", "é"])
def test_no_pack_of_a_module_that_is_not_there(client, taught, slug):
    assert client.get(f"/en/{slug}/pack.json").status_code == 404


def test_no_pack_of_a_module_that_is_away(client, taught):
    ModulePage.objects.get(translation_key=taught.module.key).unpublish()

    assert client.get(f"/en/{taught.module.slug}/pack.json").status_code == 404


def statements(client, url) -> int:
    library.forget_readings()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_a_pack_costs_the_same_however_long_the_module_and_reads_no_lesson(client, monkeypatch):
    page = module_page()
    lesson_page(page)
    url = f"/en/{page.slug}/pack.json"
    client.get(url)
    one = statements(client, url)
    for _ in range(2):
        lesson_page(page, steps=[instruction() for _ in range(5)])
    client.get(url)
    monkeypatch.setattr(library, "text_of", None)

    assert statements(client, url) == one <= 8


def test_a_pack_whose_sizes_were_forgotten_is_weighed_again(client, taught):
    before = pack(client, taught)
    cache.clear()

    assert pack(client, taught) == before
