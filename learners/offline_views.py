"""What makes the site an app that works without network (docs/decisions/no-network.md)."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses import packs
from learners.devices import tag_of, ticket_of
from learners.enums import Refusal
from people.access import current_person
from people.languages import screen_language

# What the pages below need, and what every kept page shares.
SHELL_FILES = (
    "css/stepin.css", "css/offline.css", "js/offline.js", "js/outbox.js", "js/outbox-page.js",
    "js/giving.js", "js/vendor/qrcode.js", "js/leaving.js", "js/kept.js", "img/mark.svg", "css/pictures.css",
    "fonts/noto-sans-ethiopic-its-name.woff2",  # for the menu of languages, on every page
)  # fmt: skip
# (address, size, purpose)
ICONS = (
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-maskable-512.png", "512x512", "maskable"),
)
GROUND = "#fbf6ec"  # as --ground in stepin.css


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker, told what to keep at once for the reader of `?language=`; another language is another worker."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    pages = {
        reverse(name): f"{reverse(name)}?language={language}&{packs.ASK}={screen_language(request)}"
        for name in ("learners:no_network", "learners:outbox")
    }
    shell = {
        "version": f"{language}-{packs.release()[:16]}",
        "pages": pages,
        "files": [static(path) for path in SHELL_FILES],
        "fallback": reverse("learners:no_network"),
        "outbox": static("js/outbox.js"),
        "progress": reverse("learners:progress"),
        "fixed": [settings.STATIC_URL, settings.MEDIA_URL],
        "never": ["/admin/", "/teach/", "/accounts/", "/certificates/", "/documents/", "/papers/"],
    }
    response = render(
        request, "offline/sw.js", {"shell": mark_safe(json.dumps(shell))}, content_type="text/javascript"
    )
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows of the app among its others."""
    language = request.LANGUAGE_CODE
    response = JsonResponse(
        {
            "id": "/",
            "name": str(settings.SITE_LABEL),
            "short_name": str(settings.SITE_LABEL),
            "description": _("Learn to do it online. Step by step."),
            "lang": language,
            "dir": "rtl" if language in settings.LANGUAGES_BIDI else "ltr",
            "start_url": f"/{language}/",
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": GROUND,
            "icons": [
                {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
                for path, sizes, purpose in ICONS
            ],
        },
        content_type="application/manifest+json",
    )
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@never_cache
def no_network(request: HttpRequest) -> HttpResponse:
    """Kept when the app is; shown for a page that is not kept while there is no network."""
    return show(request, "learners/no_network.html", {})


@require_safe
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits on this phone and what was sent. The phone fills it in: the server knows nothing of it yet."""
    return show(request, "learners/outbox.html", {"reasons": {str(one.value): one.label for one in Refusal}})


@require_safe
@never_cache
def ticket(request: HttpRequest) -> HttpResponse:
    """A proof of whose the steps on this phone are, for the day she hands them to her trainer."""
    person = current_person(request)
    return JsonResponse(
        {
            "person": tag_of(person),
            "is_guest": bool(person and person.is_guest),
            "ticket": ticket_of(person) if person else "",
        }
    )


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or the copy that a phone keeps in the language it names."""
    screen = packs.screen_asked(request)
    if not screen:
        return render(request, template, context)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else request.LANGUAGE_CODE
    with override(language):
        return packs.answer_with(
            packs.kept_page(request.path, template, context, language=language, screen=screen)
        )
