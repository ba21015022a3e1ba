"""Her language and the screen's, side by side: switched on once, kept, and never at the cost of a step."""

import re

import pytest

from courses.models import Lesson
from people.languages import BOTH_COOKIE
from tests.factories.courses import instruction, lesson_with_steps, question, real, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> Lesson:
    steps = [instruction(title="Click Send.", text="It goes."), question(title="Which one?"), real()]
    lesson = lesson_with_steps(steps=steps)
    translated(lesson, "nl")
    return lesson


def page_of(client, lesson, number=1, language="en"):
    return client.get(f"/{language}/{lesson.module.slug}/{lesson.slug}/{number}/").content.decode()


def show_both(client, value="on", **more):
    return client.post("/language/", {"both": value, "next": "/en/", **more})


def test_nobody_sees_both_without_asking(client, lesson):
    client.cookies["stepin_screen"] = "nl"

    assert "pair__screen" not in page_of(client, lesson)


def test_both_stand_side_by_side_and_buttons_speak_the_screens_language(client, lesson):
    client.cookies["stepin_screen"] = "nl"
    show_both(client)

    page = page_of(client, lesson)

    assert re.search(r'pair__screen" lang="nl" dir="ltr">nl Click Send\.', page)
    assert re.search(r'<span lang="nl" dir="ltr">Volgende</span><span class="two-words__own" lang="en"', page)


def test_answers_stand_in_both_languages(client, lesson):
    client.cookies["stepin_screen"] = "nl"
    show_both(client)

    assert page_of(client, lesson, 2).count("answer__screen") == page_of(client, lesson, 2).count(
        'type="radio"'
    )


def test_a_side_that_is_missing_says_so(client, lesson):
    client.cookies["stepin_screen"] = "de"
    show_both(client)

    assert "This step is not in Deutsch yet." in page_of(client, lesson)


def test_one_tap_ends_it(client, lesson):
    client.cookies["stepin_screen"] = "nl"
    show_both(client)
    show_both(client, "off")

    assert "pair__screen" not in page_of(client, lesson)


@pytest.mark.parametrize("value", ["", "yes", "<b>", "ON"])
def test_an_unknown_wish_changes_nothing(client, lesson, value):
    show_both(client, value)

    assert BOTH_COOKIE not in client.cookies


def test_a_reader_whose_language_is_the_screens_has_one_language(client, lesson):
    client.cookies["stepin_screen"] = "nl"
    show_both(client)

    assert "pair__screen" not in page_of(client, lesson, language="nl")


def test_it_is_kept_with_the_person_for_her_other_phone(client, amina, lesson):
    client.force_login(amina, backend="django.contrib.auth.backends.ModelBackend")
    show_both(client)

    amina.refresh_from_db()
    assert amina.reads_both
