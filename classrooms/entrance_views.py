"""Into a class: a code opens the room, her trainer says who she is."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from classrooms import actions, joining
from classrooms.catching_up import has_missed
from classrooms.entrance_forms import CodeForm, WhoForm
from classrooms.here import SeatRole, give_seat
from classrooms.models import JoinRequest, Session
from learners.peers import is_helper
from learners.standing import where_to_go_on
from people import codes, guessing, guests
from people.access import current_person
from people.arriving import leave_behind, let_in
from people.carrying import carry_over
from people.class_computer import is_class_computer
from people.models import User

COOKIE = "stepin_door"
_signer = signing.TimestampSigner(salt="classrooms.door")


@require_http_methods(["GET", "POST"])
@never_cache
def find_session(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return join_with(request, form.cleaned_data["code"], form)
    return render(request, "classrooms/code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Who is of the cohort joins with one tap; anybody else says who she is, and waits to be let in."""
    session = _session(request, code)
    if session is None:
        return _unknown(request, code)
    person = current_person(request)
    now = timezone.now()
    if joining.is_expected(session, person):
        assert person is not None
        if request.method == "POST":
            return _go_in(request, session, person, now=now)
        return render(request, "classrooms/here.html", {"session": session})
    if _was_let_in(request, session, now=now):
        return redirect("classrooms:wait")
    is_known = person is not None and not person.is_guest
    names = [] if is_known else joining.names_to_choose(session)
    is_sent = request.method == "POST"
    sent = {"name": str(person)} if is_known else request.POST
    form = WhoForm(sent if is_sent else None, names=names, initial={"name": person.name if person else ""})
    if is_sent and form.is_valid():
        try:
            asked = joining.ask_to_join(
                session,
                person=form.cleaned_data["learner"],
                guest=person,
                name=form.cleaned_data["name"],
                browser=_browser(request),
                now=now,
            )
        except actions.SessionClosed:
            return _unknown(request, code)
        response = redirect("classrooms:wait")
        response.set_cookie(
            COOKIE, _signer.sign(str(asked.key)), httponly=True, samesite="Lax", secure=settings.IS_HTTPS
        )
        return response
    context = {"session": session, "form": form, "names": names, "is_known": is_known}
    return render(request, "classrooms/who.html", context, status=422 if is_sent else 200)


def join_with(request: HttpRequest, code: str, form: CodeForm) -> HttpResponse:
    if _session(request, code) is None:
        return _unknown(request, code, form)
    return redirect("classrooms:join", codes.fold(code))


def _session(request: HttpRequest, code: str) -> Session | None:
    """None also for who has typed too many wrong ones."""
    if not guessing.may_guess(request, "join"):
        return None
    session = joining.find_open(code, now=timezone.now())
    if session is None:
        guessing.count_wrong(request, "join")
    return session


def _unknown(request: HttpRequest, code: str, form: CodeForm | None = None) -> HttpResponse:
    """Wrong, closed, and foreign codes: one answer."""
    form = form or CodeForm({"code": code[:20]})
    form.full_clean()
    form.add_error("code", _("This code opens no class now. Look at the wall, or ask your trainer."))
    return render(request, "classrooms/code.html", {"form": form}, status=404)


def _asked(request: HttpRequest) -> JoinRequest | None:
    try:
        key = UUID(_signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=24 * 3600))
    except (signing.BadSignature, ValueError):
        return None
    return JoinRequest.objects.filter(key=key).select_related("session__cohort", "person", "guest").first()


def _browser(request: HttpRequest) -> UUID | None:
    """The same until somebody comes in or leaves here; None for a client without cookies. See `guests.key_to_be`."""
    secret = request.META.get("CSRF_COOKIE")
    return UUID(bytes=salted_hmac(_signer.salt, secret, algorithm="sha256").digest()[:16]) if secret else None


def _was_let_in(request: HttpRequest, session: Session, *, now: datetime) -> bool:
    """Her way in was lost on the network, and she begins anew. Before a class computer somebody else may sit by now."""
    asked = None if is_class_computer(request) else _asked(request)
    return asked is not None and asked.session == session and _may_come_in(request, asked, now=now)


def _may_come_in(request: HttpRequest, asked: JoinRequest, *, now: datetime) -> bool:
    return joining.may_come_in(asked, person=current_person(request), browser=_browser(request), now=now)


@require_http_methods(["GET", "POST"])
@never_cache
def wait(request: HttpRequest) -> HttpResponse:
    """At the door. Once she is let in, her browser takes the answer, by itself or with one tap."""
    asked, now = _asked(request), timezone.now()
    if asked is None:
        return redirect("classrooms:find_session")
    if request.method == "POST":
        if response := _take_answer(request, asked, now=now):
            return response
        asked.refresh_from_db()
    is_decided = asked.decided_at is not None
    # A page that says "You may come in" asks for it by itself: only where it may be had.
    is_over = not asked.session.is_open(now) or (is_decided and not _may_come_in(request, asked, now=now))
    return render(request, "classrooms/wait.html", {"asked": asked, "is_over": is_over})


def _take_answer(request: HttpRequest, asked: JoinRequest, *, now: datetime) -> HttpResponse | None:
    person = current_person(request)
    try:
        taken = joining.take_answer(asked.key, person=person, browser=_browser(request), now=now)
    except actions.SessionClosed:
        return None
    if taken is None:
        return None
    session, learner = taken
    other = None
    if learner != person:
        other = guests.guest_of(request)  # whose work did not come along
        let_in(request, learner)
    response = _go_in(request, session, learner, now=now, other=other)
    response.delete_cookie(COOKIE)
    return response


@require_GET
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """204 while nobody has answered; 200 when the page at the door has something new to say."""
    asked = _asked(request)
    is_waiting = asked is not None and asked.decided_at is None and asked.session.is_open(timezone.now())
    return HttpResponse(status=204 if is_waiting else 200)


def _go_in(
    request: HttpRequest, session: Session, person: User, *, now: datetime, other: User | None = None
) -> HttpResponse:
    """To the step where everybody is, else to where she was; who comes late first sees what she missed, once.

    Where the work of an `other` guest was, she is told first where that is now.
    """
    try:
        attendance = actions.join(session, person, now=now)
    except actions.SessionClosed:
        return leave_behind(request, other) if other else _unknown(request, session.code)
    language = person.help_language or request.LANGUAGE_CODE
    spot = where_to_go_on(person)
    if attendance.joined_at == now and session.is_late(now) and has_missed(session, person.pk):
        url = reverse("classrooms:missed")
    elif session.is_led:
        url = f"/{language}/{session.led_path}/"
    else:
        url = spot.path(language) if spot else f"/{language}/"
    response = leave_behind(request, other, go_on=url) if other else redirect(url)
    role = SeatRole.HELPER if is_helper(person.pk, session.cohort_id) else SeatRole.LEARNER
    give_seat(request, response, session, person.pk, now=now, role=role)
    carry_over(response, person)
    return response
