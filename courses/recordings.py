"""Voices recorded for the texts of lessons: kept, confirmed, taken away, counted.

A recording whose text changed since is marked on the list. It is still played while the title (or the answer) is the
same; after that it would ask for another action, and is silent until somebody records it again or says that it fits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses import library, sound_files
from courses.models import Lesson, Recording
from courses.reading import LessonText
from courses.spoken import Part, parts_of

FOLDER = "recordings"


# Writing ────────────────────────────────────────────────────────────────────


def keep(lesson: Lesson, part: Part, language: str, content: bytes, *, by: Any) -> Recording:
    """Make these bytes the voice of this text; the same bytes sent twice are kept once.

    `by` is the person who sent them. Raises sound_files.NotUsable, with a sentence for her.
    """
    sound = sound_files.inspect(content)
    # The name tells its content apart: what a browser has kept under it never changes.
    place = f"{FOLDER}/{lesson.key}/{part.id}.{language}"
    name = f"{place}.{sha256(content).hexdigest()[:16]}.{sound.extension}"
    fields = {
        "file": name,
        "content_type": sound.content_type,
        "seconds": sound.seconds,
        "size_bytes": len(content),
        "digest": part.digest,
        "title_digest": part.title_digest,
        "recorded_at": timezone.now(),
        "recorded_by": by,
    }
    with transaction.atomic():
        recording, before = _lock_or_create(lesson, part, language, fields)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
        _let_go(before, but=name)
    return recording


def _lock_or_create(
    lesson: Lesson, part: Part, language: str, fields: dict[str, Any]
) -> tuple[Recording, str | None]:
    """(the row as it is now, the name of the file it had before)."""
    place = {"lesson_key": lesson.key, "block_id": part.id, "language": language}
    try:
        with transaction.atomic():
            return Recording.objects.create(**place, **fields), None
    except IntegrityError:
        recording = Recording.objects.select_for_update().get(**place)
    before = recording.file.name
    for field, value in fields.items():
        setattr(recording, field, value)
    recording.save(update_fields=list(fields))
    return recording, before


def throw_away(recording: Recording) -> None:
    with transaction.atomic():
        recording.delete()
        _let_go(recording.file.name)


def _let_go(name: str | None, *, but: str = "") -> None:
    def after() -> None:
        library.forget_readings()
        if name and name != but:
            default_storage.delete(name)

    transaction.on_commit(after)


def confirm(recording: Recording, part: Part) -> None:
    """Somebody has heard it and says that it fits the text of today."""
    recording.digest, recording.title_digest = part.digest, part.title_digest
    recording.save(update_fields=["digest", "title_digest"])
    transaction.on_commit(library.forget_readings)


# Reading ────────────────────────────────────────────────────────────────────


def languages() -> list[str]:
    """Those a phone seldom speaks come first: there a recorded voice is the only one."""
    codes = [code for code, _name in settings.LANGUAGES]
    rare = settings.LANGUAGES_SELDOM_SPOKEN
    return sorted(codes, key=lambda code: rare.index(code) if code in rare else len(rare))


@dataclass(frozen=True, slots=True)
class Line:
    """One text to say and what was recorded of it; `language` is that of the text, which may lack a translation."""

    part: Part
    language: str
    recording: Recording | None

    @property
    def is_stale(self) -> bool:
        return bool(self.recording and self.recording.digest != self.part.digest)

    @property
    def is_silent(self) -> bool:
        """Recorded, and no longer played."""
        return bool(self.recording and self.recording.title_digest != self.part.title_digest)


@dataclass(frozen=True, slots=True)
class StepLines:
    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Of the texts of one lesson in one language."""

    total: int
    recorded: int
    stale: int

    @property
    def missing(self) -> int:
        return self.total - self.recorded


@dataclass(frozen=True, slots=True)
class LessonCounts:
    """`texts` in every published language, `counts` by language."""

    lesson: Lesson
    texts: tuple[LessonText, ...]
    counts: Mapping[str, Count]


def lines_of(lesson: Lesson, language: str) -> list[StepLines]:
    """Every text of the lesson, step by step, as a reader of this language meets it."""
    recordings = Recording.objects.filter(lesson_key=lesson.key, language=language)
    by_part = {str(row.block_id): row for row in recordings.select_related("recorded_by")}
    texts = library.lesson_texts(lesson.key, language)
    steps = [str(block) for block in lesson.steps.live().values_list("block_id", flat=True)]
    return [
        StepLines(number, tuple(Line(part, code, by_part.get(part.id)) for code, part in parts))
        for number, parts in enumerate((list(_parts(texts, step)) for step in steps), 1)
    ]


def _parts(texts: Sequence[LessonText], step: str) -> Iterator[tuple[str, Part]]:
    """(language, part) of a step, in the first of these texts that has it."""
    for text in texts:
        if step in text.steps:
            yield from ((text.language, part) for part in parts_of(text.steps[step]))
            return


def counts() -> list[LessonCounts]:
    """Every lesson taught today, with each language's count; the same few queries however many there are."""
    lessons = list(Lesson.objects.live().filter(module__retired_at=None).select_related("module"))
    lessons.sort(key=lambda lesson: (lesson.module.position, lesson.module_id, lesson.position, lesson.pk))
    steps = library.live_steps(lesson.pk for lesson in lessons)
    texts = library.all_texts(lesson.key for lesson in lessons)
    digests: dict[tuple[UUID, str], dict[str, str]] = defaultdict(dict)
    rows = Recording.objects.filter(lesson_key__in=[lesson.key for lesson in lessons])
    for key, language, part, digest in rows.values_list("lesson_key", "language", "block_id", "digest"):
        digests[key, language][str(part)] = digest
    return [
        LessonCounts(
            lesson,
            tuple(texts[lesson.key]),
            {
                code: _count(texts[lesson.key], steps[lesson.pk], code, digests[lesson.key, code])
                for code in languages()
            },
        )
        for lesson in lessons
    ]


def count_of(lesson: Lesson, language: str) -> Count:
    lines = [line for step in lines_of(lesson, language) for line in step.lines]
    recorded = [line for line in lines if line.recording]
    return Count(len(lines), len(recorded), len([line for line in recorded if line.is_stale]))


def _count(
    texts: Iterable[LessonText], steps: Iterable[str], language: str, digests: dict[str, str]
) -> Count:
    nearest = sorted(texts, key=lambda text: library.nearness(text.language, language))
    parts = [part for step in steps for _code, part in _parts(nearest, step)]
    recorded = [part for part in parts if part.id in digests]
    stale = [part for part in recorded if digests[part.id] != part.digest]
    return Count(len(parts), len(recorded), len(stale))


def pack_files(lesson_keys: Iterable[UUID], language: str) -> list[tuple[str, int]]:
    """[(address, bytes)] of every recording in this language, for somebody who takes the lessons along."""
    rows = Recording.objects.filter(lesson_key__in=list(lesson_keys), language=language).order_by("pk")
    return [(default_storage.url(file), size) for file, size in rows.values_list("file", "size_bytes")]
