from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from classrooms import actions
from classrooms.here import SeatRole, give_seat, seat_of
from classrooms.learner_views import session_of
from classrooms.models import Session
from classrooms.peer_help import asked_of, queue_for
from learners.peers import is_helper
from people.models import User
from people.sent import as_row_id


@require_http_methods(["GET", "POST"])
@never_cache
def helping(request: HttpRequest) -> HttpResponse:
    """Who asks for help, for a learner whom her trainer has named a helper. Her seat alone opens nothing here."""
    seat = seat_of(request)
    session = session_of(seat)
    if seat is None or session is None or not seat.learns:
        messages.info(request, _("You are in no class now."))
        return redirect("/me/")
    if not is_helper(seat.person, session.cohort_id):
        messages.info(request, _("You are no helper in this class."))
        response = redirect("/me/")
        give_seat(request, response, session, seat.person, now=timezone.now(), role=SeatRole.LEARNER)
        return response
    if request.method == "POST":
        _act(request, session, seat.person)
        return redirect("classrooms:helping")
    return render(request, "classrooms/helping.html", {"queue": queue_for(seat.person, session)})


def _act(request: HttpRequest, session: Session, helper: int) -> None:
    """She comes, or has helped whom she came to."""
    learner = as_row_id(request.POST.get("learner", ""))
    is_end = request.POST.get("do") == "end"
    asked = asked_of(helper, session).filter(person=learner).select_related("person").first()
    if asked and is_end and asked.comes_id == helper:
        actions.end_help(session, asked.person, now=timezone.now())
    elif asked and not is_end:
        actions.come(session, asked.person, by=User(pk=helper))
        asked.refresh_from_db()
    if asked is None or asked.comes_id != helper:
        messages.info(request, _("Somebody else comes already, or no help is needed any more."))
