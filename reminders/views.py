from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from people.models import User
from reminders import actions


# A mail program POSTs here by itself, without cookies and without ever having seen a page of ours (RFC 8058),
# so it cannot bring a CSRF token. That is safe: no cookie counts here, the token in the address is the only
# authority, whoever made another browser send this request would have to know it, and all it can do is stop
# letters, which the page undoes in one tap.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, because virus scanners open every link of a letter; POST stops, and answers without a
    redirect as RFC 8058 wants. A wrong token gets the same answers as a right one: nobody learns which exist.
    """
    person = actions.holder_of(token)
    if request.method != "POST":
        return _answer(request, "reminders/stop.html", person, token)
    actions.stop_letters(token)
    return _answer(request, "reminders/stopped.html", person, token)


@never_cache
@require_POST
def resume(request: HttpRequest, token: str) -> HttpResponse:
    if person := actions.holder_of(token):
        actions.resume_letters(person)
    return _answer(request, "reminders/resumed.html", person, token)


def _answer(request: HttpRequest, template: str, person: User | None, token: str) -> HttpResponse:
    """The page in her own language, who may be reading mail on somebody else's computer."""
    language = actions.reading_language(person) if person else translation.get_language()
    with translation.override(language):
        response = render(request, template, {"token": token})
    response.headers["Content-Language"] = language
    return response
