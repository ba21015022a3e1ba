"""A module on paper in two languages, with the words that are online."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from courses import library
from learners.handout import picture_style
from papers import making
from papers.kinds import NothingToPrint, kind_of
from papers.models import PrintJob
from tests.factories.courses import (
    instruction,
    lesson_with_steps,
    practice,
    question,
    real,
    republish,
    translated,
)
from tests.factories.papers import PrintJobFactory
from tests.papers.looking import is_a4, read_square, says, square_of, tagged_languages, tags, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    """Four kinds of steps, in English and, but for the practice, in Arabic and Dutch."""
    lesson = lesson_with_steps(
        steps=[
            instruction("Click “Send”.", text="Your e-mail goes away."),
            question("Which one is right?"),
            practice(),
            real("Now do it for real."),
        ]
    )
    for language, titles in {
        "ar": ["انقر على إرسال.", "أيهما صحيح؟", "Put the pictures in order.", "افعلها الآن."],
        "nl": ["Klik op Verzenden.", "Welke is juist?", "Put the pictures in order.", "Doe het nu echt."],
    }.items():
        page = translated(lesson, language)
        blocks = page.body.get_prep_value()
        for block, title in zip(blocks, titles, strict=True):
            block["value"]["title"] = title
        republish(page, blocks)
    library.forget_readings()
    return lesson


@pytest.fixture
def trainer(client, bram):
    client.force_login(bram)
    return client


def job_for(bram, lesson, language="ar", screen="nl", **more) -> PrintJob:
    params = {"module": lesson.module.slug, "language": language, "screen": screen}
    return PrintJobFactory(owner=bram, kind="handout", params=params, **more)


def composed(*args, **fields):
    job = job_for(*args, **fields)
    return kind_of(job).compose(job)


def pdf_of(*args, **fields) -> bytes:
    job = job_for(*args, **fields)
    assert making.make(job.pk)
    job.refresh_from_db()
    return job.file.read()


def test_each_step_stands_in_both_languages_and_each_part_says_its_own(bram, lesson):
    pdf = pdf_of(bram, lesson)

    for words in (
        "انقر على إرسال.",
        "Klik op Verzenden.",
        "أيهما صحيح؟",
        "Welke is juist?",
        "Doe het nu echt.",
    ):
        assert says(pdf, words), words
    assert {"ar", "nl"} <= set(tagged_languages(pdf))
    assert {"/H1", "/H2", "/H3", "/Figure"} <= set(tags(pdf))
    assert is_a4(pdf)


def test_what_is_the_same_in_both_languages_stands_once(bram, lesson):
    pdf = pdf_of(bram, lesson)

    assert text_of(pdf).count("Put the pictures in order") == 1


def test_what_is_not_translated_yet_is_read_aloud_in_its_own_language(bram, lesson):
    """The Arabic page still says some of it in English."""
    steps = composed(bram, lesson).context["lessons"][0].steps

    assert [step.title.is_source for step in steps] == [False, False, True, False]
    assert tagged_languages(pdf_of(bram, lesson)).count("en") == 3


def test_the_square_of_a_step_opens_that_step_in_her_language(bram, lesson, settings):
    paper = composed(bram, lesson)

    step = paper.context["lessons"][0].steps[1]
    address = f"{settings.BASE_URL}/ar/{lesson.module.slug}/{lesson.slug}/2/"
    assert step.url == address
    assert read_square(step.qr) == square_of(address)


def test_right_answers_stand_on_the_last_page_only(bram, lesson):
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(bram, lesson, "en", "nl"))).pages]

    assert [number for number, page in enumerate(pages) if "Right answers" in page] == [len(pages) - 1]
    assert "2 A" in pages[-1]
    assert "Yes." not in "".join(pages)


def test_contents_say_on_which_page_a_lesson_begins(bram, lesson):
    assert f"{lesson.number} {lesson.title} · 2".strip() in text_of(pdf_of(bram, lesson, "en", "fr"))


def test_each_page_of_a_lesson_names_it(bram):
    lesson = lesson_with_steps(steps=[instruction() for _ in range(9)], title="Write a letter")

    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf_of(bram, lesson, "en", "nl"))).pages]

    assert [page.count("Write a letter") for page in pages] == [1, 2, 1, 0]


def test_the_pdf_speaks_the_language_of_the_learners_whatever_the_trainer_reads(bram, lesson):
    paper = composed(bram, lesson, "ar", "nl")

    assert paper.language == "ar"
    assert paper.filename == f"{lesson.module.slug}-ar-nl.pdf"


def test_a_module_that_went_away_is_said(bram, lesson):
    job = job_for(bram, lesson)
    job.params["module"] = "nowhere"

    with pytest.raises(NothingToPrint, match="not published"):
        kind_of(job).compose(job)


def test_drawings_have_the_colours_of_paper():
    style = picture_style()

    assert "var(" not in style
    assert ".p-blue { fill: #0b5a8f; }" in style


def test_a_trainer_chooses_and_is_led_to_the_paper(trainer, cohort, lesson):
    page = trainer.get(f"/teach/{cohort.pk}/handout/").content.decode()
    assert f'<option value="{lesson.module.slug}">' in page
    assert page.count("<option") == 1 + 10 + 3

    chosen = {"module": lesson.module.slug, "language": "ar", "screen": "nl"}
    response = trainer.post(f"/teach/{cohort.pk}/handout/", chosen)

    job = PrintJob.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert job.params == chosen
    assert job.title.endswith("· العربية · Nederlands")


@pytest.mark.parametrize("wrong", [{"module": "x"}, {"language": "xx"}, {"screen": "ar"}])
def test_what_cannot_be_chosen_is_refused(trainer, cohort, lesson, wrong):
    chosen = {"module": lesson.module.slug, "language": "ar", "screen": "nl"} | wrong

    assert trainer.post(f"/teach/{cohort.pk}/handout/", chosen).status_code == 422
    assert not PrintJob.objects.exists()


def test_it_costs_the_same_with_three_steps_and_with_six(bram):
    def count(lesson) -> int:
        library.forget_readings()
        composed(bram, lesson, "en", "nl")
        with CaptureQueriesContext(connection) as asked:
            library.forget_readings()
            composed(bram, lesson, "en", "nl")
        return len(asked)

    short = count(lesson_with_steps(steps=[instruction()]))
    assert count(lesson_with_steps(steps=[instruction() for _ in range(6)])) == short <= 14
