from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses import spreadsheets
from courses.spreadsheets import XLSX, Sheet
from people.models import User
from reports import files, tables
from reports.access import organisations_asked_by
from reports.classes import classes_of, head, lines, notes, rows_of, without_people
from reports.enums import ClassState
from reports.forms import PeriodForm
from reports.periods import Period
from reports.views import named

Lines = Iterable[Sequence[Any]]
Notes = list[tuple[str, str]]

A_PAGE = 50
# As many as are read from the database at once for a file.
A_CHUNK = 500


def _form(request: HttpRequest) -> PeriodForm:
    return PeriodForm(request.GET, organisations_asked_by(request))


@never_cache
@require_GET
@login_required
def classes(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return render(request, "reports/classes.html", {"form": form}, status=422)
    assert isinstance(request.user, User)
    now = timezone.now()
    period = form.period_at(now)
    sessions = classes_of(form.organisations, period, now)
    page = Paginator(sessions, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "organisations": form.organisations,
        "title": _("Classes: %(period)s") % {"period": tables.name_of(period.first_month, period.last_month)},
        "as_of": tables.written_moment(now),
        "page": page,
        "rows": list(rows_of(page)),
        "to_tick": sessions.filter(state=ClassState.NOT_TICKED).count(),
        "led": set(request.user.cohorts_led.values_list("pk", flat=True)),
        "site": request.build_absolute_uri("/").rstrip("/"),
        "without_people": without_people(),
        "notes": notes(period, now),
        "asked": request.GET.urlencode(),
    }
    return render(request, "reports/classes.html", context)


def _of_period(view: Callable[[Period, Lines, Notes], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A file of the classes; a question that cannot be read goes back to its form."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponseBase:
        form = _form(request)
        if not form.is_valid():
            return redirect(f"{reverse('reports:classes')}?{request.GET.urlencode()}")
        now = timezone.now()
        period = form.period_at(now)
        sessions = classes_of(form.organisations, period, now).iterator(chunk_size=A_CHUNK)
        return view(period, chain([head()], lines(sessions)), notes(period, now))

    return inner


@never_cache
@require_GET
@login_required
@_of_period
def csv(period: Period, table: Lines, told: Notes) -> HttpResponseBase:
    content = spreadsheets.csv_lines(chain(table, [[]], told))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    return named(response, "classes", period, "csv")


@never_cache
@require_GET
@login_required
@_of_period
def xlsx(period: Period, table: Lines, told: Notes) -> HttpResponseBase:
    widths = [28, 14, 10, 10, 14, 28, 28, 28, 10, 12, 12, 18, 12]
    content = spreadsheets.xlsx([Sheet(_("Classes"), table, widths, "E2"), files.meanings(told)])
    return named(HttpResponse(content, content_type=XLSX), "classes", period, "xlsx")
