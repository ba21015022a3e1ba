"""Small published lessons: pages, and what follows from their publication."""

from itertools import count
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page, Site
from wagtail.signals import page_published

from courses.enums import StepKind
from courses.models import HomePage, Lesson, LessonPage, Module, ModulePage, Step

_numbers = count(1)


def instruction(title: str = "Click “Send”.", **value) -> dict:
    return _block("instruction", title=title, word="", **value)


def question(title: str = "Which one is right?", **value) -> dict:
    answers = [
        {"type": "item", "id": str(uuid4()), "value": {"text": text, "correct": right, "explain": explain}}
        for text, right, explain in (("This", True, "Yes."), ("That", False, "Not that one. Try again."))
    ]
    return _block("question", title=title, answers=answers, **value)


def real(title: str = "Now do it for real.", **value) -> dict:
    return _block("real", title=title, check="I did it.", **value)


def practice(
    title: str = "Put the pictures in order.", *, goals: tuple[str, ...] = ("cards.order-switch-on",)
) -> dict:
    chosen = [
        {"type": "item", "id": str(uuid4()), "value": {"goal": goal, "value": "", "words": "", "hint": ""}}
        for goal in goals
    ]
    return _block("practice", title=title, simulator=goals[0].partition(".")[0], goals=chosen)


def _block(kind: str, *, title: str, text: str = "", **value) -> dict:
    picture = {"drawing": "welcome", "photo": None, "alt": "A hand."}
    return {
        "type": kind,
        "id": str(uuid4()),
        "value": {"title": title, "text": text, "picture": picture, **value},
    }


def home_page() -> HomePage:
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        Page.objects.filter(depth=2).delete()
        home = Page.get_first_root_node().add_child(instance=HomePage(title="StepIn", slug="home"))
        Site.objects.update_or_create(
            is_default_site=True, defaults={"root_page": home, "hostname": "localhost"}
        )
    return home


def _published(page: Page, parent: Page) -> Any:
    """As an editor publishes it, without the revision: to make one takes as long as the page."""
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    page_published.send(type(page), instance=page)
    return page


def module_page(**fields) -> ModulePage:
    n = next(_numbers)
    page = ModulePage(
        title=fields.pop("title", f"Module {n}"), slug=f"module-{n}", number=fields.pop("number", str(n)), summary="You learn.",
        can_do=[{"type": "line", "id": str(uuid4()), "value": "I can send an e-mail."}], **fields,
    )  # fmt: skip
    return _published(page, home_page())


def lesson_page(module: ModulePage | None = None, steps: list[dict] | None = None, **fields) -> LessonPage:
    n = next(_numbers)
    page = LessonPage(
        title=fields.pop("title", f"Lesson {n}"), slug=f"lesson-{n}", summary="You do it.", digcomp="2.1, PRE",
        body=steps if steps is not None else [instruction(), question(), real()], **fields,
    )  # fmt: skip
    return _published(page, module or module_page())


def lesson_with_steps(module: ModulePage | None = None, steps: list[dict] | None = None, **fields) -> Lesson:
    """The row in the table of contents of a lesson just published."""
    return Lesson.objects.get(key=lesson_page(module, steps, **fields).translation_key)


def page_of(lesson: Lesson) -> LessonPage:
    return LessonPage.objects.get(translation_key=lesson.key, locale=Locale.get_default())


def translated(lesson: Lesson, language: str) -> LessonPage:
    """The lesson published in another language: each title says which."""
    locale, _is_new = Locale.objects.get_or_create(language_code=language)
    copy = page_of(lesson).copy_for_translation(locale, copy_parents=True)
    blocks = copy.body.get_prep_value()
    for block in blocks:
        block["value"]["title"] = f"{language} {block['value']['title']}"
    copy.body = blocks
    copy.save_revision().publish()
    return copy


def republish(page: LessonPage, steps: list[dict]) -> LessonPage:
    """What an editor does: other steps, publish."""
    page = LessonPage.objects.get(pk=page.pk)
    page.body = steps
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


# Rows of the table of contents without any page: enough for all that counts progress, and much faster.


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    key = factory.LazyFunction(uuid4)
    slug = factory.Sequence(lambda n: f"taught-{n}")
    number = factory.Sequence(str)
    title = factory.Sequence(lambda n: f"Taught {n}")


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = Lesson

    module = factory.SubFactory(ModuleFactory)
    key = factory.LazyFunction(uuid4)
    slug = factory.Sequence(lambda n: f"sitting-{n}")
    number = factory.Sequence(str)
    title = factory.Sequence(lambda n: f"Sitting {n}")
    minutes = 50
    digcomp = ["2.1", "PRE"]


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    lesson = factory.SubFactory(LessonFactory)
    block_id = factory.LazyFunction(uuid4)
    kind = StepKind.INSTRUCTION
    title = factory.Sequence(lambda n: f"Do thing {n}.")
    position = factory.Sequence(int)


def rows_of_steps(n: int = 3, *, module: Module | None = None) -> list[Step]:
    """The steps of a new lesson, in its module or alone in a new one."""
    lesson = LessonFactory(module=module) if module else LessonFactory()
    return StepFactory.create_batch(n, lesson=lesson)
