from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from papers import actions, kinds
from papers.enums import State
from papers.models import PrintJob
from people.models import User
from people.sent import as_key

SECONDS_UNTIL_NEXT_LOOK = 2


def press(request: HttpRequest, kind: str, params: dict[str, Any], *, title: str) -> HttpResponse:
    """What a button that prints answers (templates/papers/button.html): the page of the job it asked for."""
    assert isinstance(request.user, User)
    key = as_key(request.POST.get("key", "")) or uuid4()
    try:
        return redirect(actions.ask(request.user, kind, params, title=title, key=key))
    except actions.MayNot:
        raise Http404 from None


def _job(request: HttpRequest, key: UUID) -> PrintJob:
    """Her own, as long as it lasts and she may have it: a strange one is a 404."""
    assert isinstance(request.user, User)
    hers = request.user.print_jobs.fetchable(now=timezone.now()).select_related("owner")
    job = get_object_or_404(hers, pk=key)
    if not kinds.may_have(job):
        raise Http404
    return job


@never_cache
@require_GET
@login_required
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is. The page looks again by itself: with a script in place, without one as a whole."""
    job = _job(request, key)
    template = "papers/job_live.html" if "live" in request.GET else "papers/job.html"
    kind = kinds.kind_of(job)
    context = {
        "job": job,
        "label": kind.title,
        "is_export": kind.is_export,
        "state": job.state,
        "seconds": SECONDS_UNTIL_NEXT_LOOK,
    }
    return render(request, template, context)


@never_cache
@require_GET
@login_required
def file(request: HttpRequest, key: UUID, ending: str) -> HttpResponse | FileResponse:
    job = _job(request, key)
    if job.state != State.READY:
        return redirect(job)
    if ending != job.ending:
        raise Http404
    try:
        file = job.file.open()
    except FileNotFoundError:
        # A restored backup has the row and not the file; what it was made from may be forgotten.
        job.delete()
        raise Http404 from None
    is_export = kinds.kind_of(job).is_export
    response = FileResponse(file, as_attachment=is_export or "download" in request.GET, filename=job.filename)
    if is_export:
        # It is small already, and a browser that knows its size says how long it takes.
        response["Content-Encoding"] = "identity"
    return response


@require_POST
@login_required
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    job = _job(request, key)
    actions.try_again(job)
    return redirect(job)
