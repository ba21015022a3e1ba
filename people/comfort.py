"""How a reader makes every page easier for herself: larger text, more contrast, no motion, more space.

A choice is a few words joined by dots, the size of the text first: "normal", "large.calm". It stands like that in
the browser's cookie and in her row; "" means that she never chose. Pages carry the words as `<html data-comfort>`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "stepin_comfort"
TEXT_SIZES = ("normal", "large", "huge")
SWITCHES = ("contrast", "calm", "spacing")


def tidy(words: Iterable[str]) -> str:
    """The words we know, each once and in our order; "" when none is known.

    Of two sizes the larger stays: who cannot read the page cannot mend it.
    """
    found = set(words)
    sizes = [size for size in TEXT_SIZES if size in found]
    switches = [switch for switch in SWITCHES if switch in found]
    if not sizes and not switches:
        return ""
    return ".".join([*(sizes[-1:] or TEXT_SIZES[:1]), *switches])


def chosen(request: HttpRequest) -> str:
    """What this browser remembers; whatever else somebody wrote into the cookie is left out."""
    return tidy(request.COOKIES.get(COOKIE, "").split("."))


def keep(response: HttpResponse, comfort: str) -> None:
    """Let this browser remember. Scripts may read it: a page kept on the phone is brought up to date by one."""
    if comfort:
        age = settings.LANGUAGE_COOKIE_AGE
        response.set_cookie(COOKIE, comfort, max_age=age, samesite="Lax", secure=settings.IS_HTTPS)
