from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import actions, comfort, helping
from people.access import current_person, organisations_coordinated_by
from people.forms import ContactForm
from people.languages import keep_choice
from people.models import User


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


def in_language(url: str, language: str) -> str:
    """The same page in this language. Django knows addresses only in the language of the moment: the page's own."""
    with translation.override(get_language_from_path(urlsplit(url).path) or translation.get_language()):
        return translate_url(url, language)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep her choice, and show the same page in that language."""
    help_language = request.POST.get("help_language", "")
    screen_language = request.POST.get("screen_language", "")
    url = safe_next(request.POST.get("next", ""), request)
    help_language = help_language if help_language in dict(settings.LANGUAGES) else ""
    screen_language = screen_language if screen_language in dict(settings.SCREEN_LANGUAGES) else ""
    both = request.POST.get("both", "")
    response = redirect(in_language(url, help_language) if help_language else url)
    keep_choice(response, help_language=help_language, screen_language=screen_language, both=both)
    if person := current_person(request):
        actions.choose_languages(
            person, help_language=help_language, screen_language=screen_language, both=both
        )
    return response


@require_POST
def choose_comfort(request: HttpRequest) -> HttpResponse:
    """Keep how she likes pages to look, in this browser and in her row, and show the same place again."""
    url = safe_next(request.POST.get("next", ""), request)
    response = redirect(f"{url.partition('#')[0]}#comfort")
    if chosen := comfort.tidy(request.POST.getlist("comfort")):
        comfort.keep(response, chosen)
        if person := current_person(request):
            actions.choose_comfort(person, chosen)
    return response


@never_cache
def help_page(request: HttpRequest) -> HttpResponse:
    """Help, at the same place of every page; `from` is the page she was on."""
    came_from = page_before(request)
    person = current_person(request)
    parts = helping.parts_for(person)
    context = {
        "came_from": came_from,
        "is_step": is_step(came_from),
        "parts": parts,
        "organisations": helping.organisations_for(person, parts),
    }
    return render(request, "people/help.html", context)


def page_before(request: HttpRequest) -> str:
    """The page she was on, in the language she reads now; the start page for one that cannot be gone back to."""
    url = in_language(safe_next(request.GET.get("from", ""), request), request.LANGUAGE_CODE)
    return "/" if urlsplit(url).path == request.path else url


def is_step(url: str) -> bool:
    try:
        return resolve(urlsplit(url).path).url_name == "step"
    except Resolver404:
        return False


@login_required
@never_cache
def contact_cards(request: HttpRequest) -> HttpResponse:
    """To the card of her organisation, or a list where she coordinates several."""
    organisations = list(organisations_coordinated_by(cast(User, request.user)))
    if not organisations:
        raise Http404
    if len(organisations) == 1:
        return redirect("people:contact_card", organisations[0].pk)
    return render(request, "people/contact_cards.html", {"organisations": organisations})


@login_required
@never_cache
def contact_card(request: HttpRequest, organisation_id: int) -> HttpResponse:
    organisation = get_object_or_404(
        organisations_coordinated_by(cast(User, request.user)), pk=organisation_id
    )
    form = ContactForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The contact card is saved. Learners see it now."))
        return redirect("people:help")
    context = {"form": form, "organisation": organisation}
    return render(request, "people/contact_card_form.html", context, status=422 if form.is_bound else 200)
