"""The trainer watches a practice, and ticks who did it alone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from classrooms import register, supervising
from classrooms.access import sessions_of
from classrooms.models import Session
from courses import library
from courses.enums import StepKind
from courses.models import Module, Step
from learners.views import for_trainers, signed_in
from people.sent import as_row_id


@require_http_methods(["GET", "POST"])
@for_trainers
def practice(request: HttpRequest, session_id: int) -> HttpResponse:
    """One module of this class: its practices, and who has done them while she watched."""
    session = get_object_or_404(sessions_of(signed_in(request)), pk=session_id)
    modules = library.modules(request.LANGUAGE_CODE)
    module = _module(request, session)
    people = [line.learner for line in register.lines(session)]
    if request.method == "POST":
        learner = next((one for one in people if one.pk == as_row_id(request.POST.get("learner", ""))), None)
        if learner is None:
            raise Http404
        by, now = signed_in(request), timezone.now()
        if request.POST.get("do") == "withdraw":
            supervising.withdraw(learner, module, by=by, now=now)
            messages.success(request, _("Taken back: %(name)s.") % {"name": learner})
        else:
            supervising.tick(session, learner, module, by=by, now=now)
            messages.success(request, _("Saved: %(name)s did it alone.") % {"name": learner})
        return redirect(f"{request.path}?module={module.pk}")
    ticked = supervising.supervised(module, people)
    practices = Step.objects.live().filter(lesson__module=module, kind=StepKind.PRACTICE)
    with_practice = set(practices.values_list("lesson", flat=True))
    context = {
        "session": session,
        "module": module,
        "modules": modules,
        "rows": [(person, ticked.get(person.pk)) for person in people],
        "lessons": [
            entry
            for entry in library.lessons([module.pk], request.LANGUAGE_CODE)
            if entry.row.pk in with_practice
        ],
    }
    return render(request, "classrooms/practice.html", context)


def _module(request: HttpRequest, session: Session) -> Module:
    """The one asked for, else the one that was planned, else the first."""
    if wanted := as_row_id(request.GET.get("module", "") or request.POST.get("module", "")):
        return get_object_or_404(Module.objects.live(), pk=wanted)
    return session.module or get_object_or_404(Module.objects.live().order_by("position")[:1])
