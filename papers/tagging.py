"""What WeasyPrint leaves out of a PDF's tags: the language of each part, and the words behind the glyphs.

Both are found by order: a tag is made for every box of the page, parents before children, as the boxes stand.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from papers.signs import fonts_for

# One glyph a letter, one font a word.
TELL_THEMSELVES = {
    "noto-sans-latin",
    "vazirmatn",
    "noto-sans-cyrillic",
    "noto-sans-ethiopic",
    "noto-sans-greek",
}


class TagsDiffer(Exception):
    """The tags do not stand in the order of the boxes: a newer WeasyPrint makes them in another way."""


def finish_tags(document: Any, pdf: Any) -> None:
    """`pdf` is a pydyf document that WeasyPrint has just made of `document`."""
    tags = [one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"]
    tell_languages(document, tags)
    tell_words(document, pdf, tags)


def tell_languages(document: Any, tags: list[Any]) -> None:
    """Every part of ours in a language is a <section>; a screen reader changes its voice there."""
    import pydyf
    from weasyprint.formatting_structure.boxes import BlockBox

    sections = [
        box
        for page in document.pages
        for box in _boxes(page, BlockBox)
        if box.element is not None and box.element_tag == "section"
    ]
    for tag, box in _pairs([tag for tag in tags if tag["S"] == "/Sect"], sections):
        tag["Lang"] = pydyf.String(box.element.get("lang"))


def tell_words(document: Any, pdf: Any, tags: list[Any]) -> None:
    """Say which letters were meant, where the glyphs alone do not tell.

    A word set from two fonts is read back with gaps. And Noto Sans Arabic draws a letter as a bare shape and
    its dots, which other letters share: read back glyph by glyph, one name becomes another.
    """
    import pydyf
    from weasyprint.formatting_structure.boxes import TextBox

    runs = [
        tag for tag in tags if tag["S"] == "/Span" and len(tag["K"]) == 1 and isinstance(tag["K"][0], int)
    ]
    texts = [box for page in document.pages for box in _boxes(page, TextBox)]
    words = {
        (tag["Pg"], tag["K"][0]): pydyf.String(meant(box.text))
        for tag, box in _pairs(runs, texts)
        if not TELL_THEMSELVES.issuperset(fonts_for(box.text))
    }
    for reference in {page for page, _ in words}:
        page = pdf.objects[int(reference.split()[0])]
        stream = pdf.objects[int(page["Contents"].split()[0])].stream
        for mark in [one for one in stream if isinstance(one, dict) and "MCID" in one]:
            if text := words.get((reference, mark["MCID"])):
                mark["ActualText"] = text


def meant(text: str) -> str:
    """As a person would type it; the joiners belong to the spelling, the signs of direction do not."""
    return "".join(
        sign
        for sign in text.replace("\t", " ")
        if sign in "\u200c\u200d" or unicodedata.category(sign) != "Cf"
    )


def _boxes(page: Any, kind: type) -> Iterator[Any]:
    waiting = [page._page_box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, kind):
            yield box
        waiting += reversed(getattr(box, "children", ()))


def _pairs(tags: list[Any], boxes: list[Any]) -> Iterator[tuple[Any, Any]]:
    if len(tags) != len(boxes):
        raise TagsDiffer(f"{len(tags)} tags for {len(boxes)} boxes")
    return zip(tags, boxes, strict=True)
