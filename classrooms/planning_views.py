"""Before a class: planning it, changing it, calling it off; and what a mediator is booked for."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from classrooms import planning
from classrooms.access import is_mediator, sessions_of, sessions_open_to
from classrooms.models import Session
from classrooms.planning_forms import PlaceForm, PlanForm, SessionForm, WhichForm, like_last_time
from classrooms.views import for_class_staff
from learners.access import cohorts_of
from learners.views import for_trainers, signed_in


@require_http_methods(["GET", "POST"])
@for_trainers
def plan(request: HttpRequest, cohort_id: int) -> HttpResponse:
    """One class is planned at once; of a series the days are shown first."""
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, cohort=cohort, instance=like_last_time(cohort, today=timezone.localdate()))
    place_form = PlaceForm(data)
    is_valid = data is not None and all([form.is_valid(), place_form.is_valid()])
    if is_valid and form.spans:
        planned = _keep(form, place_form)
        told = ngettext("%(n)d class is planned.", "%(n)d classes are planned.", len(planned))
        messages.success(request, told % {"n": len(planned)})
        _warn(request, planned)
        return redirect("learners:cohort", cohort.pk)
    context = {"cohort": cohort, "form": form, "place_form": place_form, "is_new": True}
    # Days to look at are no mistake.
    status = 200 if data is None or is_valid else 422
    return render(request, "classrooms/plan.html", context, status=status)


@transaction.atomic
def _keep(form: PlanForm, place_form: PlaceForm) -> list[Session]:
    return planning.plan(
        form.cohort,
        form.spans,
        series=form.cleaned_data["series"],
        lessons=form.cleaned_data["lessons"],
        **_shared(form, place_form),
    )


def _shared(form: SessionForm, place_form: PlaceForm) -> dict[str, Any]:
    shared = form.shared()
    if place_form.is_filled:
        shared["place"] = place_form.kept(form.cohort.organisation)
    return shared


def _warn(request: HttpRequest, planned: list[Session]) -> None:
    """What she may not have seen. Nothing of it keeps a class from being planned."""
    for session in planned:
        for clash in planning.clashes(session):
            messages.warning(request, clash)


@require_http_methods(["GET", "POST"])
@for_trainers
def change(request: HttpRequest, session_id: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(signed_in(request)).yet_to_open(), pk=session_id)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, cohort=session.cohort, instance=session)
    place_form, which = PlaceForm(data), WhichForm(data)
    if data is not None and all([form.is_valid(), place_form.is_valid(), which.is_valid()]) and form.spans:
        changed = _change(session, form, place_form, which)
        if changed is not None:
            told = ngettext("%(n)d class is changed.", "%(n)d classes are changed.", len(changed))
            messages.success(request, told % {"n": len(changed)})
            _warn(request, changed)
            return redirect("classrooms:board", session.pk)
    context = {
        "cohort": session.cohort,
        "session": session,
        "form": form,
        "place_form": place_form,
        "which": which if len(planning.later_in_series(session)) > 1 else None,
    }
    return render(request, "classrooms/plan.html", context, status=422 if data is not None else 200)


def _change(
    session: Session, form: SessionForm, place_form: PlaceForm, which: WhichForm
) -> list[Session] | None:
    """None, and the reason in the form, when the time is not to be had."""
    cleaned = form.cleaned_data
    try:
        with transaction.atomic():
            return planning.change(
                Session.objects.get(pk=session.pk),
                cleaned["day"],
                cleaned["begins"],
                cleaned["ends"],
                and_later=which.and_later,
                lessons=cleaned["lessons"],
                **_shared(form, place_form),
            )
    except planning.AlreadyPlanned:
        form.add_error("day", _("Another class of this series is at that time."))
    except planning.NoSuchTime:
        form.add_error("begins", _("In one of these nights the clocks go forward: this time does not exist."))
    return None


@require_POST
@for_trainers
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(signed_in(request)), pk=session_id)
    which = WhichForm(request.POST)
    cancelled = planning.cancel(session, and_later=which.is_valid() and which.and_later, now=timezone.now())
    told = ngettext("%(n)d class is called off.", "%(n)d classes are called off.", cancelled)
    messages.success(request, told % {"n": cancelled})
    return redirect("learners:cohort", session.cohort_id)


@require_GET
@for_class_staff
def bookings(request: HttpRequest) -> HttpResponse:
    """What a mediator is booked for: from yesterday on."""
    person = signed_in(request)
    if not is_mediator(person):
        raise Http404
    rows = sessions_open_to(person).booked_for(person).filter(ends_at__gt=timezone.now() - planning.A_DAY)
    sessions = rows.select_related("place", "trainer").order_by("starts_at", "pk")
    return render(request, "classrooms/bookings.html", {"sessions": sessions})
