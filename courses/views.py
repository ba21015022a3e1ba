"""Pages that anyone may read. What is personal on them comes from tags of the room above."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from courses import library, packs
from courses.glossary import TermText, glossary
from courses.models import HomePage, InformationPage
from courses.pages import module_context, step_context

# Progress is drawn on these pages: a shared cache must not keep them, her own browser asks again.
personal = cache_control(private=True, no_cache=True)


@personal
def home(request: HttpRequest) -> HttpResponse:
    pages = HomePage.objects.live().select_related("locale")
    page = min(
        pages,
        key=lambda page: library.nearness(page.locale.language_code, request.LANGUAGE_CODE),
        default=None,
    )
    return render(
        request, "courses/home.html", {"page": page, "modules": library.modules(request.LANGUAGE_CODE)}
    )


@personal
def module(request: HttpRequest, slug: str) -> HttpResponse:
    entry = library.module(slug, request.LANGUAGE_CODE)
    if entry is None:
        return information(request, slug)
    context = module_context(entry, language=request.LANGUAGE_CODE, screen=screen_language(request))
    return show(request, "courses/module.html", context)


@personal
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    """What a phone fetches to keep the module: addresses with their bytes, and a version to compare with its own."""
    found = packs.pack_of(slug, language=request.LANGUAGE_CODE, screen=screen_language(request))
    if found is None:
        raise Http404
    files = [{"url": url, "bytes": size} for url, size in found.files]
    return JsonResponse(
        {
            "module": slug,
            "language": request.LANGUAGE_CODE,
            "title": f"{found.module.row.number}. {found.module.title}",
            "title_language": found.module.language,
            "url": reverse("courses:module", args=[slug]),
            "version": found.version,
            "bytes": found.bytes,
            "files": files,
        }
    )


@personal
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The glossary of one module in two languages, made to be printed."""
    entry = library.module(slug, request.LANGUAGE_CODE)
    if entry is None:
        return not_here(request, slug)
    found: dict[str, TermText] = {}
    for text in library.module_texts(entry.row.pk, request.LANGUAGE_CODE):
        said = (sentence for step in text.steps.values() for sentence in step.sentences)
        found |= {term.key: term for term in glossary(text.language).terms_in(said)}
    known = glossary(request.LANGUAGE_CODE).terms
    terms = [term for key, term in known.items() if key in found]
    context = {"module": entry, "terms": terms, "screen_language": screen_language(request)}
    return render(request, "courses/words.html", context)


def information(request: HttpRequest, slug: str) -> HttpResponse:
    pages = InformationPage.objects.live().filter(slug=slug).select_related("locale")
    page = min(
        pages,
        key=lambda page: library.nearness(page.locale.language_code, request.LANGUAGE_CODE),
        default=None,
    )
    if page is None:
        return not_here(request, slug)
    return render(request, "courses/information.html", {"page": page})


@personal
def lesson(request: HttpRequest, module_slug: str, lesson_slug: str) -> HttpResponse:
    reading = library.find_lesson(module_slug, lesson_slug, request.LANGUAGE_CODE)
    if reading is None:
        return not_here(request, f"{module_slug}/{lesson_slug}")
    context = {"reading": reading, "screen_language": screen_language(request)}
    return show(request, "courses/lesson.html", context)


@personal
def step(request: HttpRequest, module_slug: str, lesson_slug: str, number: int) -> HttpResponse:
    """Step n of a lesson, open to everyone; a form in it sends the learner on."""
    reading = library.find_lesson(module_slug, lesson_slug, request.LANGUAGE_CODE)
    if reading is None:
        return not_here(request, f"{module_slug}/{lesson_slug}")
    if not 1 <= number <= len(reading.steps):
        way_on = reverse("courses:lesson", args=[module_slug, lesson_slug])
        return render(
            request, "courses/no_such_step.html", {"reading": reading, "way_on": way_on}, status=404
        )
    context = step_context(
        reading, number, language=request.LANGUAGE_CODE, screen=screen_language(request),
        tried=request.GET.get("tried"),
    )  # fmt: skip
    return show(request, "courses/step.html", context)


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page for who asks, or the copy of it that a phone keeps."""
    if screen := packs.screen_asked(request):
        return packs.answer_with(
            packs.kept_page(request.path, template, context, language=request.LANGUAGE_CODE, screen=screen)
        )
    return render(request, template, context)


def screen_language(request: HttpRequest) -> str:
    """What a kept page is asked in; else set by the language middleware, which a preview request may lack."""
    chosen = getattr(request, "screen_language", settings.SCREEN_LANGUAGES[0][0])
    return packs.screen_asked(request) or chosen


def not_here(request: HttpRequest, path: str) -> HttpResponse:
    """404; says so when the page is only away for a while, because somebody may stand in the middle of it."""
    template = "courses/away.html" if library.is_away(path) else "404.html"
    return render(request, template, status=404)
