from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses import spreadsheets
from papers.views import press
from people.models import User
from reports import files, papers, tables
from reports.access import organisations_asked_by
from reports.asking import asked_with
from reports.charts import charts
from reports.forms import QuestionForm
from reports.questions import Answer, ask
from reports.tiles import side_by_side, tiles
from reports.xapi_access import stores_of


def _form(request: HttpRequest) -> QuestionForm:
    return QuestionForm(request.GET, organisations_asked_by(request))


_asked = asked_with(_form, page="reports:overview")


@never_cache
@require_GET
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/overview.html", {"form": form}, status=422)
    assert isinstance(request.user, User)
    now = timezone.now()
    answer = ask(replace(form.question(now), rows_of=form.rows_of), now=now)
    glance = tiles(answer)
    pictures = charts(answer, form.cleaned_data["figure"])
    context = {
        "form": form,
        "answer": answer,
        "title": papers.title_of(answer),
        "tiles": glance,
        "side_by_side": side_by_side(glance) if len(glance) > 1 else [],
        "parts": tables.parts(answer),
        "first_column": tables.first_column(answer),
        "notes": list(tables.notes(answer)),
        "names": ", ".join(str(figure.label) for figure in answer.left_out),
        "rule": tables.rule(),
        "as_of": tables.as_of(answer),
        "charts": pictures,
        "hides": answer.hides or any(one.hides for one in pictures),
        "asked": request.GET.urlencode(),
        "without_rows": _without_rows(request),
        "keeps_records": stores_of(request.user).exists(),
    }
    return render(request, "reports/overview.html", context)


def _without_rows(request: HttpRequest) -> str:
    """What is asked, but for whose rows the page shows."""
    asked = request.GET.copy()
    asked.pop("rows", None)
    return asked.urlencode()


@never_cache
@require_GET
@login_required
@_asked
def csv(request: HttpRequest, form: QuestionForm) -> HttpResponseBase:
    answer = _answer(form)
    return spreadsheets.csv_response(files.name_of("report", answer.question.period), files.lines_of(answer))


@never_cache
@require_GET
@login_required
@_asked
def xlsx(request: HttpRequest, form: QuestionForm) -> HttpResponseBase:
    answer = _answer(form)
    return spreadsheets.xlsx_response(
        files.name_of("report", answer.question.period), files.sheets_of(answer)
    )


@require_POST
@login_required
@_asked
def pdf(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    question = form.question(timezone.now())
    title = tables.name_of(question.period.first_month, question.period.last_month)
    return press(
        request, papers.REPORT.name, papers.params_of(question, form.cleaned_data["figure"]), title=title
    )


def _answer(form: QuestionForm) -> Answer:
    now = timezone.now()
    return ask(form.question(now), now=now)
