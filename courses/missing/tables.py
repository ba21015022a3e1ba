"""The parts as tables, for whoever plans the work in a spreadsheet: one sheet a part, two for translations."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from courses import links, outside_links, readability
from courses.completeness import pages_to_mend
from courses.fact_checks import due_checks
from courses.missing.parts import Part
from courses.missing.pictures import picture_lacks
from courses.missing.sound import sound
from courses.missing.translations import coverage, languages, percent
from courses.spreadsheets import Sheet, plain

Lines = Iterator[list[Any]]


def sheets(part: Part) -> list[Sheet]:
    """Worded now, in the editor's language. Cells of text are on one line each; no answer is an empty cell."""
    return [
        Sheet(title, [[plain(cell) if isinstance(cell, str) else cell for cell in line] for line in lines])
        for title, lines in _TABLES[part]()
    ]


def _lessons() -> Iterator[tuple[str, Lines]]:
    yield str(Part.LESSONS.label), _lesson_lines()


def _lesson_lines() -> Lines:
    yield [_("Number"), _("Page"), _("Step"), _("Language"), _("What is missing"), _("Words"), _("Hint")]
    for page in pages_to_mend():
        for lack in page.whole:
            yield [page.number, page.title, None, "", lack.sentence, lack.quote, _yes(lack.is_hint)]
        for step in page.steps:
            for lack in step.lacks:
                yield [
                    page.number,
                    page.title,
                    step.number,
                    "",
                    lack.sentence,
                    lack.quote,
                    _yes(lack.is_hint),
                ]
        for language in page.languages:
            yield [page.number, page.title, None, language.language, language.sentence, "", ""]


def _translations() -> Iterator[tuple[str, Lines]]:
    found = coverage()

    def pages() -> Lines:
        yield [
            _("Number"), _("Page"), _("Language"), _("Texts"), _("Translated"), _("Percent"), _("Typed by people"),
            _("Published"), _("Newer words wait"), _("Source is newer"),
        ]  # fmt: skip
        for row in found.rows:
            for code, standing in row.standings.items():
                yield [
                    row.number, row.title, code, standing.texts, standing.translated,
                    percent(standing.translated, standing.texts or 0), standing.by_people,
                    _yes(standing.is_live), _yes(standing.has_draft), _yes(standing.is_outdated),
                ]  # fmt: skip

    def sums() -> Lines:
        yield [
            _("Language"), _("Texts"), _("Translated"), _("Percent"), _("Typed by people"), _("Not begun"),
            _("Not published"), _("Source is newer"), _("Words of the glossary"), _("Read by a native speaker"),
        ]  # fmt: skip
        for one in found.sums:
            yield [
                one.language, one.texts, one.translated, one.percent, one.by_people, one.unbegun,
                one.unpublished, one.changed, one.terms, _yes(one.is_read),
            ]  # fmt: skip

    def terms() -> Lines:
        yield [_("Word"), *next(iter(found.terms)).words, *languages()] if found.terms else [_("Word")]
        for term in found.terms:
            yield [term.name, *term.words.values(), *(_yes(is_there) for _code, is_there in term.cells)]

    yield str(Part.TRANSLATIONS.label), pages()
    yield _("Languages"), sums()
    yield _("Glossary"), terms()


def _sound() -> Iterator[tuple[str, Lines]]:
    yield str(Part.SOUND.label), _sound_lines()


def _sound_lines() -> Lines:
    yield [
        _("Number"),
        _("Lesson"),
        _("Language"),
        _("Texts"),
        _("Recorded"),
        _("Nothing"),
        _("Older than the text"),
    ]
    for row, cells in sound().lines:
        for code, count in cells:
            line = [row.lesson.number, row.lesson.title, code, count.total]
            yield [*line, count.recorded, count.missing, count.stale]


def _pictures() -> Iterator[tuple[str, Lines]]:
    yield str(Part.PICTURES.label), _picture_lines()


def _picture_lines() -> Lines:
    yield [_("Number"), _("Page"), _("Step"), _("Title"), _("What is missing"), _("Drawing")]
    for one in picture_lacks(pages_to_mend()):
        yield [one.number, one.title, one.step, one.step_title, one.lack.sentence, one.lack.quote]


def _facts() -> Iterator[tuple[str, Lines]]:
    yield str(Part.FACTS.label), _fact_lines()


def _fact_lines() -> Lines:
    yield [_("Number"), _("Lesson"), _("Checked on"), _("Check again on"), _("Days left")]
    for check in due_checks():
        yield [check.number, check.title, check.checked_on, check.due_on, check.days]


def _sentences() -> Iterator[tuple[str, Lines]]:
    lessons = readability.lesson_readings()

    def readings() -> Lines:
        yield [
            _("Number"), _("Lesson"), _("Language"), _("Sentences"), _("Words a sentence"), _("Too long"),
            _("Too long, percent"),
        ]  # fmt: skip
        for lesson in lessons:
            for one in lesson.readings.values():
                average = None if one.average is None else round(one.average, 1)
                yield [
                    lesson.number, lesson.title, one.language, one.sentences, average, len(one.long), one.long_share
                ]  # fmt: skip

    def long() -> Lines:
        yield [_("Number"), _("Lesson"), _("Language"), _("Step"), _("Words"), _("Sentence")]
        for one in readability.hardest(lessons):
            yield [one.number, one.lesson, one.language, one.step, one.words, one.text]

    yield str(Part.SENTENCES.label), long()
    yield _("Readability"), readings()


def _links() -> Iterator[tuple[str, Lines]]:
    yield str(Part.LINKS.label), _link_lines()


def _link_lines() -> Lines:
    yield [_("Page"), _("Language"), _("Leads to"), _("What is wrong"), _("Since")]
    for one in links.broken_links():
        wrong = _("The page was deleted.") if one.is_gone else _("The page is not published.")
        yield [one.title, one.language, one.target or one.words, wrong, None]
    for row in [*outside_links.broken(), *outside_links.unsure()]:
        since = row.first_failed_at.date() if row.first_failed_at else None
        yield [
            row.found_on.title,
            row.found_on.locale.language_code,
            row.url,
            row.get_status_display(),
            since,
        ]


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else _("no")


_TABLES: dict[Part, Callable[[], Iterator[tuple[str, Lines]]]] = {
    Part.LESSONS: _lessons,
    Part.TRANSLATIONS: _translations,
    Part.SOUND: _sound,
    Part.PICTURES: _pictures,
    Part.FACTS: _facts,
    Part.SENTENCES: _sentences,
    Part.LINKS: _links,
}
