from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.models import User
from people.sent import as_key
from reminders import clock
from reports import rhythms, scheduling
from reports.access import organisations_of
from reports.enums import By, Rhythm
from reports.forms import QuestionForm
from reports.periods import Period
from reports.schedule_forms import ScheduleForm
from reports.schedule_models import Schedule
from reports.tables import name_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A schedule and its periods in words; `last_period` is empty before the first report went out."""

    schedule: Schedule
    next_period: str
    last_period: str


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _schedule(request: HttpRequest, schedule_id: int) -> Schedule:
    kept = Schedule.objects.kept(now=timezone.now())
    return get_object_or_404(kept.visible_to(_reader(request)), pk=schedule_id)


@never_cache
@require_GET
@login_required
def schedules(request: HttpRequest) -> HttpResponse:
    if not organisations_of(_reader(request)):
        raise Http404
    kept = Schedule.objects.kept(now=timezone.now()).visible_to(_reader(request))
    rows = [_shown(one) for one in kept.for_page().order_by("-made_at", "-pk")]
    return render(request, "reports/schedules.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The question stands in the address, as on the page where she asked it."""
    organisations = organisations_of(_reader(request))
    if not organisations:
        raise Http404
    asked = QuestionForm(request.GET, organisations)
    if not asked.is_valid():
        return redirect(f"{reverse('reports:overview')}?{request.GET.urlencode()}")
    now = timezone.now()
    question = asked.question(now)
    form = ScheduleForm(
        request.POST if request.method == "POST" else None,
        organisations=question.organisations,
        initial={"rhythm": Rhythm.MONTH, "people": [_reader(request).pk]},
    )
    if form.is_valid():
        scheduling.schedule(
            question,
            figure=asked.cleaned_data["figure"],
            rhythm=Rhythm(form.cleaned_data["rhythm"]),
            people=form.cleaned_data["people"],
            by=_reader(request),
            key=as_key(request.POST.get("key", "")) or uuid4(),
            now=now,
        )
        messages.success(request, _("The report is sent by itself from now on."))
        return redirect("reports:schedules")
    context = {"form": form, "organisations": question.organisations, "by": question.by}
    return _form_page(request, form, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, schedule_id: int) -> HttpResponse:
    schedule = _schedule(request, schedule_id)
    organisations = list(schedule.organisations.order_by("name", "pk"))
    form = ScheduleForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        initial={
            "rhythm": schedule.rhythm,
            "people": list(schedule.recipients.values_list("person", flat=True)),
        },
    )
    if form.is_valid():
        scheduling.change(
            schedule.pk,
            rhythm=Rhythm(form.cleaned_data["rhythm"]),
            people=form.cleaned_data["people"],
            now=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("reports:schedules")
    context = {"form": form, "organisations": organisations, "by": By(schedule.by), "schedule": schedule}
    return _form_page(request, form, context)


def _form_page(request: HttpRequest, form: ScheduleForm, context: dict[str, object]) -> HttpResponse:
    return render(request, "reports/schedule_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def tap(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """The buttons below a schedule."""
    schedule = _schedule(request, schedule_id)
    if wish := WISHES.get(request.POST.get("do", "")):
        wish(request, schedule)
    return redirect("reports:schedules")


def _pause(request: HttpRequest, schedule: Schedule) -> None:
    scheduling.pause(schedule.pk, now=timezone.now())
    messages.success(request, _("Paused. Nothing is sent until you press “Go on”."))


def _go_on(request: HttpRequest, schedule: Schedule) -> None:
    scheduling.go_on(schedule.pk, now=timezone.now())
    messages.success(request, _("It goes on with the next report."))


def _delete(request: HttpRequest, schedule: Schedule) -> None:
    """No message: what was deleted stays on the page for a day, with the button that undoes it."""
    scheduling.delete(schedule.pk, now=timezone.now())


def _undo(request: HttpRequest, schedule: Schedule) -> None:
    scheduling.undo_delete(schedule.pk)
    messages.success(request, _("It is back."))


def _send_now(request: HttpRequest, schedule: Schedule) -> None:
    now, person = timezone.now(), _reader(request)
    key = as_key(request.POST.get("key", "")) or uuid4()
    if not scheduling.send_now(schedule, person, key=key, now=now):
        words = _("You stopped our letters.") if person.email else _("You have no e-mail address here.")
        messages.error(request, words)
    elif clock.is_open(now):
        messages.success(request, _("We send it to %(address)s now.") % {"address": person.email})
    else:
        messages.success(request, _("Letters go out from nine in the morning: you get it then."))


WISHES: dict[str, Callable[[HttpRequest, Schedule], None]] = {
    "pause": _pause,
    "go-on": _go_on,
    "delete": _delete,
    "undo": _undo,
    "send": _send_now,
}


def _shown(schedule: Schedule) -> Shown:
    deliveries = schedule.deliveries.all()
    coming = rhythms.told_in(Rhythm(schedule.rhythm), schedule.next_month)
    return Shown(schedule, _in_words(coming), _in_words(deliveries[0].period) if deliveries else "")


def _in_words(period: Period) -> str:
    return name_of(period.first_month, period.last_month)
