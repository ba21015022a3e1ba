from collections.abc import Iterator
from itertools import chain

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses import spreadsheets
from courses.spreadsheets import Line, Sheet
from people.models import User
from reports import files, tables
from reports.access import organisations_asked_by
from reports.asking import asked_with
from reports.classes import classes_of, head, lines, notes, rows_of, without_people
from reports.enums import ClassState
from reports.forms import PeriodForm
from reports.periods import Period

A_PAGE = 50
# As many as are read from the database at once for a file.
A_CHUNK = 500


def _form(request: HttpRequest) -> PeriodForm:
    return PeriodForm(request.GET, organisations_asked_by(request))


_asked = asked_with(_form, page="reports:classes")


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


@never_cache
@require_GET
@login_required
@_asked
def csv(request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
    period, table, told = _told(form)
    return spreadsheets.csv_response(files.name_of("classes", period), chain(table, [[]], told))


@never_cache
@require_GET
@login_required
@_asked
def xlsx(request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
    period, table, told = _told(form)
    sheet = Sheet(
        _("Classes"), table, widths=[28, 14, 10, 10, 14, 28, 28, 28, 10, 12, 12, 18, 12], frozen="E2"
    )
    return spreadsheets.xlsx_response(files.name_of("classes", period), [sheet, files.meanings(told)])


def _told(form: PeriodForm) -> tuple[Period, Iterator[Line], list[tuple[str, str]]]:
    """The period, its classes with their head, read while they are written, and what the columns mean."""
    now = timezone.now()
    period = form.period_at(now)
    sessions = classes_of(form.organisations, period, now).iterator(chunk_size=A_CHUNK)
    return period, chain([head()], lines(sessions)), notes(period, now)
