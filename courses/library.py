"""Finds what a reader asked for, in her language or the nearest one; at most three queries a step page."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left, Length
from wagtail.models import Page

from courses.models import Lesson, LessonPage, Module, ModulePage, Recording, Step
from courses.reading import LessonText, StepText, steps_of
from courses.spoken import Sound, Sounds


@dataclass(frozen=True, slots=True)
class StepRow:
    """`number` is 1-based: the n of the address."""

    id: int
    block_id: str
    kind: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One lesson for one reader: its steps in order, its texts, the best language first, and recorded voices."""

    lesson_id: int
    key: UUID
    number: str
    slug: str
    minutes: int
    module_id: int
    module_slug: str
    steps: tuple[StepRow, ...]
    texts: tuple[LessonText, ...]
    sounds: Sounds = field(default_factory=dict)

    @property
    def text(self) -> LessonText:
        return self.texts[0]

    def step(self, row: StepRow) -> tuple[StepText | None, str]:
        """The step in the best language that has it, and which language that is."""
        for text in self.texts:
            if found := text.steps.get(row.block_id):
                return found, text.language
        return None, ""

    def step_in(self, row: StepRow, language: str) -> StepText | None:
        return next((text.steps.get(row.block_id) for text in self.texts if text.language == language), None)


_texts: OrderedDict[tuple[int, datetime | None], LessonText] = OrderedDict()
_MOST_TEXTS = 1000
# A class of thirty opens the same step within seconds: a process looks a lesson up again after two of them.
_readings: OrderedDict[tuple[str, str, str], tuple[float, Reading]] = OrderedDict()
_SECONDS_KEPT = 2.0
_MOST_READINGS = 500


def find_lesson(module_slug: str, lesson_slug: str, language: str) -> Reading | None:
    """None when no such lesson is published. What was published elsewhere shows within two seconds."""
    place = (module_slug, lesson_slug, language)
    kept = _readings.get(place)
    if kept and monotonic() - kept[0] < _SECONDS_KEPT:
        return kept[1]
    reading = _look_up(module_slug, lesson_slug, language)
    _readings.pop(place, None)
    if reading:
        _readings[place] = monotonic(), reading
        if len(_readings) > _MOST_READINGS:
            _readings.popitem(last=False)
    return reading


def forget_readings() -> None:
    """When something was published or recorded in this process."""
    _readings.clear()


def _look_up(module_slug: str, lesson_slug: str, language: str) -> Reading | None:
    rows = list(
        Step.objects.live()
        .filter(
            lesson__slug=lesson_slug,
            lesson__retired_at=None,
            lesson__module__slug=module_slug,
            lesson__module__retired_at=None,
        )
        .order_by("position", "pk")
        .values_list(
            "id", "block_id", "kind", "title",
            "lesson_id", "lesson__key", "lesson__number", "lesson__slug", "lesson__minutes",
            "lesson__module_id", "lesson__module__slug",
        )
    )  # fmt: skip
    if not rows:
        return None
    lesson_id, key, number, slug, minutes, module_id, module_slug = rows[0][4:]
    texts = lesson_texts(key, language)
    if not texts:
        return None
    return Reading(
        lesson_id=lesson_id,
        key=key,
        number=number,
        slug=slug,
        minutes=minutes,
        module_id=module_id,
        module_slug=module_slug,
        steps=tuple(StepRow(row[0], str(row[1]), row[2], n, row[3]) for n, row in enumerate(rows, 1)),
        texts=texts,
        sounds=sounds_of(key),
    )


def sounds_of(key: UUID) -> Sounds:
    rows = Recording.objects.filter(lesson_key=key).values_list(
        "language", "block_id", "file", "digest", "title_digest"
    )
    return {
        (language, str(part)): Sound(default_storage.url(file), digest, title_digest)
        for language, part, file, digest, title_digest in rows
    }


def lesson_texts(key: UUID, language: str) -> tuple[LessonText, ...]:
    """Every published language of the lesson, the nearest to `language` first."""
    pages = LessonPage.objects.live().filter(translation_key=key).select_related(None)
    stamps = pages.values_list("pk", "last_published_at", "locale__language_code")
    ordered = sorted(stamps, key=lambda row: nearness(row[2], language))
    return tuple(_lesson_text(pk, published_at) for pk, published_at, _ in ordered)


def module_texts(module_id: int, language: str) -> list[LessonText]:
    """Its lessons in order, each in the published language nearest to `language`; two queries when compiled."""
    keys = list(Lesson.objects.live().filter(module=module_id).values_list("key", flat=True))
    pages = LessonPage.objects.live().filter(translation_key__in=keys).select_related(None)
    best: dict[UUID, tuple[int, int, datetime | None]] = {}
    for key, pk, at, code in pages.values_list(
        "translation_key", "pk", "last_published_at", "locale__language_code"
    ):
        rank = nearness(code, language)
        if key not in best or rank < best[key][0]:
            best[key] = rank, pk, at
    return [_lesson_text(*best[key][1:]) for key in keys if key in best]


def all_texts(keys: Iterable[UUID]) -> dict[UUID, list[LessonText]]:
    """Every published language of these lessons; two queries, and one once each was read."""
    texts: dict[UUID, list[LessonText]] = {key: [] for key in keys}
    pages = LessonPage.objects.live().filter(translation_key__in=texts).select_related(None)
    stamps = list(pages.values_list("translation_key", "pk", "last_published_at"))
    unread = [pk for _key, pk, published_at in stamps if (pk, published_at) not in _texts]
    for page in _with_module_titles().filter(pk__in=unread) if unread else ():
        _remember(page)
    for key, pk, published_at in stamps:
        texts[key].append(_lesson_text(pk, published_at))
    return texts


def live_steps(lesson_ids: Iterable[int]) -> dict[int, list[str]]:
    """The block ids of each lesson's steps, in order."""
    steps: dict[int, list[str]] = {pk: [] for pk in lesson_ids}
    for pk, block in Step.objects.live().filter(lesson__in=steps).values_list("lesson_id", "block_id"):
        steps[pk].append(str(block))
    return steps


def nearness(candidate: str, wanted: str) -> int:
    """Sorts languages: the wanted one, then the source, then the others as settings list them."""
    if candidate == wanted:
        return -2
    if candidate == settings.LANGUAGE_CODE:
        return -1
    codes = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
    return codes.index(candidate) if candidate in codes else len(codes)


def _lesson_text(pk: int, published_at: datetime | None) -> LessonText:
    if text := _texts.get((pk, published_at)):
        _texts.move_to_end((pk, published_at))
        return text
    return _remember(_with_module_titles().get(pk=pk))


def _with_module_titles() -> models.QuerySet[LessonPage]:
    module = Page.objects.filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen))
    pages = LessonPage.objects.select_related("locale")
    return pages.annotate(module_title=Subquery(module.values("title")))


def _remember(page: LessonPage) -> LessonText:
    """`page` with its module_title, from `_with_module_titles`."""
    text = text_of(page, page.module_title)  # type: ignore[attr-defined]
    # Under the stamp that was read together with the text: a publication in between cannot mix them up.
    _texts[page.pk, page.last_published_at] = text
    if len(_texts) > _MOST_TEXTS:
        _texts.popitem(last=False)
    return text


def text_of(page: LessonPage, module_title: str) -> LessonText:
    return LessonText(
        language=page.locale.language_code,
        title=page.title,
        summary=page.summary,
        module_title=module_title,
        steps=steps_of(page.body),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A module or lesson in a list: the row, and its title and summary in the best language there is."""

    row: Any
    title: str
    summary: str
    language: str
    drawing: str = ""
    alt: str = ""


def modules(language: str) -> list[Entry]:
    return _entries(list(Module.objects.live()), ModulePage, language, ("picture", "alt"))


def module(slug: str, language: str) -> Entry | None:
    entries = _entries(
        list(Module.objects.live().filter(slug=slug)), ModulePage, language, ("picture", "alt")
    )
    return entries[0] if entries else None


def lessons(module_ids: Iterable[int], language: str) -> list[Entry]:
    return _entries(list(Lesson.objects.live().filter(module__in=module_ids)), LessonPage, language, ())


def _entries(rows: list[Any], model: type[Page], language: str, extra: Sequence[str]) -> list[Entry]:
    pages = model.objects.live().filter(translation_key__in=[row.key for row in rows])
    best: dict[UUID, tuple[int, Entry]] = {}
    rows_by_key = {row.key: row for row in rows}
    for key, code, title, summary, *rest in pages.values_list(
        "translation_key", "locale__language_code", "title", "summary", *extra
    ):
        rank = nearness(code, language)
        if key not in best or rank < best[key][0]:
            best[key] = rank, Entry(rows_by_key[key], title, summary, code, *rest)
    return [best[row.key][1] for row in rows if row.key in best]


def can_do(module_key: UUID, language: str) -> tuple[list[str], str]:
    """(the can-do lines, their language) of the nearest published language."""
    pages = ModulePage.objects.live().filter(translation_key=module_key).select_related("locale")
    page = min(pages, key=lambda page: nearness(page.locale.language_code, language), default=None)
    if page is None:
        return [], ""
    return [str(child.value) for child in page.can_do], page.locale.language_code


def is_away(path: str) -> bool:
    """Whether a page that is not published now has this address (without the language)."""
    return Page.objects.filter(live=False, url_path__endswith=f"/{path.strip('/')}/").exists()
