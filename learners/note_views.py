"""Where trainers and coordinators tell the editors what goes wrong at a step, and see that it was mended."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import library
from courses import notes as verbs
from courses.models import Lesson, Step
from learners.access import cohorts_of, may_write_notes
from learners.note_forms import NoteForm
from learners.views import signed_in
from people.access import organisations_where
from people.enums import Role
from people.models import User
from people.sent import as_row_id

View = Callable[..., HttpResponse]


def for_writers(view: View) -> View:
    """Whoever may not write finds nothing here, as if the page did not exist."""

    @wraps(view)
    @login_required
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_write_notes(signed_in(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@for_writers
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """Her own notes, and the steps of one lesson to write another about: ?lesson=12."""
    own = signed_in(request).step_notes.select_related("step__lesson__module", "done_by")
    lessons = Lesson.objects.live().filter(module__retired_at=None).select_related("module")
    chosen = as_row_id(request.GET.get("lesson", ""))
    context = {
        "notes": own,
        "lessons": lessons.order_by("module__position", "module_id", "position", "pk"),
        "chosen": chosen,
        "steps": Step.objects.live().filter(lesson__in=lessons, lesson=chosen) if chosen else [],
    }
    return render(request, "learners/notes.html", context)


@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, step_id: int) -> HttpResponse:
    person = signed_in(request)
    step = get_object_or_404(Step.objects.select_related("lesson__module"), pk=step_id)
    language = request.GET.get("language", "")
    usual = {"language": language if language in dict(settings.LANGUAGES) else "", "key": uuid4()}
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial=usual)
    if form.is_valid():
        verbs.write(step, by=person, organisation=_organisations_of(person), **form.cleaned_data)
        messages.success(request, _("Thank you. The editors see your note. Here you see when it is done."))
        return redirect("learners:notes")
    context = {
        "form": form,
        "step": step,
        "title": _title(step, request.LANGUAGE_CODE),
        "number": _number_of(step),
    }
    return render(request, "learners/note.html", context, status=422 if form.is_bound else 200)


def _title(step: Step, language: str) -> tuple[str, str]:
    """(title, its language), nearest to hers."""
    for text in library.lesson_texts(step.lesson.key, language):
        if found := text.steps.get(str(step.block_id)):
            return found.title, text.language
    return step.title, settings.LANGUAGE_CODE


def _number_of(step: Step) -> int | None:
    """Its place among the steps of today; None when it was taken away."""
    if step.retired_at:
        return None
    steps = list(Step.objects.live().filter(lesson=step.lesson_id).values_list("pk", flat=True))
    return steps.index(step.pk) + 1


def _organisations_of(person: User) -> str:
    """Where she works; a trainer may lead a cohort of an organisation that she is no member of."""
    known = organisations_where(person, Role.TRAINER, Role.COORDINATOR)
    names = [str(one) for one in known] or [str(cohort.organisation) for cohort in cohorts_of(person)]
    return ", ".join(dict.fromkeys(names))
