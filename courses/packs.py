"""What a phone keeps of a module, to learn without network: its pages, and the files they need.

A kept page is the same for everybody: no name, no progress, no token, in one help and one screen language. Its address
is the usual one with `?pack=` and the screen language; the phone keeps it under the usual one.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache as remembered
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from courses import library
from courses.models import Lesson, LessonPage, ModulePage, Step
from courses.pages import module_context, step_context

ASK = "pack"
# Without a value Django's {% csrf_token %} draws nothing.
NO_TOKEN = ""
LINKED = re.compile(r'(?:src|href)="([^"?#]+)')
# Fetched by other scripts, so that no page names them.
ALSO = ("js/outbox.js", "js/giving.js")
# What pages are made of beside their texts.
MADE_OF = (
    "templates",
    "static/css",
    "static/js",
    "static/simulators",
    "courses",
    "learners/templatetags",
    "locale",
)
SUFFIXES = {".html", ".svg", ".css", ".js", ".py", ".yaml", ".mo"}
REMEMBERED_SECONDS = int(timedelta(days=30).total_seconds())

Source = Callable[[Sequence[UUID], str], Iterable[tuple[str, int]]]
_sources: list[Source] = []


def offer_files(source: Source) -> None:
    """Add files to every pack: `source(lesson keys, help language)` gives (address, bytes) of each.

    Called once when Django starts. The addresses must change when the files do. Asked at every look at a pack, so it
    costs the same number of queries however many lessons there are.
    """
    _sources.append(source)


@dataclass(frozen=True, slots=True)
class Pack:
    """`files` are (address, bytes as kept); `version` changes when any of them may have."""

    module: library.Entry
    version: str
    files: tuple[tuple[str, int], ...]

    @property
    def bytes(self) -> int:
        return sum(size for _, size in self.files)


def pack_of(slug: str, *, language: str, screen: str) -> Pack | None:
    """None when no such module is published.

    The same few queries however long the module is; the pages themselves are only drawn, to be weighed, when
    something was published since.
    """
    entry = library.module(slug, language)
    if entry is None:
        return None
    lessons = list(
        Lesson.objects.live()
        .filter(module=entry.row)
        .values_list("key", "slug", "number", "title", "position")
    )
    steps = list(
        Step.objects.live()
        .filter(lesson__module=entry.row, lesson__retired_at=None)
        .order_by("lesson__position", "lesson_id", "position", "pk")
        .values_list("lesson__slug", "block_id", "kind", "title")
    )
    keys = [key for key, *_ in lessons]
    offered = [pair for source in _sources for pair in source(keys, language)]
    made_of = (release(), language, screen, _published(entry.row.key, keys), lessons, steps, offered)
    version = sha256(repr(made_of).encode()).hexdigest()[:16]
    place = f"pack-{slug}-{version}"
    files = remembered.get(place)
    if files is None:
        with_steps = dict.fromkeys(lesson for lesson, *_ in steps)
        files = _weigh(entry, list(with_steps), dict(offered), language=language, screen=screen)
        remembered.set(place, files, REMEMBERED_SECONDS)
    return Pack(entry, version, files)


def _published(module: UUID, lessons: list[UUID]) -> list[Any]:
    """When each page was last published, in every language: what is missing in one is read in another."""
    return [
        list(
            model.objects.live()
            .filter(translation_key__in=keys)
            .order_by("pk")
            .values_list("pk", "last_published_at")
        )
        for model, keys in ((ModulePage, [module]), (LessonPage, lessons))
    ]


@cache
def release() -> str:
    """Fingerprint of the code and drawings that make the pages; a new release may draw each of them otherwise."""
    digest = sha256()
    paths = (path for folder in MADE_OF for path in Path(settings.BASE_DIR, folder).rglob("*"))
    for path in sorted(path for path in paths if path.suffix in SUFFIXES):
        digest.update(path.read_bytes())
    return digest.hexdigest()


# Pages ──────────────────────────────────────────────────────────────────────


def _weigh(
    module: library.Entry, lessons: list[str], offered: dict[str, int], *, language: str, screen: str
) -> tuple[tuple[str, int], ...]:
    """(address, bytes) of every page, then of every file that they name and of those offered."""
    pages = dict(_pages(module, lessons, language=language, screen=screen))
    named = {url for markup in pages.values() for url in LINKED.findall(markup) if _is_file(url)}
    named.update(static(path) for path in ALSO)
    sizes = {url: _size(url) for url in sorted(named)} | offered
    return (
        *((f"{path}?{ASK}={screen}", len(markup.encode())) for path, markup in pages.items()),
        *sizes.items(),
    )


def _pages(
    module: library.Entry, lessons: list[str], *, language: str, screen: str
) -> Iterator[tuple[str, str]]:
    """(address, markup) of the module's page, its lessons' pages and all their steps, in order."""
    speaks = {"language": language, "screen": screen}
    slug = module.row.slug
    path = reverse("courses:module", args=[slug])
    yield path, kept_page(path, "courses/module.html", module_context(module, **speaks), **speaks)
    for lesson in lessons:
        reading = library.find_lesson(slug, lesson, language)
        if reading is None:  # unpublished this very second
            continue
        path = reverse("courses:lesson", args=[slug, lesson])
        whole = {"reading": reading, "screen_language": screen}
        yield path, kept_page(path, "courses/lesson.html", whole, **speaks)
        for number in range(1, len(reading.steps) + 1):
            context = step_context(reading, number, **speaks)
            yield context["here"], kept_page(context["here"], "courses/step.html", context, **speaks)


def screen_asked(request: HttpRequest) -> str:
    """The screen language in which a kept page is asked for; empty for the usual page."""
    asked = request.GET.get(ASK, "")
    return asked if asked in dict(settings.SCREEN_LANGUAGES) else ""


def kept_page(path: str, template: str, context: dict[str, Any], *, language: str, screen: str) -> str:
    """The page as nobody sees it: the request it is drawn for never had a cookie.

    Speaks the language that is active; `language` is its name.
    """
    nobody = HttpRequest()
    nobody.method, nobody.path, nobody.path_info = "GET", path, path
    nobody.user = AnonymousUser()
    nobody.LANGUAGE_CODE = language
    nobody.screen_language = screen  # type: ignore[attr-defined]
    return render_to_string(template, {**context, "is_kept": True, "csrf_token": NO_TOKEN}, nobody)


def answer_with(markup: str) -> HttpResponse:
    """A kept page on its way to the phone: no cache but the phone's own pack may hold it."""
    response = HttpResponse(markup)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


# Files ──────────────────────────────────────────────────────────────────────


def _is_file(url: str) -> bool:
    return url.startswith((settings.STATIC_URL, settings.MEDIA_URL))


def _size(url: str) -> int:
    """Bytes of a static or uploaded file; 0 for one that is gone, which no page should name."""
    try:
        if url.startswith(settings.MEDIA_URL):
            return default_storage.size(url.removeprefix(settings.MEDIA_URL))
        return _static_size(url.removeprefix(settings.STATIC_URL))
    except FileNotFoundError:
        return 0


def _static_size(name: str) -> int:
    """Of the collected file, which carries a fingerprint; of the source while nothing is collected."""
    if staticfiles_storage.exists(name):
        return staticfiles_storage.size(name)
    found = finders.find(name)
    return Path(found).stat().st_size if found else 0
