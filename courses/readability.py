"""How hard the lessons are to read, in the languages whose sentences editors and their friends can judge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from courses.models import LessonPage
from courses.sentences import (
    MOST_WORDS_IN_A_SENTENCE,
    MOST_WORDS_IN_A_TITLE,
    read_aloud,
    sentences,
    word_count,
)


@dataclass(frozen=True, slots=True)
class LongSentence:
    """`most` is how many of its `words` would be enough."""

    page_id: int
    number: str
    lesson: str
    language: str
    step: int
    block_id: str
    text: str
    words: int
    most: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One lesson in one language; `long` are its sentences and titles that have too many words."""

    page_id: int
    language: str
    sentences: int
    words: int
    long: tuple[LongSentence, ...]

    @property
    def average(self) -> float | None:
        """Words a sentence; None for a lesson without text of its own."""
        return self.words / self.sentences if self.sentences else None

    @property
    def long_share(self) -> int | None:
        """Of a hundred sentences, rounded up: 0 means none."""
        return -(-100 * len(self.long) // self.sentences) if self.sentences else None


@dataclass(frozen=True, slots=True)
class LessonReading:
    """The published lesson in each of the languages judged, by language."""

    number: str
    title: str
    readings: dict[str, Reading]

    @property
    def worst(self) -> tuple[int, float]:
        """To sort by: the largest share of long sentences, then the longest average."""
        return max(
            ((one.long_share or 0, one.average or 0.0) for one in self.readings.values()), default=(0, 0.0)
        )


def languages() -> list[str]:
    return [code for code, _name in settings.STAFF_LANGUAGES]


def lesson_readings() -> list[LessonReading]:
    """The hardest lesson first; one query however many there are.

    A sentence that a translation still has in the source language is judged there only.
    """
    pages = LessonPage.objects.live().filter(alias_of=None, locale__language_code__in=languages())
    by_key: dict[UUID, dict[str, LessonPage]] = {}
    for page in pages.select_related("locale").order_by("path"):
        by_key.setdefault(page.translation_key, {})[page.locale.language_code] = page
    found = [_lesson_reading(by_language) for by_language in by_key.values()]
    return sorted(found, key=lambda lesson: lesson.worst, reverse=True)


def _lesson_reading(by_language: dict[str, LessonPage]) -> LessonReading:
    source = by_language.get(settings.LANGUAGE_CODE)
    copied = frozenset(text for *_place, text, _most in _texts(source)) if source else frozenset()
    shown = source or next(iter(by_language.values()))
    return LessonReading(
        shown.number,
        shown.title,
        {
            code: _reading(page, frozenset() if page is source else copied)
            for code in languages()
            if (page := by_language.get(code))
        },
    )


def _reading(page: LessonPage, copied: frozenset[str]) -> Reading:
    language = page.locale.language_code
    count, words, long = 0, 0, []
    for step, block_id, text, most in _texts(page):
        if text in copied:
            continue
        length = word_count(text)
        count, words = count + 1, words + length
        if length > most:
            long.append(
                LongSentence(page.pk, page.number, page.title, language, step, block_id, text, length, most)
            )
    return Reading(page.pk, language, count, words, tuple(long))


def _texts(page: LessonPage) -> Iterator[tuple[int, str, str, int]]:
    """(number of the step, its block id, one sentence, words that are enough)."""
    blocks: Sequence[dict[str, Any]] = page.body.raw_data
    for step, block in enumerate(blocks, 1):
        value, block_id = block["value"], block.get("id") or ""
        if title := value.get("title"):
            yield step, block_id, title, MOST_WORDS_IN_A_TITLE
        for text in read_aloud(value):
            for sentence in sentences(text):
                yield step, block_id, sentence, MOST_WORDS_IN_A_SENTENCE


def hardest(lessons: Sequence[LessonReading]) -> list[LongSentence]:
    """Those with the most words more than enough come first."""
    long = [
        sentence for lesson in lessons for reading in lesson.readings.values() for sentence in reading.long
    ]
    return sorted(long, key=lambda one: (one.most - one.words, one.number, one.language, one.step))
