"""The call list of a class: on screen with a tap for each call, or on paper."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from classrooms import calling
from classrooms.access import sessions_of
from classrooms.calling_forms import CallForm
from learners.views import for_trainers, signed_in
from people.models import User
from reminders.actions import resume_calls, stop_calls


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainers
def calls(request: HttpRequest, session_id: int) -> HttpResponse:
    trainer, now = signed_in(request), timezone.now()
    session = get_object_or_404(sessions_of(trainer).select_related("place"), pk=session_id)
    if session.ended_at(now):
        return redirect("classrooms:board", session.pk)
    if request.method == "POST":
        note(
            request,
            CallForm(request.POST, learners=session.cohort.learners.all()),
            reached=lambda person: calling.reached(session, person, by=trainer, now=now),
            not_reached=lambda person: calling.not_reached(session, person),
        )
        return redirect("classrooms:calls", session.pk)
    rows = calling.call_rows(session, trainer=trainer, now=now)
    context = {
        "session": session,
        "to_call": [row for row in rows if row.wants_calls and not row.is_reached],
        "reached": [row for row in rows if row.wants_calls and row.is_reached],
        "without_calls": [row for row in rows if not row.wants_calls],
    }
    return render(request, "classrooms/calls.html", context)


Note = Callable[[User], None]


def note(request: HttpRequest, form: CallForm, *, reached: Note, not_reached: Note) -> None:
    """Write down what became of a call, on whichever list it stood, and say so."""
    if not form.is_valid():
        messages.error(request, _("This learner is not in the cohort any more."))
        return
    person, name = form.cleaned_data["learner"], {"name": form.cleaned_data["learner"]}
    match form.cleaned_data["do"]:
        case "reached":
            reached(person)
            messages.success(request, _("%(name)s: reached.") % name)
        case "not_reached":
            not_reached(person)
            messages.success(request, _("%(name)s: not reached yet.") % name)
        case "stop":
            stop_calls(person)
            messages.success(request, _("%(name)s gets no more calls.") % name)
        case "resume":
            resume_calls(person)
            messages.success(request, _("%(name)s can be called again.") % name)
