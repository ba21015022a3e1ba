"""Pages of ours in the editor's house. Wagtail lets only editors in."""

from itertools import groupby

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from courses import notes, pictures
from courses.models import StepNote


def step_notes(request: HttpRequest) -> HttpResponse:
    """What people who teach wrote about steps: what is open, then what was done lately."""
    _refuse_who_edits_nothing(request)
    context = {"open": notes.with_pages(notes.open_notes()), "done": notes.with_pages(notes.done_lately())}
    return render(request, "courses/admin/notes.html", context)


@require_POST
def step_note(request: HttpRequest, note_id: int) -> HttpResponse:
    """do=done, or do=undo."""
    _refuse_who_edits_nothing(request)
    note = get_object_or_404(StepNote, pk=note_id)
    if request.POST.get("do") == "undo":
        notes.reopen(note)
    else:
        notes.mark_done(note, by=request.user)
    return redirect("courses_admin:notes")


def _refuse_who_edits_nothing(request: HttpRequest) -> None:
    if not page_permission_policy.user_has_permission(request.user, "change"):
        raise PermissionDenied


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
