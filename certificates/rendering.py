"""Credentials on paper: one tagged PDF for one or for a whole class."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import border
from certificates.models import Credential
from papers import rendering
from papers.rendering import Paper, direction_of, direction_of_name
from papers.squares import qr

STYLESHEET = rendering.TEMPLATES / "certificates" / "print" / "paper.css"


@dataclass(frozen=True)
class Side:
    """One language of the paper. `words` speaks the labels, `language` the module's own text."""

    words: str
    language: str
    title: str
    can_do: list[str]

    @property
    def direction(self) -> str:
        return direction_of(self.words)

    @property
    def text_direction(self) -> str:
        return direction_of(self.language)


def sides_of(credential: Credential) -> list[Side]:
    """Help language, then screen language; one only when they come out the same."""
    sides = []
    for language in (credential.help_language, credential.screen_language):
        text = credential.texts[language]
        words = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        side = Side(words, text["language"], text["title"], text["can_do"])
        if side not in sides:
            sides.append(side)
    return sides


def name_size(name: str) -> str:
    """How large the name may stand: the longest that can be given (100 signs) still fits."""
    return next((size for size, most in (("xl", 18), ("l", 30), ("m", 50)) if len(name) <= most), "s")


def is_long(sides: list[Side]) -> bool:
    """More words than fit at the usual size; only a guess that saves a second layout."""
    return any(len(side.title) > 60 or sum(map(len, side.can_do)) > 420 for side in sides)


def sheet(credential: Credential) -> dict[str, Any]:
    sides = sides_of(credential)
    return {
        "credential": credential,
        "sides": sides,
        "is_tight": is_long(sides),
        "competences": [one for one in credential.digcomp if one != "PRE"],
        "has_first_steps": "PRE" in credential.digcomp,
        "name_direction": direction_of_name(credential.name),
        "name_size": name_size(credential.name),
        "qr": qr(credential.verify_url, light=border.PAPER),
    }


def paper_of(credentials: list[Credential]) -> Paper:
    """One page each. Nothing may be left out of a name: a sign our fonts lack stops the paper."""
    first = credentials[0]
    language = sides_of(first)[0].words
    with translation.override(language):
        title = _("Attestation of attendance") if first.is_of_attendance else _("Attestation of learning")
    if len(credentials) == 1:
        title = f"{title}: {first.name}, {first.texts[first.help_language]['title']}"
    return Paper(
        template="certificates/print/certificates.html",
        context={
            "title": title,
            "sheets": [sheet(credential) for credential in credentials],
            "site": urlsplit(settings.BASE_URL).netloc,
        },
        stylesheet=STYLESHEET,
        language=language,
        filename="certificates.pdf",
        pages=len(credentials),
        tighter={"is_tight": True},
        finish=border.put_behind,
        is_exact=True,
    )


def render(credentials: list[Credential]) -> bytes:
    """Raises Unprintable, RenderingFailed, or OSError when there is no room."""
    return rendering.render(paper_of(credentials)).content
