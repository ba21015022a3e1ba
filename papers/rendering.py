"""HTML on paper: one tagged PDF, in our own fonts and from our own files only.

WeasyPrint is imported when the first paper is made: it costs over a second, and only workers need it.
"""

import atexit
import gc
import logging
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from papers.progress import Tell, watched
from papers.signs import FONTS, Unprintable, fonts_for, unprintable
from papers.tagging import finish_tags

TEMPLATES = settings.BASE_DIR / "templates"
# What all papers share; each adds a stylesheet of its own.
BASE = TEMPLATES / "papers" / "print" / "base.css"
OWN_PICTURE = re.compile(r"data:image/(png|jpeg);base64,")
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
class Paper:
    """What shall be printed. The template is rendered in `language`, which is the PDF's own.

    `pages` is how many it should have, if that is known before it is laid out; when it becomes more, it is laid out
    anew with `tighter` added to the context. `finish` draws what WeasyPrint cannot, on the pydyf document.
    `is_exact`: a sign that our fonts lack stops the paper; else it is left out, and `Printed.left_out` names it.
    `remarks` are told to who asked for the paper, and do not stand on it.
    """

    template: str
    context: dict[str, Any]
    stylesheet: Path
    language: str
    filename: str
    pages: int | None = None
    tighter: dict[str, Any] | None = None
    finish: Callable[[Any], None] | None = None
    is_exact: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Printed:
    content: bytes
    left_out: list[str]


def direction_of(language: str) -> str:
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def direction_of_name(name: str) -> str:
    """By the first sign that has a direction, as browsers do."""
    directions = (unicodedata.bidirectional(sign) for sign in name)
    return "rtl" if next((one for one in directions if one in ("L", "R", "AL")), "L") != "L" else "ltr"


def html_of(paper: Paper, **more: Any) -> str:
    with translation.override(paper.language):
        return render_to_string(paper.template, {"language": paper.language, **paper.context, **more})


def render(paper: Paper, tell: Tell | None = None) -> Printed:
    """`tell` hears the number of each page that is laid out.

    Raises Unprintable, RenderingFailed, or OSError when there is no room.
    """
    html, left_out = _printable(html_of(paper), is_exact=paper.is_exact)
    with _one_at_a_time, _no_sweeping(), _complaints() as complaints:
        try:
            with watched(tell) if tell else nullcontext():
                document = _lay_out(html, paper.stylesheet)
                if paper.tighter and paper.pages and len(document.pages) > paper.pages:
                    html, left_out = _printable(html_of(paper, **paper.tighter), is_exact=paper.is_exact)
                    document = _lay_out(html, paper.stylesheet)
            content = document.write_pdf(finisher=_finisher(paper), **_options())
        except BaseException:
            # A font that was half written to a full disk would stay half.
            _workshop.cache_clear()
            raise
        if complaints:
            _workshop.cache_clear()
            raise RenderingFailed("; ".join(record.getMessage() for record in complaints[:3]))
    return Printed(content, left_out)


def _printable(html: str, *, is_exact: bool) -> tuple[str, list[str]]:
    missing = [sign for sign in unprintable(html) if unicodedata.category(sign) not in ("Cc", "Cf")]
    if missing and is_exact:
        raise Unprintable(missing)
    return unicodedata.normalize("NFC", html).translate(dict.fromkeys(map(ord, missing))), missing


def _finisher(paper: Paper) -> Callable[[Any, Any], None]:
    def finish(document: Any, pdf: Any) -> None:
        finish_tags(document, pdf)
        if paper.finish:
            paper.finish(pdf)

    return finish


def _options() -> dict[str, Any]:
    return {"pdf_variant": VARIANT, "pdf_tags": True, "xmp_metadata": [BytesIO(UA_MARK)]}


def _lay_out(html: str, stylesheet: Path) -> Any:
    from weasyprint import HTML

    # By the hour: a cleaner of temporary folders must not take the fonts from a worker that lives for weeks.
    workshop = _workshop(int(time.time() // 3600))
    workshop.unpack(fonts_for(html))
    return HTML(string=html, base_url=stylesheet.as_uri(), url_fetcher=_fetcher()).render(
        font_config=workshop.font_config,
        stylesheets=[workshop.stylesheet(BASE), workshop.stylesheet(stylesheet)],
        **_options(),
    )


class _Workshop:
    """Our stylesheets read and the fonts unpacked, once for many papers; a font when its script comes up."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.font_config = FontConfiguration()
        self._stylesheets: dict[Path, Any] = {}
        self._unpacked: set[str] = set()

    def stylesheet(self, path: Path) -> Any:
        from weasyprint import CSS

        if path not in self._stylesheets:
            self._stylesheets[path] = CSS(filename=path, url_fetcher=_fetcher())
        return self._stylesheets[path]

    def unpack(self, fonts: list[str]) -> None:
        from weasyprint import CSS

        for name in fonts:
            if name not in self._unpacked:
                CSS(string=_font_faces(name), font_config=self.font_config, url_fetcher=_fetcher())
                self._unpacked.add(name)


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
            if OWN_PICTURE.match(url):
                return super().fetch(url, headers)
            parts = urlsplit(url)
            folder = Path(url2pathname(parts.path)).resolve().parent
            is_ours = folder == FONTS or (folder.name == "print" and folder.parent.parent == TEMPLATES)
            if parts.scheme != "file" or parts.netloc or not is_ours:
                raise ValueError(f"not one of our files: {url}")
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols=["file", "data"])


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
