"""Pages that anyone may read. What is personal on them comes from tags of the room above."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from courses import library
from courses.models import HomePage, InformationPage
from courses.pages import step_context

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
    lines, language = library.can_do(entry.row.key, request.LANGUAGE_CODE)
    context = {"module": entry, "can_do": lines, "can_do_language": language}
    return render(request, "courses/module.html", {**context, "screen_language": screen_language(request)})


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
    return render(
        request, "courses/lesson.html", {"reading": reading, "screen_language": screen_language(request)}
    )


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
    return render(request, "courses/step.html", context)


def screen_language(request: HttpRequest) -> str:
    """Set by the language middleware; a preview request may lack it."""
    return getattr(request, "screen_language", settings.SCREEN_LANGUAGES[0][0])


def not_here(request: HttpRequest, path: str) -> HttpResponse:
    """404; says so when the page is only away for a while, because somebody may stand in the middle of it."""
    template = "courses/away.html" if library.is_away(path) else "404.html"
    return render(request, template, status=404)
