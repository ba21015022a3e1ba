"""Pages of ours in the editor's house. Wagtail lets only editors in."""

from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from courses import completeness, pictures


def pages_to_mend(request: HttpRequest) -> HttpResponse:
    with_hints = request.GET.get("hints") == "yes"
    pages = [page for page in completeness.pages_to_mend() if page.must_count or with_hints]
    return render(request, "courses/admin/pages_to_mend.html", {"pages": pages, "with_hints": with_hints})


def drawings(request: HttpRequest) -> HttpResponse:
    """Every drawing, by name: ?q=mail keeps those with “mail” in it, ?screen=nl shows Dutch screens."""
    wanted = request.GET.get("q", "").strip().lower()
    context = {"groups": _groups(_screen(request), wanted), "q": wanted, "screen": _screen(request)}
    return render(request, "courses/admin/drawings.html", {**context, "screens": settings.SCREEN_LANGUAGES})


def drawing_list(request: HttpRequest) -> HttpResponse:
    """The same without a page around it, for the list to choose from beside a step."""
    return render(request, "courses/admin/drawing_list.html", {"groups": _groups(_screen(request), "")})


def _screen(request: HttpRequest) -> str:
    codes = [code for code, _name in settings.SCREEN_LANGUAGES]
    wanted = request.GET.get("screen", "")
    return wanted if wanted in codes else codes[0]


def _groups(screen: str, wanted: str) -> list[tuple[str, list[tuple[str, SafeString]]]]:
    """[(module of drawings, [(name, markup)])]."""
    words = wanted.replace("-", " ").split()
    names = [name for name in pictures.names() if all(word in name for word in words)]
    names.sort(key=lambda name: (pictures.module_of(name), name))
    return [
        (module, [(name, _markup(name, screen)) for name in group])
        for module, group in groupby(names, pictures.module_of)
    ]


def _markup(name: str, screen: str) -> SafeString:
    return mark_safe(pictures.draw(name, screen, alt=name.replace("-", " ")))  # our own drawing
