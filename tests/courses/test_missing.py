"""What is missing: one house for editors, the same numbers on the screen and in the files."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from courses import library, outside_links
from courses.enums import LinkStatus
from courses.missing.parts import Part, summaries
from courses.missing.translations import catalogue_is_read, coverage
from courses.models import InformationPage, LessonPage, OutsideLink, Term, TermMeaning
from courses.starter.source import TOOL
from people.enums import ReviewStatus
from people.models import LanguageReview
from tests.factories.courses import (
    home_page,
    instruction,
    lesson_page,
    module_page,
    question,
    real,
    republish,
)

MANUAL, MACHINE = StringTranslation.TRANSLATION_TYPE_MANUAL, StringTranslation.TRANSLATION_TYPE_MACHINE


@pytest.fixture
def french(db):
    locale = Locale.objects.create(language_code="fr")
    home_page().copy_for_translation(locale).save_revision().publish()
    return locale


def send(page, locale) -> Translation:
    """As an editor does: send it to be translated and publish it, with nothing translated yet."""
    source = TranslationSource.update_or_create_from_instance(page)[0]
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    translation.get_target_instance().get_latest_revision().publish()
    return translation


def translate(translation, how_many: int | None = None, **fields) -> None:
    for segment in StringSegment.objects.filter(source=translation.source).order_by("pk")[:how_many]:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"fr {segment.string.data}", "translation_type": MANUAL, **fields},
        )


def in_french(page):
    return next(row for row in coverage().rows if row.page_id == page.pk).standings["fr"]


# Translations


def test_texts_are_counted_by_who_made_them(french):
    page = lesson_page()
    send(page.get_parent().specific, french)
    translation = send(page, french)
    texts = StringSegment.objects.filter(source=translation.source).count()

    assert (in_french(page).texts, in_french(page).translated, in_french(page).percent) == (texts, 0, 0)
    translate(translation, tool_name=TOOL)
    assert (in_french(page).percent, in_french(page).by_people) == (100, 0)
    translate(translation, 3, translation_type=MACHINE, tool_name="A service")
    assert in_french(page).by_people == 0
    translate(translation, 2, tool_name="")
    assert (in_french(page).translated, in_french(page).by_people) == (texts, 2)


def test_a_translation_with_an_error_does_not_count(french):
    page = lesson_page()
    send(page.get_parent().specific, french)
    translation = send(page, french)
    translate(translation, 1)
    StringTranslation.objects.update(has_error=True)

    assert in_french(page).translated == 0


def test_nearly_all_is_not_all(french):
    page = lesson_page(steps=[instruction(f"Click {n}.") for n in range(60)])
    send(page.get_parent().specific, french)
    translation = send(page, french)
    translate(translation)
    StringTranslation.objects.order_by("pk").last().delete()

    assert in_french(page).percent == 99


def test_a_language_with_a_lesson_not_begun_is_not_all_there(french):
    module = module_page()
    begun, _never_sent = lesson_page(module), lesson_page(module)
    for page in (module, begun):
        translate(send(page, french))

    (fr,) = [one for one in coverage().sums if one.language == "fr"]

    assert (fr.translated, fr.unbegun, fr.percent) == (fr.texts, 1, 99)


def test_a_page_written_by_hand_has_no_percentage(french):
    page = lesson_page()
    copy = page.copy_for_translation(french, copy_parents=True)
    copy.save_revision().publish()

    assert (in_french(page).page_id, in_french(page).texts, in_french(page).percent) == (copy.pk, None, None)


def test_what_waits_is_counted_once_a_page_and_language(french, django_capture_on_commit_callbacks):
    page = lesson_page()
    module = send(page.get_parent().specific, french)
    assert coverage().incomplete == 2

    translation = send(page, french)
    for one in (module, translation):
        translate(one)
        with django_capture_on_commit_callbacks(execute=True):
            one.save_target(publish=True)
    assert coverage().incomplete == 0

    translation.get_target_instance().unpublish()
    assert coverage().incomplete == 1

    an_hour_ago = timezone.now() - timedelta(hours=1)
    TranslationSource.objects.filter(object_id=page.translation_key).update(last_updated_at=an_hour_ago)
    republish(page, [question(), real()])
    (row,) = [row for row in coverage().rows if row.is_lesson]
    assert row.standings["fr"].is_outdated
    (fr,) = [one for one in coverage().sums if one.language == "fr"]
    assert (fr.changed, fr.unpublished, fr.unbegun) == (1, 1, 0)


def test_a_reviewed_language_says_so_and_a_partly_read_one_does_not(french):
    LanguageReview.objects.create(language="fr", status=ReviewStatus.REVIEWED)
    LanguageReview.objects.create(language="nl", status=ReviewStatus.PARTLY)

    assert {one.language for one in coverage().sums if one.is_read} == {"en", "fr"}


def test_catalogues_say_whether_they_were_read(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    catalogue_is_read.cache_clear()
    for code, head in (
        ("fr", '"X-Review-Status: draft\\n"'),
        ("nl", '"X-Review-Status: read by Jan\\n"'),
        ("de", ""),
    ):
        (tmp_path / code / "LC_MESSAGES").mkdir(parents=True)
        text = f'msgid ""\nmsgstr ""\n{head}\n\n#: a.py\nmsgid "x"\nmsgstr "X-Review-Status: read"\n'
        (tmp_path / code / "LC_MESSAGES" / "django.po").write_text(text)

    assert [catalogue_is_read(code) for code in ("en", "fr", "nl", "de", "tr")] == [
        None,
        False,
        True,
        False,
        None,
    ]
    catalogue_is_read.cache_clear()


def test_terms_are_counted_by_language(db):
    term = Term.objects.create(key="proof", fr="preuve", nl="")
    TermMeaning.objects.create(term=term, language="en", name="proof", meaning="A paper.")

    found = coverage()

    assert {one.language: one.terms for one in found.sums if one.terms} == {"en": 1}
    assert (found.terms[0].words, found.terms[0].languages) == (
        {"fr": "preuve", "nl": "", "de": ""},
        frozenset({"en"}),
    )


# The pages


@pytest.fixture
def a_lot_missing(french):
    """One of everything."""
    page = lesson_page(
        title="=Write",
        steps=[instruction(text="word " * 14), question()],
        check_again_on=timezone.localdate() - timedelta(days=3),
    )
    blocks = page.body.get_prep_value()
    blocks[0]["value"]["picture"] = {"drawing": "", "photo": None, "alt": ""}
    page = republish(page, blocks)
    home = home_page()
    about = InformationPage(
        title="About us",
        slug="about-us",
        locale=home.locale,
        body=[
            {
                "type": "text",
                "value": '<a linktype="page" id="999">old</a> <a href="https://a.example/">a</a>',
            }
        ],
    )
    home.add_child(instance=about)
    about.save_revision().publish()
    now = timezone.now()
    outside_links.note_links(now)
    for days in (2, 0):
        outside_links.note_visit("https://a.example/", LinkStatus.GONE, now - timedelta(days=days))
    Term.objects.create(key="proof", fr="preuve")
    return page


SHOWN = {
    "lessons": "The lesson has no “do it for real”.",
    "translations": "Not begun",
    "sound": "0 of 6",
    "pictures": "There is no picture.",
    "facts": "3 days late",
    "sentences": "14 instead of 12",
    "links": "https://a.example/",
}


@pytest.mark.parametrize("part", Part.values)
def test_each_part_shows_and_writes_what_is_missing(at_desk, a_lot_missing, part):
    page = at_desk.get(reverse("courses_admin:missing_part", args=[part]))
    file = at_desk.get(reverse("courses_admin:missing_csv", args=[part]))

    assert page.status_code == 200
    assert SHOWN[part] in page.content.decode()
    assert f"stepin-{part}-" in file["Content-Disposition"]
    text = b"".join(file.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert "About us" in text if part == "links" else "'=Write" in text


def test_the_overview_counts_every_part(at_desk, a_lot_missing):
    assert {one.part: one.count for one in summaries()} == {
        "lessons": 2, "translations": 2, "sound": 60, "pictures": 2, "facts": 1, "sentences": 1, "links": 2,
    }  # fmt: skip
    assert "1 lesson must be checked now." in at_desk.get(reverse("courses_admin:missing")).content.decode()


def test_the_first_page_says_that_facts_and_links_wait(at_desk, a_lot_missing):
    words = at_desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "1 lesson must be checked now." in words
    assert "2 links lead nowhere." in words


def test_the_first_page_counts_a_dead_link_wherever_it_stands_as_the_list_does(at_desk, a_lot_missing):
    OutsideLink.objects.create(
        url="https://a.example/", found_on=a_lot_missing, status=LinkStatus.GONE, checked_at=timezone.now(),
        first_failed_at=timezone.now() - timedelta(days=2), due_at=timezone.now(),
    )  # fmt: skip

    for url in (reverse("wagtailadmin_home"), reverse("courses_admin:missing")):
        assert "3 links lead nowhere." in at_desk.get(url).content.decode()


def test_the_first_page_leads_to_the_hints_it_counts(at_desk, a_lot_missing):
    words = at_desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "There is 1 hint about long sentences." in words
    assert f"{reverse('courses_admin:missing_part', args=['lessons'])}?hints=yes" in words


def test_an_empty_site_has_its_pages_too(at_desk):
    for part in Part.values:
        assert at_desk.get(reverse("courses_admin:missing_part", args=[part])).status_code == 200, part
    assert at_desk.get(reverse("courses_admin:missing_xlsx")).status_code == 200


def test_a_part_that_does_not_exist_is_not_found(at_desk):
    assert at_desk.get(reverse("courses_admin:missing_part", args=["nothing"])).status_code == 404
    assert at_desk.get(reverse("courses_admin:missing_csv", args=["nothing"])).status_code == 404


def test_the_workbook_holds_what_the_csv_files_hold(at_desk, a_lot_missing):
    answer = at_desk.get(reverse("courses_admin:missing_xlsx"))
    book = load_workbook(BytesIO(answer.content))
    in_book = [[as_text(cell.value) for cell in line] for sheet in book for line in sheet.iter_rows()]

    in_files = []
    for part in Part.values:
        file = at_desk.get(reverse("courses_admin:missing_csv", args=[part]))
        text = b"".join(file.streaming_content).decode().removeprefix("\ufeff")
        in_files += [line for line in csv.reader(StringIO(text)) if line]

    assert [trimmed(line) for line in in_book] == [
        trimmed([cell.removeprefix("'") for cell in line]) for line in in_files
    ]
    assert "=Write" in {cell.value for cell in book.worksheets[0]["B"]}
    assert {cell.data_type for cell in book.worksheets[0]["B"]} == {"s"}


def as_text(value) -> str:
    return "" if value is None else str(value).removesuffix(" 00:00:00")


def trimmed(line: list[str]) -> list[str]:
    return line[: max((n for n, cell in enumerate(line, 1) if cell), default=0)]


@pytest.mark.parametrize("address", ["overview", *Part.values, "csv", "xlsx"])
def test_four_lessons_cost_as_many_queries_as_one(at_desk, a_lot_missing, french, address):
    url = {
        "overview": reverse("courses_admin:missing"),
        "csv": reverse("courses_admin:missing_csv", args=["translations"]),
        "xlsx": reverse("courses_admin:missing_xlsx"),
    }.get(address) or reverse("courses_admin:missing_part", args=[address])
    send(a_lot_missing.get_parent().specific, french)
    send(LessonPage.objects.get(pk=a_lot_missing.pk), french)

    def queries() -> int:
        at_desk.get(url)  # what Wagtail and Django remember
        library._texts.clear()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = at_desk.get(url)
            b"".join(response.streaming_content) if response.streaming else None
        return len(captured)

    before = queries()
    module = module_page()
    send(module, french)
    for _ in range(3):
        send(lesson_page(module, check_again_on=timezone.localdate()), french)
        OutsideLink.objects.create(
            url="https://b.example/", found_on=LessonPage.objects.last(), status=LinkStatus.GONE,
            checked_at=timezone.now(), first_failed_at=timezone.now() - timedelta(days=3), due_at=timezone.now(),
        )  # fmt: skip

    assert queries() == before


# Who may


@pytest.mark.parametrize("who", ["dilan", "amina", "bram", "celia"])
def test_nobody_but_editors_sees_it(client, request, db, who):
    client.force_login(request.getfixturevalue(who))

    for url in (
        reverse("courses_admin:missing"),
        *(reverse("courses_admin:missing_part", args=[part]) for part in Part.values),
        *(reverse("courses_admin:missing_csv", args=[part]) for part in Part.values),
        reverse("courses_admin:missing_xlsx"),
    ):
        assert client.get(url).status_code in (302, 403), url


def test_nothing_is_changed_by_sending_a_form(at_desk):
    assert at_desk.post(reverse("courses_admin:missing")).status_code == 405
