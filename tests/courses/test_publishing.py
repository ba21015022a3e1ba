"""The table of contents follows what is published, and keeps what learners did."""

import pytest
from wagtail.models import Locale

from courses.enums import StepKind
from courses.models import Lesson, LessonPage, ModulePage, Step
from learners.models import Enrolment, LessonCompletion, StepCompletion
from tests.factories.courses import (
    home_page,
    instruction,
    lesson_page,
    lesson_with_steps,
    module_page,
    page_of,
    question,
    real,
    republish,
)
from tests.factories.learners import do, finish_lesson

pytestmark = pytest.mark.django_db


def blocks_of(lesson):
    return page_of(lesson).body.get_prep_value()


def titles(lesson):
    return [step.title for step in lesson.steps.live()]


@pytest.fixture
def french(db):
    locale, _ = Locale.objects.get_or_create(language_code="fr")
    home = home_page()
    if not home.has_translation(locale):
        home.copy_for_translation(locale).save_revision().publish()
    return locale


def test_every_step_becomes_a_row_in_order(db):
    blocks = [instruction("First."), question("Second?"), real("Third.")]

    lesson = lesson_with_steps(steps=blocks)

    rows = lesson.steps.live().values_list("block_id", "kind", "title", "position")
    assert [(str(block), *rest) for block, *rest in rows] == [
        (blocks[0]["id"], StepKind.INSTRUCTION, "First.", 0),
        (blocks[1]["id"], StepKind.QUESTION, "Second?", 1),
        (blocks[2]["id"], StepKind.REAL, "Third.", 2),
    ]


def test_a_draft_adds_nothing_until_it_is_published(lesson):
    page = page_of(lesson)
    page.body = [*blocks_of(lesson), instruction("New.")]

    revision = page.save_revision()
    assert len(titles(lesson)) == 3

    revision.publish()
    assert titles(lesson)[3:] == ["New."]


def test_publishing_again_changes_no_row(lesson):
    before = list(Step.objects.values()), list(Lesson.objects.values())

    republish(page_of(lesson), blocks_of(lesson))

    assert (list(Step.objects.values()), list(Lesson.objects.values())) == before


def test_a_new_order_and_a_new_title_keep_the_same_rows(lesson):
    rows = [step.pk for step in lesson.steps.live()]
    blocks = blocks_of(lesson)[::-1]
    blocks[0]["value"]["title"] = "Another title."

    republish(page_of(lesson), blocks)

    assert [step.pk for step in lesson.steps.live()] == rows[::-1]
    assert titles(lesson)[0] == "Another title."


def test_a_step_taken_out_is_retired_and_the_same_row_when_it_comes_back(lesson):
    blocks, gone = blocks_of(lesson), lesson.steps.all()[1]

    republish(page_of(lesson), [blocks[0], blocks[2]])
    gone.refresh_from_db()
    assert gone.retired_at is not None
    retired_at = gone.retired_at

    republish(page_of(lesson), [blocks[0], blocks[2], instruction()])
    gone.refresh_from_db()
    assert gone.retired_at == retired_at

    republish(page_of(lesson), [blocks[2], blocks[1], blocks[0]])
    gone.refresh_from_db()
    assert (gone.retired_at, gone.position) == (None, 1)
    assert lesson.steps.count() == 4


def test_taking_a_step_out_and_back_costs_a_learner_nothing(amina, lesson):
    finish_lesson(amina, lesson)
    blocks = blocks_of(lesson)

    republish(page_of(lesson), blocks[:1])
    republish(page_of(lesson), blocks)

    assert StepCompletion.objects.count() == 3
    assert Enrolment.objects.get().steps_completed == 3


def test_a_lesson_follows_its_page(lesson):
    page = page_of(lesson)
    page.title, page.number, page.minutes, page.digcomp = "Another", "9.9", 15, "1.1 ,, PRE "
    page.save_revision().publish()

    lesson.refresh_from_db()
    assert (lesson.title, lesson.number, lesson.minutes, lesson.digcomp) == (
        "Another",
        "9.9",
        15,
        ["1.1", "PRE"],
    )


def test_unpublishing_retires_the_lesson_and_publishing_brings_it_back(amina, lesson):
    do(amina, lesson.steps.first())

    page_of(lesson).unpublish()
    lesson.refresh_from_db()
    assert lesson.retired_at is not None
    assert StepCompletion.objects.count() == 1

    page_of(lesson).save_revision().publish()
    lesson.refresh_from_db()
    assert lesson.retired_at is None
    assert lesson.steps.live().count() == 3


def test_unpublishing_the_only_open_lesson_finishes_the_module(
    amina, lesson, django_capture_on_commit_callbacks
):
    other = lesson_with_steps(ModulePage.objects.get(translation_key=lesson.module.key))
    finish_lesson(amina, lesson)

    with django_capture_on_commit_callbacks(execute=True):
        page_of(other).unpublish()

    assert Enrolment.objects.get().completion.contents["title"] == lesson.module.title


def test_a_module_that_is_unpublished_takes_its_lessons_along(lesson):
    page = ModulePage.objects.get(translation_key=lesson.module.key)

    page.unpublish()
    lesson.refresh_from_db()
    assert lesson.retired_at is not None
    assert lesson.module.__class__.objects.get(pk=lesson.module_id).retired_at is not None

    ModulePage.objects.get(pk=page.pk).save_revision().publish()
    lesson.refresh_from_db()
    assert (lesson.retired_at, lesson.module.retired_at) == (None, None)


def test_a_lesson_that_moves_takes_its_rows_and_what_was_done(
    amina, lesson, django_capture_on_commit_callbacks
):
    do(amina, *lesson.steps.all()[:2])
    other = module_page()

    with django_capture_on_commit_callbacks(execute=True):
        page_of(lesson).move(other, pos="last-child")
    lesson.refresh_from_db()
    do(amina, lesson.steps.all()[2])

    assert lesson.module.key == other.translation_key
    assert Enrolment.objects.get().lessons_completed == 1


def test_lessons_put_in_another_order_are_read_in_it(db):
    module = module_page()
    first, second = lesson_page(module), lesson_page(module)

    LessonPage.objects.get(pk=second.pk).move(LessonPage.objects.get(pk=first.pk), pos="left")

    assert [row.key for row in Lesson.objects.live()] == [second.translation_key, first.translation_key]


def test_deleting_a_page_keeps_rows_and_progress(amina, lesson):
    finish_lesson(amina, lesson)
    before = list(StepCompletion.objects.values()), list(LessonCompletion.objects.values())

    page_of(lesson).delete()

    lesson.refresh_from_db()
    assert lesson.retired_at is not None
    assert lesson.steps.count() == 3
    assert (list(StepCompletion.objects.values()), list(LessonCompletion.objects.values())) == before


def test_deleting_a_module_keeps_rows_and_progress(amina, lesson):
    finish_lesson(amina, lesson)

    ModulePage.objects.get(translation_key=lesson.module.key).delete()

    lesson.refresh_from_db()
    lesson.module.refresh_from_db()
    assert None not in (lesson.retired_at, lesson.module.retired_at)
    assert Enrolment.objects.get().completion is not None


def test_a_translation_adds_no_row_and_keeps_the_title_of_the_source(lesson, french):
    copy = page_of(lesson).copy_for_translation(french, copy_parents=True)
    copy.title = "Autrement"
    copy.save_revision().publish()

    lesson.refresh_from_db()
    assert Lesson.objects.count() == 1
    assert Step.objects.count() == 3
    assert lesson.title != "Autrement"


def test_taking_the_translation_away_leaves_the_lesson(lesson, french):
    copy = page_of(lesson).copy_for_translation(french, copy_parents=True)
    copy.save_revision().publish()

    LessonPage.objects.get(pk=copy.pk).delete()

    lesson.refresh_from_db()
    assert lesson.retired_at is None


def test_a_lesson_written_in_another_language_only_is_taught_too(db):
    dutch, _ = Locale.objects.get_or_create(language_code="nl")
    home = home_page().copy_for_translation(dutch)
    home.save_revision().publish()
    module = ModulePage(title="Module in het Nederlands", slug="alleen-nl", summary="Kort.", locale=dutch)
    home.add_child(instance=module)
    module.save_revision().publish()
    page = LessonPage(
        title="Les", slug="les", summary="Kort.", locale=dutch, body=[instruction("Klik op “Verzenden”.")]
    )
    module.add_child(instance=page)
    page.save_revision().publish()

    lesson = Lesson.objects.get()
    assert (lesson.title, lesson.module.title) == ("Les", "Module in het Nederlands")
    assert titles(lesson) == ["Klik op “Verzenden”."]


def test_a_lesson_under_an_unpublished_module_is_not_taught(db):
    module = module_page()
    module.unpublish()

    page = lesson_page(ModulePage.objects.get(pk=module.pk))

    assert page.live
    assert not Lesson.objects.live().exists()
