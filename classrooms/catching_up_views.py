from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from classrooms import actions
from classrooms.catching_up import steps_of_class
from classrooms.here import seat_of
from classrooms.learner_views import PATH, session_of
from learners.standing import where_to_go_on
from people.models import User


@require_http_methods(["GET", "POST"])
@never_cache
def missed(request: HttpRequest) -> HttpResponse:
    """What the class has done so far. From here she goes to one of these steps, or to where everybody is."""
    seat = seat_of(request)
    session = session_of(seat)
    if seat is None or session is None or not seat.learns:
        messages.info(request, _("You are in no class now."))
        return redirect("/me/")
    language, person = request.LANGUAGE_CODE, User(pk=seat.person)
    if request.method == "POST":
        chosen = request.POST.get("to", "")
        is_step = PATH.fullmatch(chosen) is not None
        actions.catch_up(session, person, is_on=is_step)
        if is_step or session.is_led:
            return redirect(f"/{language}/{chosen if is_step else session.led_path}/")
        spot = where_to_go_on(person)
        return redirect(spot.path(language) if spot else f"/{language}/")
    steps = steps_of_class(session, seat.person, language)
    first = next((step for step in steps if not step.is_done), None)
    context = {"session": session, "steps": steps, "first": first}
    return render(request, "classrooms/missed.html", context)
