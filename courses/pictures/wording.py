"""The words drawn inside pictures, in the language of real Belgian screens, and how wide they are."""

from functools import cache
from pathlib import Path

import yaml

WORDS_FILE = Path(__file__).with_name("words.yaml")
SMALLEST_TEXT = 11

# Widths in hundredths of the font size, taken from a wide typeface so that others stay inside too.
_GLYPH_WIDTHS = {
    29: "ijlI'|îïJ",
    33: " ,.·’:;/\\-",
    40: 'f()[]tr!"²',
    53: "szcç?*_–°k",
    62: "vxyaoàâäôöeéèêëdbghnpquùûüßEFLPSTY$0123456789€µ",
    68: "AVKBRXZCUÀÄÜÉÈ",
    77: "HNDGOQÖ&",
    84: "w#+<=>^→M",
    100: "%m@W…Œœ",
}
_WIDTH_OF = {glyph: width for width, glyphs in _GLYPH_WIDTHS.items() for glyph in glyphs}


class Literal(str):
    """Text that is drawn as it stands: an address, a number, an hour."""


def literal(text: str) -> Literal:
    """The same text in every language: `literal("sam@example.org")`."""
    return Literal(text)


@cache
def all_words() -> dict[str, dict[str, str]]:
    """Key → language code → word. Read once."""
    table: dict[str, dict[str, str]] = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
    return table


def look_up(text: str, language: str) -> Literal:
    """A literal as it is; anything else is a key of words.yaml. A missing word is a KeyError naming it."""
    if isinstance(text, Literal):
        return text
    try:
        return Literal(all_words()[text][language])
    except KeyError:
        message = f"no word {text!r} in {language!r}: add it to words.yaml or write literal({text!r})"
        raise KeyError(message) from None


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """An estimate on the wide side, in picture units."""
    hundredths = sum(_WIDTH_OF.get(glyph, 70) for glyph in text)
    return hundredths / 100 * size * (1.12 if bold else 1)


def break_lines(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Greedy lines of whole words; a single word may still be wider than `width`."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
