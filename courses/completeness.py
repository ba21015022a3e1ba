"""What a lesson or module lacks to help all: pictures, words for them, short sentences, translations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.models import Page

from courses import pictures
from courses.enums import StepKind
from courses.models import LessonPage, ModulePage
from courses.sentences import (
    MOST_WORDS_IN_A_SENTENCE,
    MOST_WORDS_IN_A_TITLE,
    read_aloud,
    sentences,
    word_count,
)
from courses.simulators import simulators
from courses.source_pages import source_pages
from courses.translating import Standing, standings


@dataclass(frozen=True, slots=True)
class Lack:
    """`sentence` says what is missing, `quote` which words it is about. A hint may stay as it is."""

    sentence: str
    quote: str = ""
    is_hint: bool = False
    is_of_picture: bool = False


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pictures there are: names of drawings, ids of own photos."""

    drawings: frozenset[str]
    photos: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StepLacks:
    number: int
    block_id: str
    title: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class LanguageLacks:
    """`page_id` is the page in that language, None when there is none."""

    language: str
    sentence: str
    page_id: int | None = None


@dataclass(frozen=True, slots=True)
class PageLacks:
    page_id: int
    number: str
    title: str
    is_lesson: bool
    whole: tuple[Lack, ...] = ()
    steps: tuple[StepLacks, ...] = ()
    languages: tuple[LanguageLacks, ...] = ()

    @property
    def lacks(self) -> list[Lack]:
        return [*self.whole, *(lack for step in self.steps for lack in step.lacks)]

    @property
    def must_count(self) -> int:
        return sum(not lack.is_hint for lack in self.lacks) + len(self.languages)

    @property
    def hint_count(self) -> int:
        return sum(lack.is_hint for lack in self.lacks)

    def __bool__(self) -> bool:
        return bool(self.must_count or self.hint_count)


# The pages ──────────────────────────────────────────────────────────────────


def lacks_of(page: LessonPage | ModulePage) -> PageLacks:
    """Of this page as it stands in memory, which may be a draft."""
    return _lacks_of_pages([page])[0]


def pages_to_mend() -> list[PageLacks]:
    """Every published lesson and module that lacks something, in the order of the site, in a few queries.

    Judged in the source language; a page that was written in another language only, in that one.
    """
    found = _lacks_of_pages([*source_pages(ModulePage), *source_pages(LessonPage)], in_order=True)
    return [lacks for lacks in found if lacks]


def _lacks_of_pages(pages: Sequence[Any], *, in_order: bool = False) -> list[PageLacks]:
    if in_order:
        pages = sorted(pages, key=lambda page: page.path)
    bodies = {page.pk: list(page.body.raw_data) for page in pages if isinstance(page, LessonPage)}
    shelf = Shelf(frozenset(pictures.names()), _photos_here(bodies.values()))
    translations = translation_lacks(pages)
    return [
        PageLacks(
            page_id=page.pk,
            number=page.number,
            title=page.title,
            is_lesson=page.pk in bodies,
            whole=tuple(lesson_lacks(bodies[page.pk]) if page.pk in bodies else module_lacks(page, shelf)),
            steps=tuple(steps_lacking(bodies.get(page.pk, ()), shelf)),
            languages=tuple(translations.get(page.translation_key, ())),
        )
        for page in pages
    ]


def _photos_here(bodies: Iterable[list[dict[str, Any]]]) -> frozenset[int]:
    """Which of the photos that steps name are still in the library."""
    named = {photo for body in bodies for block in body if (photo := _picture(block["value"]).get("photo"))}
    if not named:
        return frozenset()
    return frozenset(get_image_model().objects.filter(pk__in=named).values_list("pk", flat=True))


def _picture(value: dict[str, Any]) -> dict[str, Any]:
    return value.get("picture") or {}


# One page, without the database ─────────────────────────────────────────────


def module_lacks(page: ModulePage, shelf: Shelf) -> Iterator[Lack]:
    yield from picture_lacks({"drawing": page.picture, "alt": page.alt}, shelf)
    if not len(page.can_do):
        yield Lack(_("It does not say what people can do afterwards. These lines stand on the certificate."))


def lesson_lacks(body: Sequence[dict[str, Any]]) -> Iterator[Lack]:
    """`body` is the StreamField's own list: {"type", "id", "value"}."""
    kinds = {block["type"] for block in body}
    if not body:
        yield Lack(_("The lesson has no steps."))
        return
    if StepKind.QUESTION not in kinds:
        yield Lack(_("The lesson has no question."))
    if StepKind.REAL not in kinds:
        yield Lack(_("The lesson has no “do it for real”."))


def steps_lacking(body: Sequence[dict[str, Any]], shelf: Shelf) -> Iterator[StepLacks]:
    for number, block in enumerate(body, 1):
        if lacks := tuple(step_lacks(block["type"], block["value"], shelf)):
            yield StepLacks(number, block.get("id") or "", block["value"].get("title") or "", lacks)


def step_lacks(kind: str, value: dict[str, Any], shelf: Shelf) -> Iterator[Lack]:
    if kind == StepKind.PRACTICE:
        yield from practice_lacks(value)
    else:
        yield from picture_lacks(_picture(value), shelf)
    answers = [item.get("value", item) for item in value.get("answers") or ()]
    if kind == StepKind.QUESTION:
        yield from answer_lacks(answers)
    title = value.get("title") or ""
    if word_count(title) > MOST_WORDS_IN_A_TITLE:
        yield Lack(_("The title has more than nine words."), quote=title, is_hint=True)
    for text in read_aloud(value):
        yield from long_sentences(text)


def practice_lacks(value: dict[str, Any]) -> Iterator[Lack]:
    """The simulator is the picture."""
    simulator = simulators().get(value.get("simulator") or "")
    if simulator is None:
        yield Lack(_("This simulator no longer exists. Choose another."), quote=value.get("simulator") or "")
        return
    chosen = [item.get("value", item).get("goal") or "" for item in value.get("goals") or ()]
    if not chosen:
        yield Lack(_("The practice has no goal."))
    for name in chosen:
        if name.partition(".")[::2] not in ((simulator.name, goal) for goal in simulator.goals):
            yield Lack(_("This goal no longer exists. Choose another."), quote=name)


def picture_lacks(picture: dict[str, Any], shelf: Shelf) -> Iterator[Lack]:
    drawing, photo = picture.get("drawing"), picture.get("photo")
    if not drawing and not photo:
        yield Lack(_("There is no picture."), is_of_picture=True)
        return
    if drawing and drawing not in shelf.drawings:
        yield Lack(_("This drawing no longer exists. Choose another."), quote=drawing, is_of_picture=True)
    if photo and photo not in shelf.photos:
        yield Lack(_("This picture was deleted. Choose another."), is_of_picture=True)
    if not (picture.get("alt") or "").strip():
        yield Lack(_("The picture has no text. People who cannot see it miss it."), is_of_picture=True)


def answer_lacks(answers: Sequence[dict[str, Any]]) -> Iterator[Lack]:
    if len(answers) < 2:
        yield Lack(_("The question has fewer than two answers."))
    right = sum(bool(answer.get("correct")) for answer in answers)
    if right == 0:
        yield Lack(_("No answer is marked as right."))
    elif right > 1:
        yield Lack(_("More than one answer is marked as right."))


def long_sentences(text: str) -> Iterator[Lack]:
    for sentence in sentences(text):
        if (words := word_count(sentence)) > MOST_WORDS_IN_A_SENTENCE:
            said = _("This sentence has %(words)d words. Twelve is enough.") % {"words": words}
            yield Lack(said, quote=sentence, is_hint=True)


# Translations ───────────────────────────────────────────────────────────────


def translation_lacks(pages: Sequence[Page]) -> dict[UUID, list[LanguageLacks]]:
    """What is missing in the other languages, by translation_key; the same few queries for any number of pages."""
    found = standings(pages)
    return {
        page.translation_key: [
            LanguageLacks(code, sentence, standing.page_id)
            for code, standing in found[page.translation_key].items()
            for sentence in _language_sentences(standing)
        ]
        for page in pages
    }


def _language_sentences(standing: Standing) -> Iterator[str]:
    if standing.page_id is None:
        yield _("Not translated yet.")
        return
    if standing.is_outdated:
        yield _("The text was changed after the last sync. Choose “Sync translated pages”.")
    if standing.untranslated:
        yield ngettext(
            "%(n)d text is not translated.", "%(n)d texts are not translated.", standing.untranslated
        ) % {"n": standing.untranslated}
    if not standing.is_live:
        yield _("The translation is not published.")
