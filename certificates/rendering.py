"""Credentials on paper: one tagged PDF for one or for a whole class, in our own fonts only.

WeasyPrint is imported when the first paper is made: it costs over a second, and only workers need it.
"""

import atexit
import gc
import logging
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from certificates import border
from certificates.models import Credential
from certificates.signs import FONTS, Unprintable, fonts_for, unprintable
from certificates.tagging import finish_tags

PRINT = settings.BASE_DIR / "templates" / "certificates" / "print"
OWN_FOLDERS = (PRINT, FONTS)
# PDF/A-3a for archives, with the marks of PDF/UA-1 for screen readers.
VARIANT = "pdf/a-3a"
UA_MARK = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b"</rdf:RDF>"
)
# Pango's font map is not made for two threads.
_one_at_a_time = threading.Lock()


class RenderingFailed(Exception):
    """WeasyPrint complained: a font, picture or rule of ours is missing or wrong."""


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


def direction_of(language: str) -> str:
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def direction_of_name(name: str) -> str:
    """By the first sign that has a direction, as browsers do."""
    directions = (unicodedata.bidirectional(sign) for sign in name)
    return "rtl" if next((one for one in directions if one in ("L", "R", "AL")), "L") != "L" else "ltr"


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


def qr(credential: Credential) -> str:
    """As a data address; a picture of points, because curves take WeasyPrint ten times as long."""
    return segno.make(credential.verify_url, error="m", boost_error=False).png_data_uri(
        scale=4, border=0, dark="#1c2733", light="#fdf8ee"
    )


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
        "qr": qr(credential),
    }


def html_of(credentials: list[Credential], *, is_tight: bool = False) -> str:
    first = credentials[0]
    language = sides_of(first)[0].words
    with translation.override(language):
        title = _("Attestation of learning")
        if len(credentials) == 1:
            title = f"{title}: {first.name}, {first.texts[first.help_language]['title']}"
        return render_to_string(
            "certificates/print/certificates.html",
            {
                "title": title,
                "language": language,
                "sheets": [sheet(credential) for credential in credentials],
                "is_tight": is_tight,
                "site": urlsplit(settings.BASE_URL).netloc,
            },
        )


def render(credentials: list[Credential]) -> bytes:
    """One PDF, one page each. Raises Unprintable, RenderingFailed, or OSError when there is no room."""
    missing = unprintable("".join(credential.name for credential in credentials))
    if missing:
        raise Unprintable(missing)
    with _one_at_a_time, _no_sweeping(), _complaints() as complaints:
        try:
            document = _lay_out(html_of(credentials))
            if len(document.pages) > len(credentials):
                document = _lay_out(html_of(credentials, is_tight=True))
            content = document.write_pdf(finisher=_finish, **_options())
        except BaseException:
            # A font that was half written to a full disk would stay half.
            _workshop.cache_clear()
            raise
        if complaints:
            _workshop.cache_clear()
            raise _as_error(complaints)
    return content


def _options() -> dict[str, Any]:
    return {"pdf_variant": VARIANT, "pdf_tags": True, "xmp_metadata": [BytesIO(UA_MARK)]}


def _lay_out(html: str) -> Any:
    from weasyprint import HTML

    # By the hour: a cleaner of temporary folders must not take the fonts from a worker that lives for weeks.
    workshop = _workshop(int(time.time() // 3600))
    workshop.unpack(fonts_for(html))
    return HTML(string=html, base_url=PRINT.as_uri() + "/", url_fetcher=_fetcher()).render(
        font_config=workshop.font_config, stylesheets=[workshop.stylesheet], **_options()
    )


class _Workshop:
    """Our stylesheet read and the fonts unpacked, once for many papers; a font when its script comes up."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        self.font_config = FontConfiguration()
        self.stylesheet = CSS(filename=PRINT / "paper.css", url_fetcher=_fetcher())
        self.unpacked: set[str] = set()

    def unpack(self, fonts: list[str]) -> None:
        from weasyprint import CSS

        for name in fonts:
            if name not in self.unpacked:
                CSS(string=_font_faces(name), font_config=self.font_config, url_fetcher=_fetcher())
                self.unpacked.add(name)


def _font_faces(name: str) -> str:
    return "".join(
        f"@font-face {{ font-family: {name}; font-weight: {weight}; "
        f'src: url("{(FONTS / f"{name}-{weight}-normal.woff2").as_uri()}"); }}'
        for weight in (400, 700)
    )


@lru_cache(maxsize=1)
def _workshop(_hour: int) -> _Workshop:
    return _Workshop()


# Its folder of fonts is removed while Python can still remove folders.
atexit.register(_workshop.cache_clear)


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class OwnFilesOnly(URLFetcher):
        """Nothing a paper shows comes from elsewhere: not from the network, not from other folders."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/png;base64,"):
                return super().fetch(url, headers)
            parts = urlsplit(url)
            path = Path(url2pathname(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or path.parent not in OWN_FOLDERS:
                raise ValueError(f"not one of our files: {url}")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=["file", "data"])


def _finish(document: Any, pdf: Any) -> None:
    finish_tags(document, pdf)
    border.put_behind(pdf)


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """A layout is a great many living objects: looking through them for waste takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint warns of while we print: on our own paper a warning is a mistake."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    records: list[logging.LogRecord] = []
    collector = Collector(logging.WARNING)
    weasyprint_logger = logging.getLogger("weasyprint")
    weasyprint_logger.addHandler(collector)
    try:
        yield records
    finally:
        weasyprint_logger.removeHandler(collector)


def _as_error(complaints: list[logging.LogRecord]) -> Exception:
    missing = [str(record.args[0]) for record in complaints if _names_a_sign(record)]  # type: ignore[index]
    if missing:
        return Unprintable(list(dict.fromkeys(missing)))
    return RenderingFailed("; ".join(record.getMessage() for record in complaints[:3]))


def _names_a_sign(record: logging.LogRecord) -> bool:
    return bool(record.args) and ".notdef" in str(record.msg)
