from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from people import comfort, guests, second_factor
from people.class_computer import is_class_computer
from people.languages import reads_both, screen_language

# Pages of trainers and coordinators exist in fewer languages than those of learners.
STAFF_PATHS = ("/teach/", "/reports/", "/papers/")
PROTECTED = ("/admin/", *STAFF_PATHS)


class LanguageMiddleware(LocaleMiddleware):
    """Path, then the choice kept in a cookie, then the browser's wish: Django's own order.

    Sets `request.screen_language` and `request.reads_both` beside Django's `request.LANGUAGE_CODE`.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.screen_language = screen = screen_language(request)  # type: ignore[attr-defined]
        request.reads_both = reads_both(request) and screen != request.LANGUAGE_CODE  # type: ignore[attr-defined]
        if request.path_info.startswith(STAFF_PATHS) and request.LANGUAGE_CODE not in dict(
            settings.STAFF_LANGUAGES
        ):
            translation.activate(screen)
            request.LANGUAGE_CODE = screen

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
    """Gives a new guest her cookie, takes back one that no longer names anybody, and empties what a browser keeps
    when somebody leaves it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (guest := getattr(request, "new_guest", None)) is not None:
            guests.give_cookie(response, guest, ends_with_browser=is_class_computer(request))
            remember_language(request, response, guest.help_language)
        elif getattr(request, "guest_is_gone", False):
            guests.take_cookie(response)
        if getattr(request, "somebody_left", False):
            # Not "cookies": the language stays, and what a class computer is. Browsers heed it on https and localhost.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        if guests.COOKIE in request.COOKIES or comfort.COOKIE in request.COOKIES:
            patch_vary_headers(response, ["Cookie"])
        return response


class SecondFactorMiddleware:
    """Who sees other people's work shows a second proof first; pages of learners never ask for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._asks_for(request.path_info) and request.user.is_authenticated:
            person = request.user
            # Who has no business there is refused by the page itself.
            if second_factor.must_have(person):
                if not second_factor.has_any(person):
                    return self._first(reverse("second_factor"), request)
                if not second_factor.is_proven(request):
                    return self._first(get_adapter().get_reauthentication_methods(person)[0]["url"], request)
        return self.get_response(request)

    def _asks_for(self, path: str) -> bool:
        return path.startswith(PROTECTED) and not settings.DEMO and second_factor.asks_before(path)

    def _first(self, page: str, request: HttpRequest) -> HttpResponse:
        """That page first, then back to where she wanted to go; what she sent is not sent again."""
        wanted = request.get_full_path() if request.method == "GET" else request.path
        return redirect(f"{page}?{urlencode({'next': wanted})}")


def remember_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    if language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
