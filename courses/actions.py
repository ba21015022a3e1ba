"""The table of contents follows what is published: rows are added, changed and retired, never deleted."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from courses.models import Lesson, LessonPage, Module, ModulePage, Step
from courses.signals import lesson_changed
from courses.source_pages import live_page


@transaction.atomic
def index_module(key: UUID) -> Module | None:
    """Bring the row of this module up to date with its published page; retire it when there is none."""
    page = live_page(ModulePage, key)
    if page is None:
        Module.objects.filter(key=key, retired_at=None).update(retired_at=timezone.now())
        return None
    module, _ = Module.objects.update_or_create(
        key=key,
        defaults={
            "slug": page.slug,
            "number": page.number,
            "title": page.title,
            "position": position_of(page),
            "retired_at": None,
        },
    )
    return module


@transaction.atomic
def index_lesson(key: UUID) -> Lesson | None:
    """Bring the rows of this lesson and its steps up to date with its published source page.

    A step that is gone is retired; one that comes back is the same row again.
    """
    page = live_page(LessonPage, key)
    if page is None:
        _retire(key)
        return None
    module = index_module(page.get_parent().translation_key)
    if module is None:
        _retire(key)
        return None
    before = Lesson.objects.filter(key=key).first()
    lesson, _ = Lesson.objects.update_or_create(
        key=key,
        defaults={
            "module": module,
            "slug": page.slug,
            "number": page.number,
            "title": page.title,
            "minutes": page.minutes,
            "digcomp": [name.strip() for name in page.digcomp.split(",") if name.strip()],
            "position": position_of(page),
            "retired_at": None,
        },
    )
    left = before.module_id if before and before.module_id != lesson.module_id else None
    if _index_steps(lesson, page) or left:
        _announce(lesson)
    if left:
        _announce_left(left)
    return lesson


def _index_steps(lesson: Lesson, page: LessonPage) -> bool:
    """True when a step was retired."""
    blocks = {UUID(child.id): (position, child) for position, child in enumerate(page.body)}
    known = {step.block_id: step for step in lesson.steps.all()}
    Step.objects.bulk_create(
        Step(
            lesson=lesson,
            block_id=block,
            kind=child.block_type,
            title=child.value["title"][:255],
            position=position,
        )
        for block, (position, child) in blocks.items()
        if block not in known
    )
    now, changed, has_retired = timezone.now(), [], False
    for block, step in known.items():
        if block in blocks:
            position, child = blocks[block]
            title, retired_at = child.value["title"][:255], None
        else:
            title, position, retired_at = step.title, step.position, step.retired_at or now
            has_retired |= step.retired_at is None
        if (title, position, retired_at) != (step.title, step.position, step.retired_at):
            step.title, step.position, step.retired_at = title, position, retired_at
            changed.append(step)
    Step.objects.bulk_update(changed, ["title", "position", "retired_at"])
    return has_retired


def _retire(key: UUID) -> None:
    lesson = Lesson.objects.filter(key=key, retired_at=None).first()
    if lesson:
        lesson.retired_at = timezone.now()
        lesson.save(update_fields=["retired_at"])
        _announce(lesson)


def _announce(lesson: Lesson) -> None:
    Lesson.objects.filter(pk=lesson.pk).update(unsettled_since=timezone.now())
    lesson_changed.send(Lesson, lesson=lesson)


def _announce_left(module_id: int) -> None:
    """A lesson moved away: whoever had done all that stays has finished there. Any lesson that stays tells of it."""
    if stays := Lesson.objects.live().filter(module=module_id).first():
        _announce(stays)


def index_page(page: Page) -> None:
    """A page was published, unpublished, moved or deleted: whatever follows from it."""
    specific = page.specific_class or type(page)
    if page.live and _is_translation(page, specific):
        return
    if issubclass(specific, LessonPage):
        index_lesson(page.translation_key)
    elif issubclass(specific, ModulePage):
        index_module(page.translation_key)
        for lesson in LessonPage.objects.descendant_of(page):
            index_lesson(lesson.translation_key)


def _is_translation(page: Page, model: type[Page]) -> bool:
    """Whether the table of contents is written from another language of this page."""
    if not issubclass(model, (LessonPage, ModulePage)):
        return False
    source = live_page(model, page.translation_key)
    return source is not None and source.pk != page.pk


def reindex_positions(parent: Page) -> None:
    """After pages were reordered under `parent`."""
    for page in parent.get_children().specific():
        index_page(page)


def position_of(page: Page) -> int:
    return page.get_prev_siblings().count()


def set_settled(lesson_id: int, unsettled_since: object) -> None:
    """Unless something else was taken away meanwhile."""
    Lesson.objects.filter(pk=lesson_id, unsettled_since=unsettled_since).update(unsettled_since=None)
