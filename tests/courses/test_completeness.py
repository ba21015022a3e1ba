"""What an editor is told that a lesson lacks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from courses import completeness, pictures
from courses.completeness import Shelf, lacks_of, pages_to_mend
from courses.models import LessonPage
from courses.sentences import sentences, word_count
from tests.factories.courses import (
    home_page,
    instruction,
    lesson_page,
    module_page,
    question,
    real,
    republish,
)

SHELF = Shelf(frozenset({"welcome"}), frozenset({7}))


def said(block: dict) -> list[tuple[str, str]]:
    lacks = completeness.step_lacks(block["type"], block["value"], SHELF)
    return [(lack.sentence, lack.quote) for lack in lacks]


def picture(**fields) -> dict:
    return {"drawing": "", "photo": None, "alt": "A hand.", **fields}


def test_a_complete_step_lacks_nothing():
    assert [said(block) for block in (instruction(), question(), real())] == [[], [], []]


def test_a_step_without_a_picture_is_named():
    assert said(instruction() | {"value": {"title": "Click.", "picture": picture()}}) == [
        ("There is no picture.", "")
    ]


def test_a_drawing_that_no_longer_exists_is_named():
    block = {"type": "instruction", "value": {"title": "Click.", "picture": picture(drawing="lost")}}

    assert said(block) == [("This drawing no longer exists. Choose another.", "lost")]


def test_a_picture_without_words_is_named():
    block = {
        "type": "instruction",
        "value": {"title": "Click.", "picture": picture(drawing="welcome", alt=" ")},
    }

    assert said(block) == [("The picture has no text. People who cannot see it miss it.", "")]


@pytest.mark.parametrize(
    ("photo", "expected"), [(7, []), (8, [("This picture was deleted. Choose another.", "")])]
)
def test_an_own_picture_that_was_deleted_is_named(photo, expected):
    assert (
        said({"type": "instruction", "value": {"title": "Click.", "picture": picture(photo=photo)}})
        == expected
    )


def test_a_title_of_ten_words_is_hinted_at_and_one_of_nine_is_not():
    nine = "one two three four five six seven eight nine"

    assert said(instruction(title=nine)) == []
    assert said(instruction(title=f"{nine} ten")) == [("The title has more than nine words.", f"{nine} ten")]


def test_only_the_long_sentence_is_quoted():
    long = "This sentence goes on and on and on until nobody knows where it began."
    block = instruction(text=f"Short. {long} Short again!")

    assert said(block) == [("This sentence has 14 words. Twelve is enough.", long)]


def test_answers_and_their_explanations_are_read_too():
    block = question()
    block["value"]["answers"][1]["value"]["explain"] = " ".join(["word"] * 13) + "."

    assert [sentence for sentence, _ in said(block)] == ["This sentence has 13 words. Twelve is enough."]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([True], ["The question has fewer than two answers."]),
        ([False, False], ["No answer is marked as right."]),
        ([True, True], ["More than one answer is marked as right."]),
        ([], ["The question has fewer than two answers.", "No answer is marked as right."]),
        ([True, False, False], []),
    ],
)
def test_a_question_needs_two_answers_and_one_right_one(marks, expected):
    block = question()
    block["value"]["answers"] = [
        {"type": "item", "id": str(n), "value": {"text": "This", "correct": mark, "explain": "Yes."}}
        for n, mark in enumerate(marks)
    ]

    assert [sentence for sentence, _ in said(block)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([], ["The lesson has no steps."]),
        ([instruction()], ["The lesson has no question.", "The lesson has no “do it for real”."]),
        ([instruction(), question(), real()], []),
    ],
)
def test_a_lesson_needs_a_question_and_something_to_do_for_real(body, expected):
    assert [lack.sentence for lack in completeness.lesson_lacks(body)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Click. Then wait!\nDone?", ["Click.", "Then wait!", "Done?"]),
        ("It says “Sent.” Now close it.", ["It says “Sent.”", "Now close it."]),
        ("Open www.mysocialsecurity.be now.", ["Open www.mysocialsecurity.be now."]),
        ("هل هذا صحيح؟ نعم.", ["هل هذا صحيح؟", "نعم."]),
        ("ሰላም። ከመይ፧", ["ሰላም።", "ከመይ፧"]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_stop(text, expected):
    assert sentences(text) == expected


def test_signs_alone_are_no_words():
    assert word_count("Click “Send” – it is at the top.") == 7


# With the database


@pytest.fixture
def french(db):
    locale = Locale.objects.create(language_code="fr")
    home_page().copy_for_translation(locale).save_revision().publish()
    return locale


def translate(page, locale):
    """As an editor does: send it to be translated and publish it, with nothing translated yet."""
    source = TranslationSource.update_or_create_from_instance(page)[0]
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()
    return translation


def finish(translation):
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"fr {segment.string.data}"},
        )


def in_languages(page) -> list[tuple[str, str]]:
    return [(lack.language, lack.sentence) for lack in lacks_of(LessonPage.objects.get(pk=page.pk)).languages]


def test_lacks_say_which_step_they_are_about(db):
    gone = instruction(title="Click here.", picture=picture(drawing="lost"))
    page = lesson_page(steps=[question(), gone, real()])

    found = lacks_of(page)

    assert [(step.number, step.block_id, step.title) for step in found.steps] == [
        (2, gone["id"], "Click here.")
    ]
    assert (found.must_count, found.hint_count) == (1, 0)


def test_a_lesson_nobody_sent_to_be_translated_says_so(french):
    page = lesson_page()

    assert in_languages(page) == [("fr", "Not translated yet.")]


def test_untranslated_texts_are_counted_by_language(french):
    page = lesson_page()
    translate(page.get_parent().specific, french)
    translation = translate(page, french)
    texts = StringSegment.objects.filter(source=translation.source).count()

    assert in_languages(page) == [("fr", f"{texts} texts are not translated.")]
    finish(translation)
    assert in_languages(page) == []


def test_a_text_changed_after_the_last_sync_is_outdated(french):
    page = lesson_page()
    translate(page.get_parent().specific, french)
    translation = translate(page, french)
    finish(translation)
    TranslationSource.objects.update(last_updated_at=timezone.now() - timedelta(hours=1))

    page = republish(page, [question(), real()])
    assert in_languages(page) == [
        ("fr", "The text was changed after the last sync. Choose “Sync translated pages”.")
    ]

    translation.source.refresh_from_db()
    translation.source.update_from_db()
    finish(translation)
    assert in_languages(page) == []


def test_a_translation_that_is_not_published_is_named(french):
    page = lesson_page()
    translate(page.get_parent().specific, french)
    translation = translate(page, french)
    finish(translation)
    translation.get_target_instance().unpublish()

    assert in_languages(page) == [("fr", "The translation is not published.")]


def test_the_list_to_mend_names_what_is_published_in_the_order_of_the_site(db):
    first, second = module_page(picture="welcome", alt="A hand."), module_page()
    lesson_page(second, steps=[instruction()], title="Last")
    lesson_page(first, steps=[], title="First")
    lesson_page(first, title="Good")
    lesson_page(first, steps=[], title="Away").unpublish()

    assert [(page.title, page.is_lesson, page.must_count) for page in pages_to_mend()] == [
        ("First", True, 1),
        (second.title, False, 1),
        ("Last", True, 2),
    ]


def test_a_page_in_one_other_language_only_is_judged_there(french):
    home = home_page().get_translation(french)
    module = module_page()
    translate(module, french)
    page = LessonPage(title="Seulement", slug="seulement", summary="Oui.", locale=french)
    module.get_translation(french).add_child(instance=page)
    page.save_revision().publish()

    assert home.locale == french
    assert [(found.title, found.must_count) for found in pages_to_mend() if found.is_lesson] == [
        ("Seulement", 2)
    ]


def test_a_deleted_photo_is_found_in_the_list(db):
    photo = get_image_model().objects.create(title="Desk", file=get_test_image_file())
    with_photo = instruction(title="Look.", picture=picture(photo=photo.pk))
    page = lesson_page(steps=[with_photo, question(), real()])
    assert lacks_of(page).steps == ()

    get_image_model().objects.all().delete()

    assert [lack.sentence for lack in lacks_of(page).lacks] == ["This picture was deleted. Choose another."]


def test_ten_lessons_cost_as_many_queries_as_one(french, django_assert_num_queries):
    module = module_page()
    translate(module, french)
    translate(lesson_page(module), french)
    with django_assert_num_queries(7):
        pages_to_mend()

    for _ in range(9):
        translate(lesson_page(module), french)
    with django_assert_num_queries(7):
        assert len(pages_to_mend()) == 11


def test_our_own_drawings_are_all_on_the_shelf(db):
    page = lesson_page(steps=[instruction(picture=picture(drawing=name)) for name in pictures.names()[:3]])

    assert lacks_of(page).steps == ()
