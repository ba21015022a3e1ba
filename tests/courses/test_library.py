from dataclasses import replace

import pytest
from wagtail.models import Locale

from courses import library
from courses.models import Lesson, LessonPage
from tests.factories.courses import home_page, instruction, lesson_with_steps, page_of, question, republish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_texts():
    library._texts.clear()
    library.forget_readings()


def find(lesson, language="en"):
    return library.find_lesson(lesson.module.slug, lesson.slug, language)


def translated(lesson, language):
    """The lesson copied for translation, as wagtail does: other words, the same block ids."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    home = home_page()
    if not home.has_translation(locale):
        home.copy_for_translation(locale).save_revision().publish()
    page = page_of(lesson)
    page.get_parent().specific.copy_for_translation(locale).save_revision().publish()
    copy = page.copy_for_translation(locale)
    blocks = page.body.get_prep_value()
    for block in blocks:
        block["value"]["title"] = f"{language}: {block['value']['title']}"
    copy.title, copy.body = f"{language}: {page.title}", blocks
    copy.save_revision().publish()
    return copy


def test_the_readers_language_comes_first_then_the_source_then_the_others(lesson):
    translated(lesson, "nl")
    translated(lesson, "fr")

    assert [text.language for text in find(lesson, "nl").texts] == ["nl", "en", "fr"]
    assert [text.language for text in find(lesson, "fr").texts] == ["fr", "en", "nl"]
    assert [text.language for text in find(lesson, "ar").texts] == ["en", "fr", "nl"]


def test_every_step_says_which_language_it_is_in(lesson):
    translated(lesson, "fr")
    reading = find(lesson, "fr")

    step, language = reading.step(reading.steps[0])

    assert (step.title, language) == ("fr: Click “Send”.", "fr")
    assert reading.step_in(reading.steps[0], "en").title == "Click “Send”."
    assert reading.step_in(reading.steps[0], "nl") is None


def test_a_step_the_translation_lacks_is_shown_in_the_source(lesson):
    translated(lesson, "fr")
    republish(page_of(lesson), [*page_of(lesson).body.get_prep_value(), question("Only in English?")])

    reading = find(lesson, "fr")

    assert len(reading.steps) == 4
    found = [reading.step(row) for row in reading.steps]
    assert [language for _, language in found] == ["fr", "fr", "fr", "en"]
    assert found[3][0].title == "Only in English?"


def test_a_step_only_the_translation_has_is_no_step(lesson):
    copy = translated(lesson, "fr")
    copy.body = [*copy.body.get_prep_value(), instruction("Seulement en français.")]
    copy.save_revision().publish()

    assert len(find(lesson, "fr").steps) == 3


def test_order_is_that_of_the_source_in_every_language(lesson):
    translated(lesson, "fr")
    republish(page_of(lesson), page_of(lesson).body.get_prep_value()[::-1])

    assert [row.block_id for row in find(lesson, "fr").steps] == [row.block_id for row in find(lesson).steps]


def test_an_unpublished_translation_is_not_read(lesson):
    copy = translated(lesson, "fr")
    LessonPage.objects.get(pk=copy.pk).unpublish()

    assert [text.language for text in find(lesson, "fr").texts] == ["en"]


def test_a_lesson_is_found_with_three_queries_once_it_was_read(lesson, django_assert_num_queries):
    translated(lesson, "fr")
    find(lesson, "fr")
    library.forget_readings()

    with django_assert_num_queries(3):
        find(lesson, "fr")


def test_a_class_that_opens_the_same_lesson_at_once_costs_no_more(lesson, django_assert_num_queries):
    find(lesson)

    with django_assert_num_queries(0):
        find(lesson)


def test_what_another_process_published_shows_after_two_seconds(lesson, monkeypatch):
    find(lesson)
    now = library.monotonic()
    Lesson.objects.update(number="9.9")  # as if by another process: nobody tells this one
    assert find(lesson).number == lesson.number

    monkeypatch.setattr(library, "monotonic", lambda: now + 2)
    assert find(lesson).number == "9.9"


def test_what_was_taken_away_is_gone_at_once(lesson):
    find(lesson)

    page_of(lesson).unpublish()

    assert find(lesson) is None


def test_what_is_published_is_read_at_once(lesson):
    find(lesson)
    blocks = page_of(lesson).body.get_prep_value()
    blocks[0]["value"]["title"] = "New words."

    republish(page_of(lesson), blocks)

    reading = find(lesson)
    assert reading.step(reading.steps[0])[0].title == "New words."


def test_a_draft_is_not_read(lesson):
    page = page_of(lesson)
    page.title = "Draft"
    page.save_revision()

    assert find(lesson).text.title != "Draft"


def test_what_a_process_remembers_is_bounded(lesson, monkeypatch):
    monkeypatch.setattr(library, "_MOST_TEXTS", 2)
    for _ in range(3):
        find(lesson_with_steps(steps=[instruction()]))

    assert len(library._texts) == 2


@pytest.mark.parametrize("slugs", [("no", "no"), ("{module}", "no"), ("no", "{lesson}"), ("", "")])
def test_nothing_is_found_elsewhere(lesson, slugs):
    module, sitting = (slug.format(module=lesson.module.slug, lesson=lesson.slug) for slug in slugs)

    assert library.find_lesson(module, sitting, "en") is None


def test_a_lesson_without_a_step_is_not_found(db):
    lesson = lesson_with_steps(steps=[])

    assert find(lesson) is None


def test_lists_are_in_the_nearest_language_and_say_which(lesson):
    translated(lesson, "fr")

    assert [(entry.title[:3], entry.language) for entry in library.lessons([lesson.module_id], "fr")] == [
        ("fr:", "fr")
    ]
    assert [entry.language for entry in library.lessons([lesson.module_id], "ar")] == ["en"]
    assert [entry.row for entry in library.modules("nl")] == [lesson.module]


def test_lists_cost_two_queries_however_long(lesson, django_assert_num_queries):
    lesson_with_steps()

    with django_assert_num_queries(2):
        assert len(library.modules("en")) == 2
    with django_assert_num_queries(2):
        library.lessons([lesson.module_id], "en")


def test_an_answer_is_known_by_its_id_and_by_nothing_else(lesson):
    reading = find(lesson)
    step, _ = reading.step(reading.steps[1])

    right = next(answer for answer in step.answers if answer.is_correct)
    assert step.answer(right.id) == right
    assert step.answer(right.text) is None
    assert replace(step, answers=()).answer(right.id) is None


def test_a_page_that_is_away_for_a_while_is_told_from_one_that_never_was(lesson):
    page_of(lesson).unpublish()

    assert library.is_away(f"{lesson.module.slug}/{lesson.slug}")
    assert not library.is_away("no/such")
