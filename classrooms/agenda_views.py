"""The public agenda: which classes there are, and one of them to send to somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from classrooms import agenda
from classrooms.agenda_forms import WishesForm


@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = WishesForm(request.GET, now=now)
    wishes = form.wishes
    sessions = agenda.upcoming(wishes, now=now)
    context = {
        "form": form,
        "wishes": wishes,
        "rows": agenda.with_modules(sessions, request.LANGUAGE_CODE),
        "is_cut": len(sessions) == agenda.MOST,
        "weeks": agenda.HORIZON.days // 7,
        "calendar_query": _calendar_query(request, form),
    }
    return render(request, "classrooms/agenda.html", context, status=200 if form.is_valid() else 422)


def _calendar_query(request: HttpRequest, form: WishesForm) -> str:
    """The same wishes; a calendar program has no language of its own."""
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name) and form.is_valid()}
    return urlencode({**kept, "lang": request.LANGUAGE_CODE})


@require_safe
def one_class(request: HttpRequest, session_id: int) -> HttpResponse:
    """What was sent to somebody stays to be read when the class is over."""
    session = get_object_or_404(agenda.public_sessions(), pk=session_id)
    [row] = agenda.with_modules([session], request.LANGUAGE_CODE)
    is_over = session.ended_at(timezone.now()) is not None
    return render(request, "classrooms/agenda_class.html", {"row": row, "is_over": is_over})
