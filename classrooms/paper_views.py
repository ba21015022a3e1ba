"""Buttons that print: each asks for a paper and leads to the page where it will be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from classrooms import papers
from classrooms.access import sessions_of
from learners.access import cohorts_of
from learners.views import for_trainers, signed_in
from papers.kinds import Kind
from papers.views import press


@require_POST
@for_trainers
def sheet(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    return press(request, papers.SHEET.name, {"cohort": cohort.pk}, title=cohort.name)


@require_POST
@for_trainers
def poster(request: HttpRequest, session_id: int) -> HttpResponse:
    return _about_session(request, session_id, papers.POSTER)


@require_POST
@for_trainers
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    return _about_session(request, session_id, papers.ATTENDANCE)


def _about_session(request: HttpRequest, session_id: int, kind: Kind) -> HttpResponse:
    session = get_object_or_404(sessions_of(signed_in(request)), pk=session_id)
    return press(request, kind.name, {"session": session.pk}, title=str(session))
