"""Class mode: a computer that many use one after another. A trainer says so once, a cookie remembers it.

There sessions end with the browser, guests' cookies too, and after a time without touch or key the page asks whether
somebody is still there (static/js/class.js). The cookie only makes a browser stricter, so nobody gains by forging it.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "stepin_class"
# Browsers keep a cookie for 400 days at the most.
MAX_AGE = 400 * 24 * 3600
# Without touch or key, until the page asks; then without an answer, until it signs out.
SECONDS_UNTIL_ASKED = 20 * 60
SECONDS_TO_ANSWER = 2 * 60


def is_class_computer(request: HttpRequest) -> bool:
    return COOKIE in request.COOKIES


def give_cookie(response: HttpResponse) -> None:
    response.set_cookie(COOKIE, "1", max_age=MAX_AGE, httponly=True, samesite="Lax", secure=settings.IS_HTTPS)


def take_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
