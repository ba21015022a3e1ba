"""Calendars to subscribe to: everybody's by their wishes, a learner's and a trainer's by a secret address."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import conditional_page, require_http_methods, require_safe

from classrooms import agenda, calendar_addresses, calendars
from classrooms.agenda_forms import WishesForm
from classrooms.enums import Feed
from learners.views import for_trainers, signed_in
from people.access import current_person
from people.models import User
from reminders.actions import reading_language


def _language(request: HttpRequest, otherwise: str) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else otherwise


def _answer(calendar: bytes, language: str) -> HttpResponse:
    headers = {"Content-Language": language, "X-Robots-Tag": "noindex"}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
@conditional_page
def public(request: HttpRequest) -> HttpResponse:
    """The agenda, by the same wishes as its page."""
    now = timezone.now()
    form = WishesForm(request.GET, now=now)
    if not form.is_valid():
        return HttpResponseBadRequest(
            _("We do not know this choice."), content_type="text/plain; charset=utf-8"
        )
    language = _language(request, request.LANGUAGE_CODE)
    with translation.override(language):
        return _answer(calendars.public_calendar(agenda.upcoming(form.wishes, now=now)), language)


@require_safe
@conditional_page
def one_class(request: HttpRequest, session_id: int) -> HttpResponse:
    session = get_object_or_404(agenda.public_sessions(), pk=session_id)
    language = _language(request, request.LANGUAGE_CODE)
    with translation.override(language):
        return _answer(calendars.public_calendar([session]), language)


@require_safe
@conditional_page
@never_cache
def personal(request: HttpRequest, feed: Feed, token: str) -> HttpResponse:
    person = calendar_addresses.holder_of(token, feed)
    if person is None:
        raise Http404
    language = _language(request, reading_language(person))
    make = calendars.teaching_calendar if feed is Feed.TEACH else calendars.learning_calendar
    with translation.override(language):
        return _answer(make(person, now=timezone.now()), language)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_calendar(request: HttpRequest) -> HttpResponse:
    person = current_person(request)
    return _address_page(request, person, Feed.LEARN) if person else redirect("learners:me")


@require_http_methods(["GET", "HEAD", "POST"])
@for_trainers
def teaching(request: HttpRequest) -> HttpResponse:
    return _address_page(request, signed_in(request), Feed.TEACH)


def _address_page(request: HttpRequest, person: User, feed: Feed) -> HttpResponse:
    if request.method == "POST":
        calendar_addresses.renew(person, now=timezone.now())
        return redirect(request.path)
    address = calendar_addresses.address_of(person, feed)
    context = {
        "address": address,
        "subscribe": "webcal:" + address.partition(":")[2] if address else "",
        "teaches": feed is Feed.TEACH,
    }
    return render(request, "classrooms/calendar.html", context)
