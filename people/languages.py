"""The two languages of a reader: her own, and the one the forms in Belgium speak to her."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

SCREEN_COOKIE = "stepin_screen"
BOTH_COOKIE = "stepin_both"
ON, OFF = "on", "off"
_SCREEN = [code for code, _ in settings.SCREEN_LANGUAGES]


def screen_language(request: HttpRequest) -> str:
    """Chosen by her, else the page's own when forms exist in it, else what her phone speaks, else French."""
    chosen = request.COOKIES.get(SCREEN_COOKIE, "")
    if chosen in _SCREEN:
        return chosen
    if request.LANGUAGE_CODE in _SCREEN:
        return request.LANGUAGE_CODE
    wished = [code[:2] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    return next((code for code in wished if code in _SCREEN), _SCREEN[0])


def reads_both(request: HttpRequest) -> bool:
    """Whether she wants the words of the screen beside her own, on every step."""
    return request.COOKIES.get(BOTH_COOKIE) == ON


def keep_choice(
    response: HttpResponse, *, help_language: str = "", screen_language: str = "", both: str = ""
) -> None:
    """Let this browser remember; what is empty or unknown leaves what it has. `both` is "on" or "off"."""
    choices = (
        (settings.LANGUAGE_COOKIE_NAME, help_language, dict(settings.LANGUAGES)),
        (SCREEN_COOKIE, screen_language, dict(settings.SCREEN_LANGUAGES)),
        (BOTH_COOKIE, both, (ON, OFF)),
    )
    for cookie, language, known in choices:
        if language in known:
            age = settings.LANGUAGE_COOKIE_AGE
            response.set_cookie(cookie, language, max_age=age, samesite="Lax", secure=settings.IS_HTTPS)
