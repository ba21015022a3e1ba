"""Somebody shows a card or a code: from here on this browser is hers."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from people import guests, resuming, seeds
from people.access import forget_reader
from people.actions import merge_guest
from people.carrying import carry_over
from people.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
HER_WORK = "/me/"
# Names and values of a form.
Fields = Sequence[tuple[str, str]]


def arrive(request: HttpRequest, person: User, *, again: Fields) -> HttpResponse:
    """Make this browser hers and show her work.

    When it holds another guest's work she is asked first whose that is. `again` are the fields with which the same
    form comes back with her answer, so that nothing need be remembered in between.
    """
    other = guests.guest_of(request)
    if other is None or other == person:
        let_in(request, person)
        return _in_her_languages(redirect(HER_WORK), person)
    answer = request.POST.get("same", "")
    if answer == "yes":
        merge_guest(other, into=person)
        let_in(request, person)
        return _in_her_languages(redirect(HER_WORK), person)
    if answer == "no":
        let_in(request, person)
        return _in_her_languages(leave_behind(request, other), person)
    return render(request, "people/whose_work.html", {"again": again, "other": other})


def let_in(request: HttpRequest, person: User) -> None:
    if request.user.is_authenticated and (person.is_guest or request.user != person):
        logout(request)  # a session would go before a guest's cookie
    guests.leave(request)
    if person.is_guest:
        guests.welcome(request, person)
    else:
        login(request, person, backend=BACKEND)
    forget_reader(request)


def leave_behind(request: HttpRequest, other: User, *, go_on: str = HER_WORK) -> HttpResponse:
    """The work of whoever was here before is not lost with her cookie: it has a code, made before or now.

    Who presses twice, or once more because the answer got lost, sees the same code. `go_on` is where the page leads,
    the reader's own work.
    """
    request.somebody_left = True  # type: ignore[attr-defined]
    code = resuming.make_first_code(other, seed=seed_of(request), now=timezone.now())
    kept = resuming.code_of(other)
    context = {"words": resuming.in_words(code or ""), "since": kept and kept.made_at, "go_on": go_on}
    return render(request, "people/other_work.html", context)


def seed_of(request: HttpRequest) -> str:
    """The same until her browser hears that somebody came in or left, as in `guests.key_to_be`.

    From the cookie as it was sent: by now Django has another secret for it.
    """
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return f"left {secret}" if secret else seeds.new_seed()


def _in_her_languages(response: HttpResponse, person: User) -> HttpResponse:
    carry_over(response, person)
    return response
