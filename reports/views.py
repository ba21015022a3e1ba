from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.spreadsheets import XLSX
from papers.views import press
from people.models import User
from reports import files, papers, tables
from reports.access import organisations_asked_by
from reports.charts import charts
from reports.forms import QuestionForm
from reports.periods import Period
from reports.questions import Answer, ask
from reports.tiles import tiles
from reports.xapi_access import stores_of


def _form(request: HttpRequest) -> QuestionForm:
    return QuestionForm(request.GET, organisations_asked_by(request))


@never_cache
@require_GET
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/overview.html", {"form": form}, status=422)
    assert isinstance(request.user, User)
    now = timezone.now()
    answer = ask(form.question(now), now=now)
    context = {
        "form": form,
        "answer": answer,
        "title": papers.title_of(answer),
        "tiles": tiles(answer),
        "parts": tables.parts(answer),
        "first_column": tables.first_column(answer),
        "notes": list(tables.notes(answer)),
        "names": ", ".join(str(figure.label) for figure in answer.left_out),
        "rule": tables.rule(),
        "as_of": tables.as_of(answer),
        "charts": charts(answer, form.cleaned_data["figure"]),
        "asked": request.GET.urlencode(),
        "keeps_records": stores_of(request.user).exists(),
    }
    return render(request, "reports/overview.html", context)


def _of_answer(view: Callable[[HttpRequest, Answer], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A file of the answer; a question that cannot be read goes back to its form."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponseBase:
        form = _form(request)
        if not form.is_valid():
            return redirect(f"{reverse('reports:overview')}?{request.GET.urlencode()}")
        now = timezone.now()
        return view(request, ask(form.question(now), now=now))

    return inner


@never_cache
@require_GET
@login_required
@_of_answer
def csv(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    response = StreamingHttpResponse(files.csv_lines(answer), content_type="text/csv; charset=utf-8")
    return named(response, "report", answer.question.period, "csv")


@never_cache
@require_GET
@login_required
@_of_answer
def xlsx(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    response = HttpResponse(files.xlsx(answer), content_type=XLSX)
    return named(response, "report", answer.question.period, "xlsx")


@require_POST
@login_required
def pdf(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return redirect(f"{reverse('reports:overview')}?{request.GET.urlencode()}")
    question = form.question(timezone.now())
    title = tables.name_of(question.period.first_month, question.period.last_month)
    return press(request, papers.REPORT.name, papers.params_of(question), title=title)


def named(response: HttpResponseBase, what: str, period: Period, ending: str) -> HttpResponseBase:
    name = f"{what}-{period.first_month:%Y-%m}-{period.last_month:%Y-%m}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
