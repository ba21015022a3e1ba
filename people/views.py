from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people import actions
from people.access import current_person
from people.languages import keep_choice


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for long or cookies were emptied: say so and offer the way back."""
    back = safe_next(request.headers.get("Referer", ""), request)
    return render(request, "403_csrf.html", {"back": back}, status=403)


def safe_next(url: str, request: HttpRequest) -> str:
    """`url` when it is a page of this site, else the start page."""
    if url.startswith(("/", "http")) and url_has_allowed_host_and_scheme(
        url, {request.get_host()}, require_https=request.is_secure()
    ):
        return url
    return "/"


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep her choice, and show the same page in that language."""
    help_language = request.POST.get("help_language", "")
    screen_language = request.POST.get("screen_language", "")
    url = safe_next(request.POST.get("next", ""), request)
    help_language = help_language if help_language in dict(settings.LANGUAGES) else ""
    screen_language = screen_language if screen_language in dict(settings.SCREEN_LANGUAGES) else ""
    response = redirect(translate_url(url, help_language) if help_language else url)
    keep_choice(response, help_language=help_language, screen_language=screen_language)
    if person := current_person(request):
        actions.choose_languages(person, help_language=help_language, screen_language=screen_language)
    return response
