"""What a page may weigh and ask (design, section 6): counted, never timed. `make bench` measures the rest."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from courses import pictures
from courses.models import Lesson, ModulePage
from tests.factories.courses import instruction, lesson_with_steps, module_page, question, real
from tests.factories.learners import CohortFactory, do, event, raw
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
KB = 1000
LONG_TEXT = (
    "The subject says what your e-mail is about.\nA few words are enough.\nHere you type: Appointment."
)
PICTURE = re.compile(r'<figure class="step__picture".*?</figure>', re.DOTALL)
# Without a line from the server: what opens and closes a transaction is no question.
NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))


def linked(html: str) -> list[str]:
    """Addresses of everything a browser fetches for this page."""
    found = re.findall(r'<(?:script|img|source|audio)\b[^>]*\bsrc="([^"]+)"', html)
    found += [
        re.search(r'href="([^"]+)"', link)[1]
        for link in re.findall(r"<link\b[^>]*>", html)
        if re.search(r'rel="(?:stylesheet|icon|preload|modulepreload|manifest)"', link)
    ]
    return list(dict.fromkeys(found))


def static_bytes(url: str) -> bytes:
    assert url.startswith(settings.STATIC_URL), f"{url} comes from elsewhere"
    return Path(finders.find(url.removeprefix(settings.STATIC_URL))).read_bytes()


@pytest.fixture
def lesson(db) -> Lesson:
    """As long as the longest we teach: fifteen steps, the first with a word of the screen."""
    steps = (
        [instruction(text=LONG_TEXT) for _ in range(10)]
        + [question(text=LONG_TEXT) for _ in range(4)]
        + [real()]
    )
    return lesson_with_steps(steps=steps)


@pytest.fixture
def learner(amina, client) -> Client:
    client.force_login(amina)
    return client


def path_of(lesson: Lesson, number: int | None = None, language: str = "en") -> str:
    step = f"{number}/" if number else ""
    return f"/{language}/{lesson.module.slug}/{lesson.slug}/{step}"


def queries(captured) -> list[str]:
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(NOT_COUNTED)]


# Bytes


@pytest.mark.parametrize("number", [1, 11, 15], ids=["instruction", "question", "do it for real"])
def test_first_step_weighs_at_most_25_kb_in_7_requests(number, lesson, client):
    html = client.get(path_of(lesson, number)).content.decode()

    parts = {url: gzipped(static_bytes(url)) for url in linked(html)}
    page = gzipped(PICTURE.sub("", html).encode())
    scripts = sum(size for url, size in parts.items() if url.endswith(".js"))

    assert 1 + len(parts) <= 7
    assert page + sum(parts.values()) <= 25 * KB, parts
    assert scripts <= 12 * KB


def test_learning_without_network_costs_a_step_two_requests_and_6_kb(lesson, client):
    """`offline.js` stands in the page and fetches `outbox.js` once the page is shown; on https both come in Brotli."""
    asked = linked(client.get(path_of(lesson, 1)).content.decode())

    assert f"{settings.STATIC_URL}js/offline.js" in asked
    scripts = [static_bytes(f"{settings.STATIC_URL}js/{name}.js") for name in ("offline", "outbox")]
    assert sum(len(brotli.compress(script)) for script in scripts) <= 6 * KB
    assert gzipped(client.get("/sw.js").content) <= 2.5 * KB


@pytest.mark.parametrize("number", [2, 11, 15], ids=["instruction", "question", "do it for real"])
def test_next_step_weighs_at_most_8_kb_and_its_picture(number, lesson, learner, amina):
    do(amina, lesson.steps.first())

    html = learner.get(path_of(lesson, number)).content.decode()

    assert gzipped(PICTURE.sub("", html).encode()) <= 8 * KB


def test_reading_aloud_costs_one_request_of_at_most_4_kb(lesson, client):
    asked = linked(client.get(path_of(lesson, 1)).content.decode())
    script = f"{settings.STATIC_URL}js/listen.js"

    assert asked.count(script) == 1
    assert gzipped(static_bytes(script)) <= 4 * KB


def test_drawing_weighs_at_most_30_kb():
    heavy = {
        name: size
        for name in pictures.names()
        if (size := gzipped(pictures.draw(name, "nl").encode())) > 30 * KB
    }
    assert heavy == {}


@pytest.mark.parametrize("path", ["/en/", "/me/", "/accounts/login/", "/verify/"])
def test_every_page_asks_only_this_site_for_its_parts(path, lesson, client):
    html = client.get(path).content.decode()

    assert [
        url for url in linked(html) if not url.startswith((settings.STATIC_URL, "/manifest.webmanifest"))
    ] == []
    assert not re.search(r"""(?:src|href|action|srcset|poster)=["'](?:https?:)?//(?!testserver)""", html)


def test_no_style_sheet_asks_another_site_for_anything():
    folders = [entry if isinstance(entry, Path) else entry[1] for entry in settings.STATICFILES_DIRS]
    sheets = [path for folder in folders for path in Path(folder).rglob("*.css")]
    outside = re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""")
    assert [path.name for path in sheets if outside.search(path.read_text())] == []


# Questions to the database


def test_step_page_asks_at_most_8_questions_of_a_signed_in_learner(
    lesson, learner, amina, django_assert_max_num_queries
):
    do(amina, lesson.steps.first())

    with django_assert_max_num_queries(8):
        learner.get(path_of(lesson, 2))


def test_step_page_asks_the_same_whatever_surrounds_it(amina, learner, django_assert_max_num_queries):
    """Alone in a small lesson; then among more steps, lessons, modules, classmates and attempts."""
    module = module_page()
    small = lesson_with_steps(module)
    learner.get(path_of(small, 1))
    with django_assert_max_num_queries(50) as alone:
        learner.get(path_of(small, 1))

    large = lesson_with_steps(module, [instruction() for _ in range(15)])
    lesson_with_steps(module)
    lesson_with_steps()
    CohortFactory(learners=[amina, *UserFactory.create_batch(3)])
    do(amina, *large.steps.all())
    learner.get(path_of(large, 1))
    with django_assert_max_num_queries(50) as among_many:
        learner.get(path_of(large, 1))

    assert len(queries(among_many)) == len(queries(alone))


def test_one_event_asks_at_most_6_questions(lesson, learner, amina, dilan, django_assert_max_num_queries):
    """Where a step stands in the house is asked once a process: Dilan was there before."""
    first, second = lesson.steps.all()[:2]
    do(amina, first)
    do(dilan, second)
    body = {"events": [raw(event(second))]}

    with django_assert_max_num_queries(50) as captured:
        answer = learner.post("/progress/", body, content_type="application/json")

    assert answer.json()["accepted"] == [body["events"][0]["id"]]
    assert len(queries(captured)) <= 6, "\n".join(queries(captured))


@pytest.mark.parametrize("name", ["home", "module", "lesson", "me"])
def test_lists_ask_the_same_for_one_and_for_three(name, amina, learner, django_assert_max_num_queries):
    def count(path: str) -> int:
        learner.get(path)
        with django_assert_max_num_queries(100) as captured:
            assert learner.get(path).status_code == 200
        return len(queries(captured))

    lesson = lesson_with_steps(module_page())
    do(amina, lesson.steps.first())
    path = {"home": "/en/", "module": f"/en/{lesson.module.slug}/", "lesson": path_of(lesson), "me": "/me/"}[
        name
    ]
    one = count(path)
    page = ModulePage.objects.get(translation_key=lesson.module.key)
    for _ in range(2):
        do(amina, lesson_with_steps().steps.first())
        do(amina, lesson_with_steps(page).steps.first())

    assert count(path) == one
