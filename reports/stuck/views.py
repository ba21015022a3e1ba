from collections.abc import Callable
from functools import wraps
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses import spreadsheets
from courses.spreadsheets import XLSX, Sheet
from papers.views import press
from people.models import User
from reports import files
from reports.stuck import papers, tables
from reports.stuck.access import may_edit_lessons, scopes_of
from reports.stuck.forms import StuckForm
from reports.stuck.page import page_context
from reports.stuck.questions import Answer, ask

PAGE = "reports/stuck/page.html"


def _form(request: HttpRequest) -> StuckForm:
    assert isinstance(request.user, User)
    scopes = scopes_of(request.user)
    if not scopes:
        raise Http404
    return StuckForm(request.GET, scopes)


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


def _of_answer(view: Callable[[HttpRequest, Answer], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A file of the answer; a question that cannot be read goes back to its form."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponseBase:
        form = _form(request)
        if not form.is_valid():
            return redirect(f"{reverse('reports:stuck')}?{request.GET.urlencode()}")
        return view(request, ask(form.question()))

    return inner


@never_cache
@require_GET
@login_required
@_of_answer
def csv(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    content = spreadsheets.csv_lines(list(tables.lines(answer)))
    return _named(StreamingHttpResponse(content, content_type="text/csv; charset=utf-8"), answer, "csv")


@never_cache
@require_GET
@login_required
@_of_answer
def xlsx(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    sheets = [
        Sheet(title, chain([head], rows), (28, 34, 24), "C2") for title, head, rows in tables.merged(answer)
    ]
    content = spreadsheets.xlsx([*sheets, files.meanings(tables.notes(answer))])
    return _named(HttpResponse(content, content_type=XLSX), answer, "xlsx")


@require_POST
@login_required
def pdf(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('reports:stuck')}?{request.GET.urlencode()}")
    question = form.question()
    return press(
        request, papers.STUCK.name, papers.params_of(question), title=str(question.lesson or question.module)
    )


def _named(response: HttpResponseBase, answer: Answer, ending: str) -> HttpResponseBase:
    name = f"{tables.file_name(answer)}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
