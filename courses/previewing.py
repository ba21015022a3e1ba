"""What an editor sees before it is published: the learners' templates, filled from the page in her form."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

from csp.constants import NONE
from csp.utils import build_policy
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from courses import library
from courses.models import HomePage, InformationPage, Lesson, LessonPage, Module, ModulePage
from courses.pages import step_context
from courses.reading import LessonText, step_text

WHOLE_LESSON = ""


def preview(page: Page, request: HttpRequest, mode: str) -> HttpResponse:
    """The page as a visitor without any past would see it."""
    language = page.locale.language_code
    step, _dot, screen = mode.partition(".")
    _be_a_visitor(request, language, screen or default_screen(language))
    with override(language):
        template, context = _CONTENTS[type(page)](page, request, step)
        response = render(request, template, context)
    # The editor must not become a learner by trying the buttons: in a preview no form goes anywhere.
    response["Content-Security-Policy"] = build_policy(replace={"form-action": [NONE]})
    return response


def _be_a_visitor(request: HttpRequest, language: str, screen: str) -> None:
    """Without cookies nobody is signed in and no guest is known: nothing personal can be shown."""
    request.user = AnonymousUser()
    request.COOKIES = {}
    request.LANGUAGE_CODE = language
    request.screen_language = screen  # type: ignore[attr-defined]


def default_screen(language: str) -> str:
    codes = [code for code, _name in settings.SCREEN_LANGUAGES]
    return language if language in codes else codes[0]


def lesson_modes(page: LessonPage) -> list[tuple[str, Any]]:
    """[(mode, label)]: the lesson's own page, each step, and each step with the other screen languages."""
    # The lesson's own page asks for its row in the table of contents, made by the first publication.
    whole = [(WHOLE_LESSON, _("The lesson"))] if page.live or page.first_published_at or not page.body else []
    return [*whole, *_step_modes(page)]


def _step_modes(page: LessonPage) -> Iterator[tuple[str, str]]:
    own = default_screen(page.locale.language_code) if page.locale_id else default_screen("")
    titles = [
        (block.get("id") or "", f"{number}. {block['value'].get('title', '')}")
        for number, block in enumerate(page.body.raw_data, 1)
    ]
    yield from titles
    for screen, name in settings.SCREEN_LANGUAGES:
        if screen != own:
            yield from ((f"{block}.{screen}", f"{name}: {title}") for block, title in titles)


def _home(page: HomePage, request: HttpRequest, mode: str) -> tuple[str, dict[str, Any]]:
    return page.template, {"page": page, "modules": library.modules(request.LANGUAGE_CODE)}


def _module(page: ModulePage, request: HttpRequest, mode: str) -> tuple[str, dict[str, Any]]:
    row = Module.objects.filter(key=page.translation_key).first() or Module(key=page.translation_key)
    row.slug, row.number, row.title = page.slug, page.number, page.title
    language = request.LANGUAGE_CODE
    return page.template, {
        "module": library.Entry(row, page.title, page.summary, language, page.picture, page.alt),
        "can_do": [str(child.value) for child in page.can_do],
        "can_do_language": language,
        "screen_language": request.screen_language,  # type: ignore[attr-defined]
    }


def _information(page: InformationPage, request: HttpRequest, mode: str) -> tuple[str, dict[str, Any]]:
    return page.template, {"page": page}


def _lesson(page: LessonPage, request: HttpRequest, mode: str) -> tuple[str, dict[str, Any]]:
    """A step that is gone since the editor opened the list shows the lesson instead."""
    reading, screen = reading_of(page), request.screen_language  # type: ignore[attr-defined]
    number = next((row.number for row in reading.steps if row.block_id == mode), 0)
    if not number and not reading.lesson_id:
        number = min(1, len(reading.steps))
    if not number and not reading.steps:
        return "courses/admin/no_steps.html", {"page": page}
    if not number:
        return page.template, {"reading": reading, "screen_language": screen}
    return "courses/step.html", step_context(reading, number, language=request.LANGUAGE_CODE, screen=screen)


_CONTENTS: dict[type[Page], Callable[[Any, HttpRequest, str], tuple[str, dict[str, Any]]]] = {
    HomePage: _home,
    ModulePage: _module,
    LessonPage: _lesson,
    InformationPage: _information,
}


def reading_of(page: LessonPage) -> library.Reading:
    """The lesson as this page says it, saved or not; the other languages as they are published."""
    page.body.get_prep_value()  # gives an id to a step that was never saved
    module = page.get_parent()
    text = library.text_of(page, module.title)
    others = library.lesson_texts(page.translation_key, text.language)
    row = Lesson.objects.filter(key=page.translation_key).first()
    return library.Reading(
        lesson_id=row.pk if row else 0,
        key=page.translation_key,
        number=page.number,
        slug=page.slug,
        minutes=page.minutes,
        module_id=row.module_id if row else 0,
        module_slug=module.slug,
        steps=tuple(
            library.StepRow(0, str(child.id), child.block_type, number, child.value["title"])
            for number, child in enumerate(page.body, 1)
        ),
        texts=(text, *(other for other in others if other.language != text.language)),
        sounds=library.sounds_of(page.translation_key),
    )


def block_context(kind: str, value: Any) -> dict[str, Any]:
    """For the picture of a kind of step in the editor's list: a lesson of this one step."""
    language, block = settings.LANGUAGE_CODE, str(uuid4())
    text = LessonText(language, "StepIn", "", "", {block: step_text(kind, block, value)})
    row = library.StepRow(0, block, kind, 1, value["title"])
    reading = library.Reading(0, uuid4(), "", "lesson", 0, 0, "module", (row,), (text,))
    return step_context(reading, 1, language=language, screen=default_screen(language))
