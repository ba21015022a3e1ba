"""Links that stand in published pages: those to other pages of ours, and those to other people's sites."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.models import Page

from courses.models import InformationPage, LessonPage

# Editors may also write an address into a plain text. A full stop or bracket after it ends the sentence.
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”„«»]+[^\s<>\"'“”„«».,;:!?)\]]", re.IGNORECASE)
MOST_LETTERS = 1000


@dataclass(frozen=True, slots=True)
class Link:
    """`page_id` is the page of ours it leads to; else `url` is an address elsewhere."""

    found_on: int
    words: str = ""
    page_id: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link to a page of ours that is not published now; `is_gone` when it was deleted."""

    found_on: int
    number: str
    title: str
    language: str
    words: str
    target: str
    is_gone: bool


def links_of(pages: Iterable[InformationPage | LessonPage]) -> Iterator[Link]:
    for page in pages:
        for text in _texts(page.body.raw_data):
            yield from _links_in(page.pk, text)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a StreamField as it is stored, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif hasattr(value, "__iter__"):
        for item in value:
            yield from _texts(item)


def _links_in(found_on: int, text: str) -> Iterator[Link]:
    if "<a " in text:
        reader = _LinkReader()
        reader.feed(text)
        reader.close()
        for attributes, words in reader.links:
            href = attributes.get("href") or ""
            if attributes.get("linktype") == "page" and (attributes.get("id") or "").isdigit():
                yield Link(found_on, words, page_id=int(attributes["id"] or 0))
            elif _ADDRESS.match(href):
                yield Link(found_on, words, url=href.strip())
    else:
        yield from (Link(found_on, url=found.group()) for found in _ADDRESS.finditer(text))


class _LinkReader(HTMLParser):
    """Collects (attributes, words) of each <a>."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[dict[str, str | None], str]] = []
        self._open: dict[str, str | None] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._words = dict(attrs), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.links.append((self._open, " ".join("".join(self._words).split())))
            self._open = None


def published(saying: str) -> list[InformationPage | LessonPage]:
    """Every page in each language whose text, as it is stored, holds these letters; two queries.

    The database looks, for few pages carry a link and to read them all in Python takes twenty times as long.
    """
    stored = Cast("body", TextField())
    return [
        page
        for model in (InformationPage, LessonPage)
        for page in model.objects.live()
        .alias(stored=stored)
        .filter(stored__icontains=saying)
        .select_related("locale")
        .order_by("path")
    ]


def broken_links() -> list[BrokenLink]:
    """Links between our own pages that lead nowhere; three queries however many pages there are."""
    pages = {page.pk: page for page in published("linktype")}
    inside = [link for link in links_of(pages.values()) if link.page_id]
    targets = {
        pk: (title, is_live)
        for pk, title, is_live in Page.objects.filter(pk__in={link.page_id for link in inside}).values_list(
            "pk", "title", "live"
        )
    }
    return [
        BrokenLink(
            found_on=page.pk,
            number=getattr(page, "number", ""),
            title=page.title,
            language=page.locale.language_code,
            words=link.words,
            target=targets.get(link.page_id, ("", False))[0],
            is_gone=link.page_id not in targets,
        )
        for link in inside
        if (page := pages[link.found_on]) and not targets.get(link.page_id, ("", False))[1]
    ]
