"""The lessons everybody starts with: complete, in every language, and never in an editor's way."""

import gzip
import re
from copy import deepcopy
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import TestCase
from wagtail.models import Locale, Revision
from wagtail_localize.models import StringTranslation, Translation

from courses import pictures
from courses.enums import StepKind
from courses.models import HomePage, Lesson, LessonPage, Module, ModulePage, StarterPart, Step
from courses.starter import load, source
from courses.starter.pages import page_key
from courses.starter.source import TOOL, StarterLesson, StarterModule

LESSONS = [lesson for module in source.modules() for lesson in module.lessons]
TRANSLATED = source.languages()
FEW = ["fr", "nl"]  # enough to try rules with
MOST_WORDS = 12
PICTURE_BYTES = 3 * 1024


# What lies in the files: no database needed


def each_lesson():
    return pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)


def sentences(text):
    return [part for line in text.splitlines() for part in re.split(r"(?<=[.!?:])\s+", line) if part.strip()]


def spoken(lesson):
    """(where, text) of everything a learner reads."""
    for step in lesson.data["steps"]:
        yield step["key"], step["title"]
        yield step["key"], step.get("text", "")
        for answer in step.get("answers", ()):
            yield f"{step['key']}/{answer['key']}", answer["text"]
            yield f"{step['key']}/{answer['key']}", answer["explain"]


def test_there_are_three_modules_with_seventeen_lessons():
    assert [len(module.lessons) for module in source.modules()] == [6, 5, 6]


def test_slugs_and_numbers_are_used_once():
    slugs = [module.slug for module in source.modules()] + [lesson.slug for lesson in LESSONS]
    numbers = [lesson.data["number"] for lesson in LESSONS]

    assert len(set(slugs)) == len(slugs)
    assert numbers == sorted(set(numbers))


@each_lesson()
def test_every_step_has_an_identity_of_its_own(lesson):
    keys = [step["key"] for step in lesson.data["steps"]]

    assert len(set(keys)) == len(keys)
    assert {step["kind"] for step in lesson.data["steps"]} <= {kind.value for kind in StepKind}


@each_lesson()
def test_every_lesson_asks_three_or_four_questions_with_one_right_answer_each(lesson):
    questions = [step for step in lesson.data["steps"] if step["kind"] == "question"]

    assert 3 <= len(questions) <= 4
    for question in questions:
        assert 2 <= len(question["answers"]) <= 4
        assert [bool(answer.get("correct")) for answer in question["answers"]].count(True) == 1
        assert all(answer["explain"].strip() for answer in question["answers"])


@each_lesson()
def test_every_lesson_ends_in_doing_it_for_real(lesson):
    assert lesson.data["steps"][-1]["kind"] == "real"


@each_lesson()
def test_no_sentence_is_longer_than_twelve_words(lesson):
    long = [
        (where, sentence)
        for where, text in spoken(lesson)
        for sentence in sentences(text)
        if len(sentence.split()) > MOST_WORDS
    ]

    assert long == []


@each_lesson()
def test_every_picture_is_drawn_in_every_screen_language_and_says_what_it_shows(lesson):
    drawn = {}
    for step in lesson.data["steps"]:
        if step["kind"] == StepKind.PRACTICE and "picture" not in step:
            continue  # the simulator is its picture
        assert step["alt"].strip(), step["key"]
        for language in ("fr", "nl", "de", "en"):
            drawn[step["picture"], language] = pictures.draw(step["picture"], language, alt=step["alt"])

    heavy = {
        name: size
        for name, svg in drawn.items()
        if (size := len(gzip.compress(svg.encode(), 6))) > PICTURE_BYTES
    }
    assert heavy == {}


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("module", source.modules(), ids=lambda module: module.slug)
def test_every_text_is_translated(module, language):
    translated = source.translations(language, module.folder)

    missing = [context for context, english in module.texts() if (context, english) not in translated]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("module", source.modules(), ids=lambda module: module.slug)
def test_a_translation_keeps_the_lines_of_its_source(module, language):
    """One sentence a line: a step reads and sounds alike in every language."""
    translated = source.translations(language, module.folder)

    uneven = [
        context
        for context, english in module.texts()
        if (text := translated.get((context, english)))
        and len(text.splitlines()) != len(english.splitlines())
    ]

    assert uneven == []


# One small module, so that loading is quick


SMALL = StarterLesson(
    "send-a-letter",
    {
        "slug": "send-a-letter", "number": "7.1", "title": "Send a letter", "summary": "You send it.",
        "minutes": 20, "digcomp": ["2.1"],
        "steps": [
            {"key": "open", "kind": "instruction", "title": "Open it.", "text": "Click once.", "word": "Open",
             "picture": "welcome", "alt": "A hand."},
            {"key": "which", "kind": "question", "title": "Which one?", "picture": "question", "alt": "A mark.",
             "answers": [{"key": "a", "text": "This", "correct": True, "explain": "Yes."},
                         {"key": "b", "text": "That", "explain": "No. Try again."}]},
            {"key": "do", "kind": "real", "title": "Do it.", "check": "I did it.", "picture": "do-it-for-real",
             "alt": "A hand."},
        ],
    },
)  # fmt: skip
MODULE = StarterModule(
    "m7", {"slug": "letters", "number": "7", "title": "Letters", "summary": "You write.", "picture": "welcome",
           "alt": "A hand.", "can_do": ["I can send a letter."]}, [SMALL],
)  # fmt: skip


@pytest.fixture
def starter(db, monkeypatch):
    """The starter content of today: change it, and a later load brings what is newer."""
    module = deepcopy(MODULE)

    def translations(language, folder):
        return {(context, english): f"{language} {english}" for context, english in module.texts()}

    for place in ("courses.starter.source", "courses.starter.pages", "courses.starter"):
        monkeypatch.setattr(f"{place}.modules", lambda: (module,))
    monkeypatch.setattr("courses.starter.source.translations", translations)
    monkeypatch.setattr("courses.starter.source.languages", lambda: FEW)
    monkeypatch.setattr("courses.starter.load_terms", lambda report: None)
    load_and_publish()
    return module


def load_and_publish():
    """wagtail-localize publishes translations when the transaction is committed."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return load()


def page(language="en"):
    return LessonPage.objects.get(translation_key=page_key(SMALL.slug), locale__language_code=language)


def steps(language="en"):
    return {block.value["title"]: block.id for block in page(language).body}


def edit(change, language="en"):
    """What an editor does: other words, publish."""
    changed = page(language)
    blocks = changed.body.get_prep_value()
    change(blocks)
    changed.body = blocks
    changed.save_revision().publish()


def everything():
    return {
        model.__name__: model.objects.count()
        for model in (
            HomePage,
            ModulePage,
            LessonPage,
            Module,
            Lesson,
            Step,
            StarterPart,
            Revision,
            StringTranslation,
        )
    }


def test_loading_makes_pages_rows_and_translations(starter):
    assert LessonPage.objects.live().count() == ModulePage.objects.live().count() == 3
    assert list(steps()) == ["Open it.", "Which one?", "Do it."]
    assert list(steps("fr")) == ["fr Open it.", "fr Which one?", "fr Do it."]
    assert Lesson.objects.get().steps.live().count() == 3
    homes = {home.locale.language_code for home in HomePage.objects.all()}
    assert homes == {code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES}


def test_identities_are_shared_by_every_language(starter):
    assert list(steps("fr").values()) == list(steps("nl").values()) == list(steps().values())
    assert {one.slug for one in LessonPage.objects.all()} == {SMALL.slug}
    answers = [
        [answer.id for answer in page(language).body[1].value["answers"].bound_blocks]
        for language in ("en", "fr", "nl")
    ]
    assert answers[0] == answers[1] == answers[2]


def test_loading_again_changes_nothing(starter):
    before = everything()

    report = load_and_publish()

    assert (report.written, report.left_alone) == ([], [])
    assert everything() == before


def test_a_load_that_ended_before_its_translations_were_published_is_made_good(starter):
    page("fr").delete()
    Translation.objects.filter(target_locale__language_code="fr").delete()
    load()  # and the process ends here
    assert not page("fr").live

    load_and_publish()

    assert page("fr").live
    assert load_and_publish().written == []


def test_an_editors_words_are_kept_and_named(starter):
    edit(lambda blocks: blocks[0]["value"].update(title="Open it, please."))
    starter.lessons[0].data["steps"][0]["title"] = "Open it now."

    report = load_and_publish()

    assert next(iter(steps())) == "Open it, please."
    assert report.left_alone == ["send-a-letter: step “Open it, please.” was edited"]


def test_newer_words_reach_the_steps_nobody_touched(starter):
    edit(lambda blocks: blocks[0]["value"].update(title="Open it, please."))
    starter.lessons[0].data["steps"][2]["title"] = "Do it today."

    report = load_and_publish()

    assert list(steps()) == ["Open it, please.", "Which one?", "Do it today."]
    assert list(steps("fr"))[2] == "fr Do it today."
    assert "send-a-letter" in report.written


def test_a_newer_field_reaches_a_page_nobody_touched(starter):
    starter.lessons[0].data["summary"] = "You send it by post."

    load_and_publish()

    assert page().summary == "You send it by post."
    assert page("nl").summary == "nl You send it by post."


def test_the_day_of_a_check_reaches_a_page_of_a_version_that_did_not_know_it(starter):
    StarterPart.objects.filter(part="checked_on").delete()
    starter.lessons[0].data["checked_on"] = date(2026, 11, 22)

    report = load_and_publish()

    assert page().checked_on == date(2026, 11, 22)
    assert report.left_alone == []


def test_the_day_an_editor_checked_is_kept(starter):
    checked = page()
    checked.checked_on = date(2027, 1, 5)
    checked.save_revision().publish()
    starter.lessons[0].data["checked_on"] = date(2026, 11, 22)

    report = load_and_publish()

    assert page().checked_on == date(2027, 1, 5)
    assert report.left_alone == ["send-a-letter: checked_on was edited"]


def test_a_new_step_finds_its_place_and_the_others_stay(starter):
    rows = set(Step.objects.values_list("pk", flat=True))
    new = {"key": "sign", "kind": "instruction", "title": "Sign it.", "picture": "welcome", "alt": "A hand."}
    starter.lessons[0].data["steps"].insert(1, new)

    load_and_publish()

    assert list(steps()) == ["Open it.", "Sign it.", "Which one?", "Do it."]
    assert list(steps("fr"))[1] == "fr Sign it."
    assert rows < set(Step.objects.live().values_list("pk", flat=True))


def test_a_step_an_editor_deleted_stays_deleted(starter):
    edit(lambda blocks: blocks.pop(0))

    report = load_and_publish()

    assert list(steps()) == ["Which one?", "Do it."]
    assert report.left_alone == ["send-a-letter: step “Open it.” was deleted"]


def test_a_page_an_editor_deleted_stays_deleted(starter):
    for language in (*FEW, "en"):
        page(language).delete()

    report = load_and_publish()

    assert not LessonPage.objects.exists()
    assert report.left_alone == ["send-a-letter: deleted by a person"]


def test_a_page_an_editor_unpublished_stays_away(starter):
    page().unpublish()
    starter.lessons[0].data["summary"] = "Newer."

    load_and_publish()

    assert not page().live


def test_a_step_an_editor_added_stays(starter):
    extra = {"type": "instruction", "value": {"title": "Ours.", "text": "", "word": "",
             "picture": {"drawing": "", "photo": None, "alt": ""}}}  # fmt: skip
    edit(lambda blocks: blocks.insert(1, extra))
    starter.lessons[0].data["steps"][2]["title"] = "Do it today."

    load_and_publish()

    assert list(steps()) == ["Open it.", "Ours.", "Which one?", "Do it today."]


def test_an_editors_draft_is_left_alone(starter):
    draft = page()
    draft.title = "Half done"
    draft.save_revision()
    starter.lessons[0].data["summary"] = "Newer."

    report = load_and_publish()

    assert page().summary == "You send it."
    assert page().get_latest_revision_as_object().title == "Half done"
    assert report.left_alone == ["send-a-letter: a person is working on a draft"]


def test_an_editors_translation_is_kept_and_named(starter):
    french = Locale.objects.get(language_code="fr")
    row = StringTranslation.objects.get(locale=french, data="fr Send a letter")
    row.data, row.tool_name = "Envoyer une lettre", ""
    row.save()

    report = load_and_publish()

    row.refresh_from_db()
    assert row.data == "Envoyer une lettre"
    assert report.left_alone == ["send-a-letter (fr): title was translated by a person"]
    assert set(StringTranslation.objects.exclude(pk=row.pk).values_list("tool_name", flat=True)) == {TOOL}


def test_learners_lose_nothing_by_a_newer_load(starter, amina):
    from learners.models import StepCompletion
    from tests.factories.learners import finish_lesson

    finish_lesson(amina, Lesson.objects.get())
    for step in starter.lessons[0].data["steps"]:
        step["title"] = f"Newer: {step['title']}"

    load_and_publish()

    assert StepCompletion.objects.filter(step__retired_at=None).count() == 3


def test_the_command_names_what_it_left_alone(starter):
    edit(lambda blocks: blocks.pop(0))
    out = StringIO()

    call_command("starter_content", stdout=out)

    assert "left alone – send-a-letter: step “Open it.” was deleted" in out.getvalue()
    assert "0 page(s) written, 1 left alone." in out.getvalue()


# Everything, once: it takes as long as all the rest together


@pytest.fixture(scope="module")
def everything_loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_and_publish()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_all_lessons_load_in_every_language(everything_loaded):
    wanted = len(LESSONS) + len(source.modules())

    pages = [line for line in everything_loaded.written if not line.startswith("glossary")]
    assert len(pages) == wanted * (1 + len(TRANSLATED))
    assert everything_loaded.left_alone == []
    assert Lesson.objects.live().count() == len(LESSONS)
    assert Step.objects.live().count() == sum(len(lesson.data["steps"]) for lesson in LESSONS)
    assert LessonPage.objects.live().count() == len(LESSONS) * (1 + len(TRANSLATED))


@pytest.mark.django_db
def test_every_step_is_the_same_step_in_every_language(everything_loaded):
    ids = {}
    for one in LessonPage.objects.select_related("locale"):
        ids.setdefault(one.translation_key, {})[one.locale.language_code] = [block.id for block in one.body]

    assert len(ids) == len(LESSONS)
    for of_language in ids.values():
        assert of_language.keys() == {"en", *TRANSLATED}
        assert all(steps == of_language["en"] for steps in of_language.values())


@pytest.mark.django_db
def test_no_english_is_left_in_a_translated_lesson(everything_loaded):
    """Every sentence of three words or more reads otherwise than in the source."""
    english = {one.translation_key: one for one in LessonPage.objects.filter(locale__language_code="en")}
    left = []
    for one in LessonPage.objects.filter(locale__language_code__in=TRANSLATED):
        for block, original in zip(one.body, english[one.translation_key].body, strict=True):
            if len(original.value["title"].split()) > 2 and block.value["title"] == original.value["title"]:
                left.append((one.locale.language_code, block.value["title"]))

    assert left == []


@pytest.mark.django_db
def test_loading_everything_again_changes_nothing(everything_loaded):
    before = everything()

    report = load_and_publish()

    assert (report.written, report.left_alone) == ([], [])
    assert everything() == before
