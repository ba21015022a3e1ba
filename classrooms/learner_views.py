"""What a phone in class asks and says: where everybody is, where she is, and that she needs help."""

import json
import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from classrooms import actions
from classrooms.access import leads_session
from classrooms.board import waiting_for_help
from classrooms.here import Seat, SeatRole, give_seat, seat_of, take_seat
from classrooms.models import Attendance, HelpRequest, Session
from classrooms.peer_help import asked_of
from courses.models import Step
from learners.peers import is_helper
from people.models import User
from people.views import safe_next

# module/lesson/n of a step's address.
PATH = re.compile(r"[-\w]{1,90}/[-\w]{1,90}/\d{1,4}", re.ASCII)


@require_GET
@never_cache
def now(request: HttpRequest) -> HttpResponse:
    """{"v", "led": module/lesson/n or "", "help": "", "asked" or "comes", "by"}; 204 when that is still `v`.

    `late` is there while she is catching up, and then nobody leads her; `asking`, for a helper, is how many wait for one.
    410 when the class is over, for her or for all: her page then forgets it.
    """
    seat = seat_of(request)
    session = session_of(seat)
    if seat is None or session is None:
        response = HttpResponse(status=410)
        take_seat(response)
        return response
    is_catching_up = session.is_catching_up  # type: ignore[attr-defined]  # of the seat
    led = session.led_path if session.is_led and not is_catching_up else ""
    asked, asking = _asked(seat, session) if seat.learns else (None, 0)
    comes = asked.comes if asked else None
    state: dict[str, str | int] = {
        "led": led,
        "help": ("comes" if comes else "asked") if asked else "",
        "by": comes.name if comes else "",
    }
    if is_catching_up:
        state["late"] = True
    if asking:
        state["asking"] = asking
    version = f"{led}.{state['help']}.{comes.pk if comes else ''}.{is_catching_up:d}.{asking}"
    if request.GET.get("v") == version:
        return HttpResponse(status=204)
    return JsonResponse({"v": version, **state})


def session_of(seat: Seat | None) -> Session | None:
    """While it is open; `is_catching_up` says it of her who has this seat."""
    if seat is None:
        return None
    hers = Attendance.objects.filter(session=OuterRef("pk"), person=seat.person, is_catching_up=True)
    rows = Session.objects.open_at(timezone.now()).annotate(is_catching_up=Exists(hers))
    return rows.filter(pk=seat.session).first()


def _asked(seat: Seat, session: Session) -> tuple[HelpRequest | None, int]:
    """(what she asked herself, how many requests she may take as a helper): one query."""
    hers = Q(person=seat.person)
    if seat.helps:
        hers |= Q(pk__in=asked_of(seat.person, session).values("pk"))
    rows = list(HelpRequest.objects.waiting().filter(hers, session=session).select_related("comes"))
    own = next((row for row in rows if row.person_id == seat.person), None)
    return own, len(rows) - (own is not None)


@csrf_exempt  # for JSON only, which a foreign page cannot send without asking us first
@require_POST
@never_cache
def here(request: HttpRequest) -> HttpResponse:
    """{"lesson": key, "step": block id, "path": module/lesson/n}: the step that is on her screen now.

    Of who leads a class that follows her it is everybody's step.
    """
    seat = seat_of(request)
    session = session_of(seat)
    if seat is None or session is None or request.content_type != "application/json":
        return HttpResponse(status=410)
    try:
        said: Any = json.loads(request.body)
        lesson, block, path = UUID(said["lesson"]), UUID(said["step"]), str(said["path"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    if seat.leads:
        # She may have stepped back since her seat was given.
        if session.is_led and PATH.fullmatch(path) and leads_session(User(pk=seat.person), session):
            try:
                actions.lead(session, path, now=timezone.now())
            except actions.SessionClosed:
                return HttpResponse(status=410)
        return HttpResponse(status=204)
    if not seat.learns:
        return HttpResponse(status=204)
    step = Step.objects.filter(lesson__key=lesson, block_id=block).first()
    if step is None:
        return HttpResponse(status=400)
    actions.stand_at(session, User(pk=seat.person), step, now=timezone.now())
    response = HttpResponse(status=204)
    # Her trainer may have named her in the middle of the class, or no longer.
    role = SeatRole.HELPER if is_helper(seat.person, session.cohort_id) else SeatRole.LEARNER
    if role != seat.role:
        give_seat(request, response, session, seat.person, now=timezone.now(), role=role)
    return response


@require_http_methods(["GET", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for help, or say that it is no longer needed; and what has become of it."""
    seat = seat_of(request)
    session = session_of(seat)
    if seat is None or session is None or not seat.learns:
        return _in_no_class(request)
    back = safe_next(request.POST.get("next", "") or request.GET.get("next", ""), request)
    person = User(pk=seat.person)
    if request.method == "POST":
        if request.POST.get("do") == "end":
            actions.end_help(session, person, now=timezone.now())
            return redirect(back)
        try:
            actions.ask_for_help(session, person, now=timezone.now())
        except actions.SessionClosed:
            return _in_no_class(request)
    queue = waiting_for_help(session)
    place = next((at for at, one in enumerate(queue, 1) if one.person_id == seat.person), 0)
    asked = queue[place - 1] if place else None
    return render(request, "classrooms/help.html", {"asked": asked, "before": place - 1, "back": back})


def _in_no_class(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("You are in no class now."))
    return redirect("/me/")
