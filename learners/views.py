import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from courses import library
from learners import overview
from learners.access import cohorts_of, is_trainer
from learners.devices import is_of, tag_of
from learners.events import MOST_EVENTS, clock_error
from learners.forms import DeleteForm, NameForm, StepForm
from learners.recording import Answer, id_of, take_events
from people import comfort, guests, portability
from people.access import (
    current_person,
    forget_reader,
    organisations_coordinated_by,
    organisations_where,
)
from people.actions import forget
from people.enums import Role
from people.languages import screen_language
from people.models import User
from people.resuming import may_have_code
from people.views import safe_next

LARGEST_BODY = 256 * 1024  # 200 events are about 50 KB

View = Callable[..., HttpResponse]


@csrf_exempt  # for JSON only, which a foreign page cannot send without asking us first; the form is protected below
@require_POST
@never_cache
def progress(request: HttpRequest) -> HttpResponse:
    """Events from a script (JSON) or from one step's plain form; both are recorded by the same action.

    JSON may say, beside `events`:
    - `sent_at`, the device's clock as it sends (ISO 8601). When it is wrong by more than two minutes, every
      `happened_at` is shifted by as much, and then clamped as always. Without it, times are taken as they come.
    - `whose`, the tag under which the events waited on the device (learners.devices). When they are not of who
      sends them now, nothing is taken and the answer is 409: the next person on the same phone never gets them.
    Each event may say `helped`, true when somebody sat beside her.
    The header StepIn-Person of the answer is the tag of whose they are now; a visitor becomes somebody by her first.
    """
    if request.content_type == "application/json":
        return _progress_json(request)
    return _progress_form(request)


def _progress_json(request: HttpRequest) -> HttpResponse:
    if len(request.body) > LARGEST_BODY:  # Django reads ten times that at the most
        return JsonResponse({"error": _("This is too much at once. Send it in parts.")}, status=413)
    try:
        sent = json.loads(request.body)
        events, tag = sent["events"], sent.get("whose")
        if not isinstance(events, list) or not isinstance(tag, str | None):
            raise TypeError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return JsonResponse({"error": _("The message was damaged. Send it again.")}, status=400)
    if len(events) > MOST_EVENTS:
        message = _("Send at most %(most)d events at once.") % {"most": MOST_EVENTS}
        return JsonResponse({"error": message}, status=413)
    if tag is not None and not is_of(tag, current_person(request)):
        return JsonResponse({"error": _("Somebody else did this.")}, status=409)
    answer = _take(request, events, sent_at=sent.get("sent_at"))
    response = JsonResponse(answer.as_json())
    response["StepIn-Person"] = tag_of(getattr(request, "new_guest", None) or current_person(request))
    return response


@csrf_protect
def _progress_form(request: HttpRequest) -> HttpResponse:
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This step could not be saved. Please try once more."))
        return HttpResponseRedirect(safe_next(request.POST.get("here", ""), request))
    here, onward = (safe_next(form.cleaned_data[name], request) for name in ("here", "next"))
    if form.cleaned_data["kind"] != "answer":
        answer = _take(request, [form.as_event(mark=1, now=timezone.now())])
        return HttpResponseRedirect(onward if answer.accepted or answer.known else here)
    mark = _mark(form)
    if mark is not None:
        _take(request, [form.as_event(mark=mark, now=timezone.now())])
    return HttpResponseRedirect(f"{here}?{urlencode({'tried': form.cleaned_data['answer']})}#answer")


def _mark(form: StepForm) -> float | None:
    """1.0 for the right answer, 0.0 for another; None when none was chosen."""
    for text in library.lesson_texts(form.cleaned_data["lesson"], ""):
        step = text.steps.get(str(form.cleaned_data["step"]))
        chosen = step.answer(form.cleaned_data["answer"]) if step else None
        if chosen:
            return 1.0 if chosen.is_correct else 0.0
    return None


def _language_of_page(request: HttpRequest) -> str:
    """In which she learns: that of the address she sent this from. Her phone may well speak another one."""
    here = request.POST.get("here") or request.headers.get("Referer", "")
    try:
        path = urlsplit(here).path
    except ValueError:
        path = ""
    return get_language_from_path(path) or request.LANGUAGE_CODE


def _take(request: HttpRequest, events: list[Any], *, sent_at: Any = None) -> Answer:
    def find_guest() -> User | None:
        if guest := guests.find_guest(guests.key_to_be(request, first)):
            guests.welcome(request, guest)
        return guest

    def make_guest() -> User:
        guest = guests.create_guest(
            key=guests.key_to_be(request, first),
            help_language=_language_of_page(request),
            screen_language=screen_language(request),
            comfort=comfort.chosen(request),
        )
        guests.welcome(request, guest)
        return guest

    first = id_of(events[0]) if events else ""
    now = timezone.now()
    return take_events(
        events,
        current_person(request),
        find_person=find_guest,
        make_person=make_guest,
        received_at=now,
        slow=clock_error(sent_at, now),
    )


def for_a_person(view: View) -> View:
    """Pages about oneself: a visitor who has done nothing yet is told what will stand here."""

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if current_person(request) is None:
            return render(request, "learners/nobody_yet.html")
        return view(request, *args, **kwargs)

    return inner


@for_a_person
def me(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    assert person is not None
    return render(
        request,
        "learners/me.html",
        {
            "modules": overview.my_modules(person, request.LANGUAGE_CODE),
            "screen_language": screen_language(request),
            "is_trainer": is_trainer(person),
            "may_have_code": may_have_code(person),
            "is_mediator": bool(organisations_where(person, Role.MEDIATOR)),
            "is_coordinator": organisations_coordinated_by(person).exists(),
        },
    )


@for_a_person
def change_name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=current_person(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("learners:me")
    return render(request, "learners/name.html", {"form": form}, status=422 if form.is_bound else 200)


@for_a_person
def my_data(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    assert person is not None
    parts = portability.everything_about(person)
    titles = portability.titles()
    sections = [(titles[name], rows) for name, rows in parts.items()]
    return render(request, "learners/my_data.html", {"sections": sections})


@for_a_person
def my_data_json(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    assert person is not None
    response = JsonResponse(
        portability.everything_about(person), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="stepin-my-data.json"'
    return response


@for_a_person
def delete_me(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    assert person is not None
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        forget(User.objects.get(pk=person.pk))
        logout(request)
        guests.leave(request)
        forget_reader(request)
        return render(request, "learners/deleted.html")
    return render(request, "learners/delete.html", {"form": form}, status=422 if form.is_bound else 200)


def signed_in(request: HttpRequest) -> User:
    """For views behind `login_required`."""
    assert isinstance(request.user, User)
    return request.user


def for_trainers(view: View) -> View:
    """Somebody who leads nobody finds nothing here, as if the page did not exist."""

    @wraps(view)
    @login_required
    @never_cache
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_trainer(signed_in(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@for_trainers
def teach(request: HttpRequest) -> HttpResponse:
    cohorts = list(cohorts_of(signed_in(request)))
    return render(request, "learners/teach.html", {"cohorts": overview.cohort_sizes(cohorts)})


@for_trainers
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponse:
    shown = get_object_or_404(cohorts_of(signed_in(request)), pk=cohort_id)
    return render(
        request,
        "learners/cohort.html",
        {
            "cohort": shown,
            "table": overview.cohort_table(shown, request.LANGUAGE_CODE),
        },
    )
