"""A coordinator's projects that a funder pays: what they ask, and what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses import spreadsheets
from courses.spreadsheets import Line
from funding import actions
from funding.access import projects_of
from funding.models import Project
from learners.views import signed_in
from papers.views import press
from people.models import Organisation
from reports import files, funding_papers, funding_tables, tables
from reports.access import organisations_of
from reports.funding import Table, table_of
from reports.funding_forms import ReportedProjectForm


def _project(request: HttpRequest, project_id: int) -> Project:
    return get_object_or_404(projects_of(signed_in(request)), pk=project_id)


def _open(request: HttpRequest, project_id: int) -> Project:
    """One that can still be changed."""
    return get_object_or_404(projects_of(signed_in(request)).open(), pk=project_id)


@never_cache
@require_GET
@login_required
def projects(request: HttpRequest) -> HttpResponse:
    organisations = organisations_of(signed_in(request))
    if not organisations:
        raise Http404
    context = {"organisations": organisations, "projects": projects_of(signed_in(request))}
    return render(request, "reports/funding_projects.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, organisation_id: int) -> HttpResponse:
    mine = {organisation.pk: organisation for organisation in organisations_of(signed_in(request))}
    if organisation_id not in mine:
        raise Http404
    return _form(request, Project(), mine[organisation_id])


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, project_id: int) -> HttpResponse:
    if request.method == "GET":
        project = _open(request, project_id)
        return _form(request, project, project.organisation)
    hers = projects_of(signed_in(request)).open()
    # Held until it is written: meanwhile nobody answers for the first time, and nothing closes it.
    with transaction.atomic():
        project = get_object_or_404(hers.select_for_update(of=("self",)), pk=project_id)
        return _form(request, project, project.organisation)


def _form(request: HttpRequest, project: Project, organisation: Organisation) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ReportedProjectForm(sent, instance=project, organisation=organisation, now=timezone.now())
    if form.is_bound and form.is_valid():
        saved = form.save()
        return redirect("reports:funding_project", saved.pk)
    context = {"form": form, "organisation": organisation, "project": project}
    return render(request, "reports/funding_form.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_GET
@login_required
def project(request: HttpRequest, project_id: int) -> HttpResponse:
    shown = _project(request, project_id)
    table = table_of(shown, now=timezone.now())
    context = {
        "project": shown,
        "cohorts": shown.its_cohorts.order_by("name", "pk"),
        "is_over": shown.ends_on < timezone.localdate(),
        "table": table,
        "genders": funding_tables.genders(),
        "parts": funding_tables.parts(table),
        "on_leaving": funding_tables.on_leaving(table),
        "notes": list(funding_tables.notes(table)),
        "not_here": funding_tables.not_here(),
        "period": funding_tables.period(shown),
        "as_of": funding_tables.as_of(table),
        "rule": tables.rule(),
        "why_empty": funding_tables.why_empty(table),
    }
    return render(request, "reports/funding_project.html", context)


@require_POST
@login_required
def switch(request: HttpRequest, project_id: int) -> HttpResponse:
    shown = _open(request, project_id)
    is_on = request.POST.get("do") == "on"
    actions.switch(shown, is_on=is_on)
    messages.success(request, _("The questions are on.") if is_on else _("The questions are off."))
    return redirect("reports:funding_project", shown.pk)


@never_cache
@require_GET
@login_required
def csv(request: HttpRequest, project_id: int) -> HttpResponseBase:
    table = table_of(_project(request, project_id), now=timezone.now())
    lines = files.with_meanings(_lines(table), funding_tables.notes(table))
    return spreadsheets.csv_response(funding_papers.name_of(table.project), lines)


@never_cache
@require_GET
@login_required
def xlsx(request: HttpRequest, project_id: int) -> HttpResponseBase:
    table = table_of(_project(request, project_id), now=timezone.now())
    sheets = files.sheets(_lines(table), funding_tables.notes(table))
    return spreadsheets.xlsx_response(funding_papers.name_of(table.project), sheets)


def _lines(table: Table) -> list[Line]:
    return [funding_tables.head(), *funding_tables.lines(table)]


@require_POST
@login_required
def pdf(request: HttpRequest, project_id: int) -> HttpResponse:
    shown = _project(request, project_id)
    return press(request, funding_papers.FUNDING.name, {"project": shown.pk}, title=shown.name)
