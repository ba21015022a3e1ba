"""How far every lesson is in every language, and how far each language is altogether."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from courses.models import LessonPage, ModulePage, Term
from courses.signals import languages_read
from courses.source_pages import source_pages
from courses.translating import Standing, standings


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson or module; `source` is the language it was written in, `standings` are of the others."""

    page_id: int
    number: str
    title: str
    is_lesson: bool
    source: str
    standings: dict[str, Standing]

    @property
    def cells(self) -> list[tuple[str, Standing | None]]:
        """(language, standing) of every language in order; None for the source, and where it cannot be yet."""
        return [(code, self.standings.get(code)) for code in languages()]


@dataclass(frozen=True, slots=True)
class LanguageSum:
    """One language over all lessons and modules.

    `pages` count; of them `unbegun` have no page in it, `unpublished` one that nobody can read, `changed` one whose
    source is newer. `is_read`: a native speaker has read the language; `words_are_read`: the site's own words, by
    what their catalogue says, None where they are the source. `terms` of the glossary have a meaning in it.
    """

    language: str
    pages: int
    texts: int
    translated: int
    by_people: int
    unbegun: int
    unpublished: int
    changed: int
    terms: int
    is_read: bool
    words_are_read: bool | None

    @property
    def percent(self) -> int | None:
        """At most 99 while a page is not begun: its texts may not be counted yet, and 100 means all."""
        found = percent(self.translated, self.texts)
        return min(found, 99) if found and self.unbegun else found

    @property
    def percent_by_people(self) -> int | None:
        return percent(self.by_people, self.translated)


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term: which languages of readers explain it, and the word of each Belgian screen, where anybody knows it."""

    pk: int
    name: str
    words: dict[str, str]
    languages: frozenset[str]

    @property
    def cells(self) -> list[tuple[str, bool]]:
        return [(code, code in self.languages) for code in languages()]


@dataclass(frozen=True, slots=True)
class Coverage:
    rows: list[Row]
    sums: list[LanguageSum]
    terms: list[TermRow]

    @property
    def incomplete(self) -> int:
        """Lessons and modules, each counted once a language, that a reader of that language lacks some of."""
        return sum(not is_complete(standing) for row in self.rows for standing in row.standings.values())


def percent(done: int, total: int) -> int | None:
    """Rounded down, so that 100 means all; None of nothing."""
    return 100 * done // total if total else None


def is_complete(standing: Standing) -> bool:
    return standing.is_live and not (standing.untranslated or standing.is_outdated or standing.has_draft)


def languages() -> list[str]:
    """The source first."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


def coverage() -> Coverage:
    """The same few queries however many lessons, languages and terms there are."""
    pages = sorted([*source_pages(ModulePage), *source_pages(LessonPage)], key=lambda page: page.path)
    found = standings(pages)
    rows = [
        Row(
            page.pk,
            page.number,
            page.title,
            isinstance(page, LessonPage),
            page.locale.language_code,
            found[page.translation_key],
        )
        for page in pages
    ]
    terms = _terms()
    answers: list[tuple[Any, Any]] = languages_read.send(None)
    read = frozenset(code for _receiver, codes in answers for code in codes)
    return Coverage(rows, [_sum(code, rows, terms, read) for code in languages()], terms)


def _sum(language: str, rows: Sequence[Row], terms: Sequence[TermRow], read: frozenset[str]) -> LanguageSum:
    here = [row.standings[language] for row in rows if language in row.standings]
    return LanguageSum(
        language=language,
        pages=len(rows),
        texts=sum(standing.texts or 0 for standing in here),
        translated=sum(standing.translated for standing in here),
        by_people=sum(standing.by_people for standing in here),
        unbegun=sum(standing.page_id is None for standing in here),
        unpublished=sum(standing.page_id is not None and not standing.is_live for standing in here),
        changed=sum(standing.is_outdated for standing in here),
        terms=sum(language in term.languages for term in terms),
        is_read=language in read,
        words_are_read=catalogue_is_read(language),
    )


def _terms() -> list[TermRow]:
    rows = Term.objects.prefetch_related("meanings")
    return [
        TermRow(
            term.pk,
            str(term),
            {code: getattr(term, code) for code, _name in settings.SCREEN_LANGUAGES},
            frozenset(meaning.language for meaning in term.meanings.all()),
        )
        for term in rows
    ]


@cache
def catalogue_is_read(language: str) -> bool | None:
    """What the head of the catalogue with the site's own words says; None when there is no catalogue."""
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    if language == settings.LANGUAGE_CODE or not path.exists():
        return None
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith('"X-Review-Status:'):
                return "draft" not in line
            if line.startswith("#:"):  # the head is over
                break
    return False
