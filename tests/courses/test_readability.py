"""How hard lessons are to read, in the languages of editors."""

import pytest

from courses.models import Lesson
from courses.readability import hardest, lesson_readings
from tests.factories.courses import instruction, lesson_page, lesson_with_steps, republish, translated

LONG = " ".join(["word"] * 14) + "."


def test_words_and_long_sentences_are_counted_title_included(db):
    page = lesson_page(steps=[instruction("Click here now.", text=f"Short one. {LONG}")])

    (lesson,) = lesson_readings()
    reading = lesson.readings["en"]

    assert (reading.sentences, reading.words, reading.long_share) == (3, 19, 34)
    assert reading.average == pytest.approx(19 / 3)
    assert [(one.text, one.words, one.most, one.step, one.page_id) for one in reading.long] == [
        (LONG, 14, 12, 1, page.pk)
    ]


def test_a_translation_is_judged_by_its_own_words_only(db):
    lesson = lesson_with_steps(steps=[instruction(text=LONG)])
    page = translated(lesson, "fr")
    blocks = page.body.get_prep_value()

    (reading,) = [found.readings["fr"] for found in lesson_readings()]
    assert (reading.sentences, reading.long) == (1, ())  # its title; the text is English still

    blocks[0]["value"]["text"] = "mot " * 15
    republish(page, blocks)
    (reading,) = [found.readings["fr"] for found in lesson_readings()]
    assert [(one.language, one.words) for one in reading.long] == [("fr", 15)]


def test_languages_nobody_here_reads_are_not_judged(db):
    translated(lesson_with_steps(), "ar")

    assert [[*lesson.readings] for lesson in lesson_readings()] == [["en"]]


def test_the_hardest_come_first(db):
    lesson_page(title="Easy", steps=[instruction("Click.")])
    lesson_page(title="Hard", steps=[instruction("Click.", text=LONG)])
    lesson_page(title="Harder", steps=[instruction("Click.", text="word " * 20)])
    lesson_page(title="Title", steps=[instruction("word " * 12)])

    lessons = lesson_readings()

    assert [one.lesson for one in hardest(lessons)] == ["Harder", "Title", "Hard"]
    assert lessons[-1].title == "Easy"


def test_a_lesson_without_text_has_no_average(db):
    lesson_page(steps=[])

    (lesson,) = lesson_readings()
    assert (lesson.readings["en"].average, lesson.readings["en"].long_share) == (None, None)


def test_ten_lessons_cost_as_many_queries_as_one(db, django_assert_num_queries):
    lesson_page()
    with django_assert_num_queries(1):
        lesson_readings()
    for _ in range(3):
        translated(Lesson.objects.get(key=lesson_page().translation_key), "fr")
    with django_assert_num_queries(1):
        assert len(lesson_readings()) == 4
