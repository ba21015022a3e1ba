"""Where editors and trainers record voices for lessons; what they record is heard by everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses import recordings, sound_files
from courses.library import lesson_texts, nearness
from courses.models import Lesson
from courses.reading import LessonText
from learners.access import may_record
from learners.sound_forms import SoundForm
from learners.views import signed_in

View = Callable[..., HttpResponse]


def for_recorders(view: View) -> View:
    """Whoever may not record finds nothing here, as if the page did not exist."""

    @wraps(view)
    @login_required
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_record(signed_in(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@for_recorders
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """How much of each lesson has a voice, in one language at a time: ?language=ti."""
    codes = recordings.languages()
    language = request.GET.get("language", "")
    language = language if language in codes else codes[0]
    found = recordings.counts()
    context = {
        "language": language,
        "sums": [(code, _percent(found, code)) for code in codes],
        "rows": [(row.lesson, _text(row, request.LANGUAGE_CODE), row.counts[language]) for row in found],
    }
    return render(request, "learners/sound.html", context)


def _percent(found: list[recordings.LessonCounts], language: str) -> int:
    """Of all texts, how many have a voice: rounded down, so that 100 means all."""
    total = sum(row.counts[language].total for row in found)
    return 100 * sum(row.counts[language].recorded for row in found) // total if total else 0


def _text(row: recordings.LessonCounts, language: str) -> LessonText | None:
    """For its title; None while no page of the lesson is published."""
    return min(row.texts, key=lambda text: nearness(text.language, language), default=None)


@for_recorders  # type: ignore[arg-type]  # django-csp knows views without arguments only
@require_http_methods(["GET", "HEAD", "POST"])
# A recording is heard in the page before it is sent.
@csp_update({"media-src": [SELF, "blob:"]})  # type: ignore[arg-type]
def lesson(request: HttpRequest, lesson_id: int, language: str) -> HttpResponse:
    """The texts of a lesson one under another; a POST keeps, confirms or deletes the voice of one of them."""
    if language not in recordings.languages():
        raise Http404
    shown = get_object_or_404(Lesson.objects.live().select_related("module"), pk=lesson_id)
    steps = recordings.lines_of(shown, language)
    context = {
        "lesson": shown,
        "text": next(
            iter(lesson_texts(shown.key, request.LANGUAGE_CODE)), LessonText("", shown.title, "", "")
        ),
        "language": language,
        "languages": recordings.languages(),
        "steps": steps,
        "accept": ",".join([f".{extension}" for extension in sound_files.TYPES] + ["audio/*"]),
        "most_seconds": sound_files.MOST_SECONDS,
    }
    if request.method != "POST":
        return render(request, "learners/sound_lesson.html", context)
    line = next(
        (line for step in steps for line in step.lines if line.part.id == request.POST.get("part")), None
    )
    if line is None:
        messages.error(request, _("This text is gone. The lesson was changed."))
        return redirect("learners:sound_lesson", lesson_id, language)
    form = SoundForm(request.POST, request.FILES)
    try:
        _do(form, shown, line, language, request)
    except sound_files.NotUsable as reason:
        wrong = {"wrong_part": line.part.id, "wrong": str(reason)}
        return render(request, "learners/sound_lesson.html", {**context, **wrong}, status=422)
    return redirect(f"{reverse('learners:sound_lesson', args=[lesson_id, language])}#part-{line.part.id}")


def _do(form: SoundForm, lesson: Lesson, line: recordings.Line, language: str, request: HttpRequest) -> None:
    """Raises NotUsable. Deleting what is gone and confirming what nobody recorded do nothing."""
    if not form.is_valid():
        raise sound_files.NotUsable(" ".join(error for errors in form.errors.values() for error in errors))
    wish = form.cleaned_data["wish"]
    if wish == SoundForm.KEEP:
        content = form.cleaned_data["sound"].read()
        recordings.keep(lesson, line.part, language, content, by=signed_in(request))
        messages.success(request, _("The recording is saved. Learners can hear it now."))
    elif line.recording and wish == SoundForm.DELETE:
        recordings.throw_away(line.recording)
        messages.success(request, _("The recording is deleted."))
    elif line.recording and wish == SoundForm.FITS:
        recordings.confirm(line.recording, line.part)
        messages.success(request, _("Thank you. Learners hear this recording."))
