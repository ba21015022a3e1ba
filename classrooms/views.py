"""The trainer's side: one page from which a class runs."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from classrooms import actions, agenda, joining, register
from classrooms import board as boards
from classrooms.access import leads_session, sessions_of, sessions_open_to
from classrooms.attendance_forms import ChildrenForm, LineForm
from classrooms.here import SeatRole, give_seat, seat_of
from classrooms.learner_views import PATH
from classrooms.models import Session
from courses import library
from learners.access import cohorts_of
from learners.views import View, for_trainers, signed_in
from people.models import User
from people.second_factor import was_asked_before
from people.sent import as_key, as_row_id
from people.views import safe_next


def _session(request: HttpRequest, session_id: int) -> Session:
    return get_object_or_404(sessions_of(signed_in(request)), pk=session_id)


def for_class_staff(view: View) -> View:
    """For views that choose their session by `sessions_open_to`: a mediator's pages as well as a trainer's."""
    return login_required(never_cache(view))


@require_POST
@for_trainers
def open_session(request: HttpRequest, cohort_id: int) -> HttpResponse:
    cohort = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    session = actions.open_session(cohort, by=signed_in(request), now=timezone.now())
    return redirect("classrooms:board", session.pk)


@require_POST
@for_trainers
def start(request: HttpRequest, session_id: int) -> HttpResponse:
    """As planned; what is open already stays open."""
    planned = _session(request, session_id)
    now, by = timezone.now(), signed_in(request)
    try:
        session = actions.open_session(planned.cohort, by=by, now=now, planned=planned)
    except actions.TooEarly:
        messages.warning(request, _("You can start this class from 2 hours before it begins."))
        return redirect("classrooms:board", planned.pk)
    return redirect("classrooms:board", session.pk)


@require_GET
@for_class_staff
def board(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who is where and who needs help, while it is on; before it what is planned, afterwards what became of it."""
    person, now = signed_in(request), timezone.now()
    session = get_object_or_404(sessions_open_to(person), pk=session_id)
    leads = leads_session(person, session)
    if not session.is_open(now):
        return _before_or_after(request, session, leads=leads, now=now)
    response = render(request, "classrooms/board.html", _live(session, leads=leads))
    role = SeatRole.TRAINER if leads else SeatRole.MEDIATOR
    give_seat(request, response, session, person.pk, now=now, role=role)
    return response


def _before_or_after(request: HttpRequest, session: Session, *, leads: bool, now: datetime) -> HttpResponse:
    ended_at = session.ended_at(now)
    # Who came, and what each of them did, is for her trainers.
    if session.cancelled_at or ended_at is None or not leads:
        return _planned(request, session, leads=leads, now=now)
    context = {
        "session": session,
        "results": register.results(session, now=now),
        "minutes": register.minutes_held(session, now=now),
        "ended_at": ended_at,
        "who_left": register.who_left(session),
    }
    return render(request, "classrooms/summary.html", context)


def _planned(request: HttpRequest, session: Session, *, leads: bool, now: datetime) -> HttpResponse:
    language = request.LANGUAGE_CODE
    [row] = agenda.with_modules([session], language)
    chosen = {lesson.pk: lesson.module_id for lesson in session.lessons.all()}
    lessons = library.lessons(set(chosen.values()), language) if chosen else []
    context = {
        "session": session,
        "row": row,
        "lessons": [entry for entry in lessons if entry.row.pk in chosen],
        "leads": leads,
        "is_over": session.ended_at(now) is not None,
        "is_too_early": session.is_too_early(now),
    }
    return render(request, "classrooms/planned.html", context)


def _live(session: Session, *, leads: bool) -> dict[str, Any]:
    now = timezone.now()
    return {
        "session": session,
        "leads": leads,
        "state": boards.state(session.pk, now=now),  # first: what changes meanwhile is drawn again
        "rows": boards.rows(session, now=now),
        "asking": boards.waiting_for_help(session),
        "at_the_door": joining.waiting_at(session),
        "stuck_minutes": int(boards.STUCK_AFTER.total_seconds() // 60),
        "stuck_mistakes": boards.STUCK_MISTAKES,
    }


@was_asked_before
@require_GET
@never_cache
def board_now(request: HttpRequest, session_id: int) -> HttpResponse:
    """The living part of a board or of the wall, when it is no longer what `v` was; else nothing, at two queries.

    Who asks is read from the seat that the board gave her browser.
    """
    seat = seat_of(request)
    if seat is None or seat.learns or seat.session != session_id:
        return HttpResponse(status=403)
    if request.GET.get("v") == boards.state(session_id, now=timezone.now()):
        return HttpResponse(status=204)
    session = get_object_or_404(sessions_open_to(User(pk=seat.person)), pk=session_id)
    if not session.is_open(timezone.now()):
        return HttpResponse(status=410)
    is_wall = request.GET.get("on") == "wall"
    response = render(
        request,
        "classrooms/wall_live.html" if is_wall else "classrooms/board_live.html",
        live := _live(session, leads=seat.leads),
    )
    response["StepIn-State"] = live["state"]
    return response


@require_GET
@for_trainers
def wall(request: HttpRequest, session_id: int) -> HttpResponse:
    """For the projector: the code, and where everybody is, by pictures and without names."""
    session, now = _session(request, session_id), timezone.now()
    if not session.is_open(now):
        return redirect("classrooms:board", session.pk)
    url = settings.BASE_URL + reverse("classrooms:join", args=[session.code])
    # Drawn by segno from our own address.
    qr = mark_safe(segno.make(url, error="m").svg_inline(border=2, omitsize=True))
    address = url.split("://", 1)[-1].removesuffix(f"{session.code}/")
    response = render(
        request, "classrooms/wall.html", _live(session, leads=True) | {"qr": qr, "address": address}
    )
    give_seat(request, response, session, signed_in(request).pk, now=now, role=SeatRole.TRAINER)
    return response


@require_POST
@for_trainers
def door(request: HttpRequest, session_id: int) -> HttpResponse:
    session = _session(request, session_id)
    asked = get_object_or_404(session.join_requests, key=as_key(request.POST.get("asked", "")))
    joining.decide(asked, is_let_in=request.POST.get("do") == "in", by=signed_in(request), now=timezone.now())
    return redirect("classrooms:board", session.pk)


@require_POST
@for_class_staff
def help_queue(request: HttpRequest, session_id: int) -> HttpResponse:
    session = get_object_or_404(sessions_open_to(signed_in(request)), pk=session_id)
    learner = get_object_or_404(session.cohort.learners, pk=as_row_id(request.POST.get("learner", "")))
    if request.POST.get("do") == "come":
        actions.come(session, learner, by=signed_in(request))
    else:
        actions.end_help(session, learner, now=timezone.now())
    return redirect("classrooms:board", session.pk)


@require_POST
@for_trainers
def lead(request: HttpRequest, session_id: int) -> HttpResponse:
    session, path = _session(request, session_id), request.POST.get("path", "")
    if request.POST.get("do") == "release":
        actions.release(session)
    elif PATH.fullmatch(path):
        try:
            actions.lead(session, path, now=timezone.now())
        except actions.SessionClosed:
            messages.warning(request, _("This class has ended."))
    return redirect(safe_next(request.POST.get("next", ""), request))


@require_http_methods(["GET", "POST"])
@for_trainers
def attendance(request: HttpRequest, session_id: int) -> HttpResponse:
    """What joining proposes, to be confirmed. Says "saved" only of what the database then holds."""
    session = _session(request, session_id)
    data = request.POST if request.method == "POST" else None
    forms = [LineForm(data, line=line) for line in register.lines(session)]
    children = ChildrenForm(data, instance=session) if session.childcare_places else None
    everything = [*forms, *filter(None, [children])]
    if data is not None and not [form for form in everything if not form.is_valid()]:
        changed = [form for form in forms if form.is_changed()]
        if children and children.has_changed():
            actions.count_children(session, children.cleaned_data["children_came"])
        for form in changed:
            actions.tick(
                session,
                form.line.learner,
                status=form.cleaned_data["status"],
                minutes_late=form.cleaned_data["minutes_late"],
                by=signed_in(request),
                now=timezone.now(),
                is_proposal=form.is_as_proposed(),
            )
        _say_what_is_kept(request, session, changed)
        return redirect("classrooms:attendance", session.pk)
    context = {"session": session, "forms": forms, "children": children}
    return render(request, "classrooms/attendance.html", context, status=422 if data is not None else 200)


def _say_what_is_kept(request: HttpRequest, session: Session, changed: list[LineForm]) -> None:
    kept = {
        line.learner.pk: (line.status, line.minutes_late)
        for line in register.lines(session)
        if line.is_ticked
    }
    wanted = {
        form.line.learner.pk: (form.cleaned_data["status"], form.cleaned_data["minutes_late"])
        for form in changed
    }
    missing = [
        form.line.learner
        for form in changed
        if kept.get(form.line.learner.pk) != wanted[form.line.learner.pk]
    ]
    if missing:
        names = ", ".join(str(person) for person in missing)
        messages.error(
            request,
            _("Somebody else changed these meanwhile. Please look again: %(names)s") % {"names": names},
        )
    saved = len(changed) - len(missing)
    if saved or not missing:
        messages.success(
            request,
            ngettext("Saved: %(n)d person.", "Saved: %(n)d people.", saved) % {"n": saved},
        )


@require_POST
@for_trainers
def close(request: HttpRequest, session_id: int) -> HttpResponse:
    session = _session(request, session_id)
    actions.close_session(session, now=timezone.now())
    return redirect("classrooms:board", session.pk)
