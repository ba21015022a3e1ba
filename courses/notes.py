"""Notes about steps, from who teaches to who edits: written, done, taken up again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from courses.library import nearness
from courses.models import LessonPage, Step, StepNote

# How long what was done can still be taken up again from the list.
LATELY = timedelta(days=14)


def write(step: Step, text: str, *, language: str, by: Any, organisation: str, key: UUID) -> StepNote:
    """`by` is the person; `organisation` its name. The same `key` sent twice is one note."""
    fields = {
        "step": step,
        "text": text,
        "language": language,
        "by": by,
        "organisation": organisation[:200],
        "written_at": timezone.now(),
    }
    try:
        with transaction.atomic():
            return StepNote.objects.create(key=key, **fields)
    except IntegrityError:
        return StepNote.objects.get(key=key)


def mark_done(note: StepNote, *, by: Any) -> None:
    """Who was first has done it."""
    StepNote.objects.filter(pk=note.pk, done_at=None).update(done_at=timezone.now(), done_by=by)


def reopen(note: StepNote) -> None:
    StepNote.objects.filter(pk=note.pk).update(done_at=None, done_by=None)


def open_notes() -> QuerySet[StepNote]:
    return _all().filter(done_at=None)


def done_lately() -> QuerySet[StepNote]:
    return _all().filter(done_at__gte=timezone.now() - LATELY).order_by("-done_at")


def _all() -> QuerySet[StepNote]:
    return StepNote.objects.select_related("step__lesson__module", "by", "done_by")


def with_pages(notes: Iterable[StepNote]) -> list[tuple[StepNote, int | None]]:
    """Each with the page to mend: of its language, else the nearest; None when there is none any more."""
    found = list(notes)
    pages: dict[UUID, dict[str, int]] = {}
    rows = LessonPage.objects.filter(translation_key__in={note.step.lesson.key for note in found})
    for key, code, pk in rows.values_list("translation_key", "locale__language_code", "pk"):
        pages.setdefault(key, {})[code] = pk
    return [(note, _nearest(pages.get(note.step.lesson.key, {}), note.language)) for note in found]


def _nearest(pages: dict[str, int], language: str) -> int | None:
    return pages[min(pages, key=lambda code: nearness(code, language))] if pages else None
