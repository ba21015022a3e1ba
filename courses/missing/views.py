"""What is missing, in the editor's house. Wagtail lets only editors in."""

from collections.abc import Callable
from datetime import date
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses import links, outside_links, readability, spreadsheets
from courses.completeness import pages_to_mend
from courses.fact_checks import due_checks
from courses.missing.parts import Part, summaries
from courses.missing.pictures import picture_lacks
from courses.missing.sound import sound
from courses.missing.tables import sheets
from courses.missing.translations import coverage, languages

# As many as an afternoon holds; the file has all.
MOST_SENTENCES = 100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return _page(request, "overview", {"summaries": summaries()})


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    wanted = _part(name)
    return _page(request, wanted.value, {"part": wanted, **_CONTEXTS[wanted](request)})


@require_safe
def part_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The tables of the part one under another, an empty line between them."""
    wanted = _part(name)
    tables = sheets(wanted)
    lines = chain.from_iterable([*table.lines, []] for table in tables)
    return spreadsheets.csv_response(_name(wanted.value), lines)


@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    return spreadsheets.xlsx_response(
        _name("missing"), (sheet for wanted in Part for sheet in sheets(wanted))
    )


def _part(name: str) -> Part:
    if name not in Part.values:
        raise Http404
    return Part(name)


def _name(what: str) -> str:
    today: date = timezone.localdate()
    return f"stepin-{what}-{today:%Y-%m-%d}"


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"courses/admin/missing/{template}.html", {"parts": Part, **context})


def _lessons(request: HttpRequest) -> dict[str, Any]:
    with_hints = request.GET.get("hints") == "yes"
    pages = [page for page in pages_to_mend() if page.must_count or with_hints]
    return {"pages": pages, "with_hints": with_hints}


def _translations(request: HttpRequest) -> dict[str, Any]:
    may_send = request.user.has_perm("wagtail_localize.submit_translation")  # type: ignore[union-attr]
    return {"coverage": coverage(), "languages": languages(), "may_send": may_send}


def _sound(request: HttpRequest) -> dict[str, Any]:
    return {"sound": sound()}


def _pictures(request: HttpRequest) -> dict[str, Any]:
    return {"lacks": list(picture_lacks(pages_to_mend()))}


def _facts(request: HttpRequest) -> dict[str, Any]:
    return {"checks": due_checks()}


def _sentences(request: HttpRequest) -> dict[str, Any]:
    lessons = readability.lesson_readings()
    hardest = readability.hardest(lessons)
    return {
        "lessons": [
            (lesson, [(code, lesson.readings.get(code)) for code in readability.languages()])
            for lesson in lessons
        ],
        "languages": readability.languages(),
        "hardest": hardest[:MOST_SENTENCES],
        "more": max(0, len(hardest) - MOST_SENTENCES),
    }


def _links(request: HttpRequest) -> dict[str, Any]:
    return {
        "inside": links.broken_links(),
        "outside": outside_links.broken(),
        "unsure": outside_links.unsure(),
        "counts": outside_links.counts(),
        "are_visited": settings.CHECK_LINKS,
    }


_CONTEXTS: dict[Part, Callable[[HttpRequest], dict[str, Any]]] = {
    Part.LESSONS: _lessons,
    Part.TRANSLATIONS: _translations,
    Part.SOUND: _sound,
    Part.PICTURES: _pictures,
    Part.FACTS: _facts,
    Part.SENTENCES: _sentences,
    Part.LINKS: _links,
}
