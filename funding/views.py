"""A learner's own answers, on pages that are hers alone."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funding import actions, papers
from funding.access import asks, leaving, projects_on, sheet_of
from funding.forms import PaperForm, SheetForm
from funding.models import Project, Sheet
from funding.questions import ON_BEGINNING, ON_LEAVING, Question
from learners.access import cohorts_of
from learners.views import for_a_person, for_trainers, signed_in
from papers.views import press
from people.access import current_person
from people.models import User


def _hers(request: HttpRequest, project_id: int) -> tuple[User, Project, Sheet | None]:
    """One that asks her, or has her answers; any other is a 404."""
    person = current_person(request)
    assert person is not None
    project = get_object_or_404(Project.objects.open().select_related("organisation"), pk=project_id)
    sheet = sheet_of(project, person)
    if sheet is None and not asks(project, person):
        raise Http404
    return person, project, sheet


@require_http_methods(["GET", "POST"])
@for_a_person
def questions(request: HttpRequest, project_id: int) -> HttpResponse:
    return _page(request, project_id, ON_BEGINNING)


@require_http_methods(["GET", "POST"])
@for_a_person
def on_leaving(request: HttpRequest, project_id: int) -> HttpResponse:
    return _page(request, project_id, ON_LEAVING)


def _page(request: HttpRequest, project_id: int, asked: Sequence[Question]) -> HttpResponse:
    person, project, sheet = _hers(request, project_id)
    if asked is ON_LEAVING and project.pk not in leaving([project], person, timezone.localdate()):
        raise Http404
    form = SheetForm(request.POST if request.method == "POST" else None, asked, sheet)
    if form.is_bound and form.is_valid():
        try:
            actions.save(project, person, form.answers())
        except actions.ProjectClosed:
            raise Http404 from None
        messages.success(request, _("Thank you. Your answers are saved."))
        return redirect("learners:me")
    context = {"project": project, "form": form, "sheet": sheet, "is_leaving": asked is ON_LEAVING}
    return render(request, "funding/questions.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_a_person
def nothing(request: HttpRequest, project_id: int) -> HttpResponse:
    """No, thank you; or: I take it all back."""
    person, project, sheet = _hers(request, project_id)
    try:
        actions.say_nothing(project, person)
    except actions.ProjectClosed:
        raise Http404 from None
    if sheet is None:
        messages.success(request, _("Fine. We do not ask again."))
    else:
        messages.success(request, _("Your answers are deleted. We do not ask again."))
    return redirect("learners:me")


@require_POST
@for_trainers
def paper(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """The questions to be filled in by hand."""
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    form = PaperForm(request.POST, projects=projects_on(cohort))
    if not form.is_valid():
        raise Http404
    project = form.cleaned_data["project"]
    params = {"cohort": cohort.pk, "project": project.pk, "language": form.cleaned_data["language"]}
    return press(request, papers.FORM.name, params, title=f"{project} · {cohort}")
