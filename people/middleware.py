from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from people import guests
from people.languages import screen_language


class LanguageMiddleware(LocaleMiddleware):
    """Path, then the choice kept in a cookie, then the browser's wish: Django's own order.

    Sets `request.screen_language` beside Django's `request.LANGUAGE_CODE`.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.screen_language = screen_language(request)  # type: ignore[attr-defined]

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.status_code == 404 and request.resolver_match:
            # A view that says "not found" means it; only an address nobody knows may lack its language.
            patch_vary_headers(response, ["Accept-Language"])
        else:
            response = super().process_response(request, response)
        # A page under /fr/ may speak another language in places, never as a whole.
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class PersonMiddleware:
    """Gives a new guest her cookie, and takes back one that no longer names anybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (guest := getattr(request, "new_guest", None)) is not None:
            guests.give_cookie(response, guest)
            remember_language(request, response, guest.help_language)
        elif getattr(request, "guest_is_gone", False):
            guests.take_cookie(response)
        if guests.COOKIE in request.COOKIES:
            patch_vary_headers(response, ["Cookie"])
        return response


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
