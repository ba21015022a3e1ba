from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses import spreadsheets
from courses.spreadsheets import Sheet
from papers.views import press
from people.models import User
from reports import files
from reports.asking import asked_with
from reports.stuck import papers, tables
from reports.stuck.access import may_edit_lessons, scopes_of
from reports.stuck.forms import StuckForm
from reports.stuck.page import page_context
from reports.stuck.questions import ask

PAGE = "reports/stuck/page.html"


def _form(request: HttpRequest) -> StuckForm:
    assert isinstance(request.user, User)
    scopes = scopes_of(request.user)
    if not scopes:
        raise Http404
    return StuckForm(request.GET, scopes)


_asked = asked_with(_form, page="reports:stuck")


@never_cache
@require_GET
@login_required
def page(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = _form(request)
    if form.is_empty:
        return render(request, PAGE, {"form": form})
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    answer = ask(form.question())
    context = page_context(answer, edits=may_edit_lessons(request.user), language=request.LANGUAGE_CODE)
    return render(request, PAGE, {**context, "form": form, "asked": request.GET.urlencode()})


@never_cache
@require_GET
@login_required
@_asked
def csv(request: HttpRequest, form: StuckForm) -> HttpResponseBase:
    answer = ask(form.question())
    return spreadsheets.csv_response(tables.file_name(answer), list(tables.lines(answer)))


@never_cache
@require_GET
@login_required
@_asked
def xlsx(request: HttpRequest, form: StuckForm) -> HttpResponseBase:
    answer = ask(form.question())
    sheets = [
        Sheet(title, chain([head], rows), (28, 34, 24), "C2") for title, head, rows in tables.merged(answer)
    ]
    return spreadsheets.xlsx_response(
        tables.file_name(answer), [*sheets, files.meanings(tables.notes(answer))]
    )


@require_POST
@login_required
@_asked
def pdf(request: HttpRequest, form: StuckForm) -> HttpResponse:
    question = form.question()
    title = str(question.lesson or question.module)
    return press(request, papers.STUCK.name, papers.params_of(question), title=title)
