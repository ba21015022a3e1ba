"""Which signs our fonts can print.

The fonts themselves take a second to open, so their coverage is kept as text beside this file;
`python -m papers.signs` writes it anew after a change of fonts, and a test compares the two.
"""

import unicodedata
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).with_name("coverage.txt")
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
# They shape their neighbours and have no picture of their own.
JOINERS = frozenset("\u200c\u200d")
# Latin first: it has the digits and the punctuation that the others lack. Vazirmatn before Noto Sans Arabic:
# each of its letters is one glyph, so a name copied from the paper is the name; Noto draws shapes and dots
# apart.
ORDER = (
    "noto-sans-latin",
    "noto-sans-latin-ext",
    "noto-sans-vietnamese",
    "noto-sans-cyrillic",
    "noto-sans-cyrillic-ext",
    "noto-sans-greek",
    "vazirmatn",
    "noto-sans-arabic",
    "noto-sans-ethiopic",
)


class Unprintable(Exception):
    """Our fonts have no picture for these signs."""

    def __init__(self, signs: list[str]) -> None:
        super().__init__(" ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs))
        self.signs = signs


@cache
def coverage() -> dict[str, frozenset[str]]:
    """{font: the signs it has}, in the order in which a sign looks for its font."""
    fonts = {}
    for line in COVERAGE.read_text().splitlines():
        name, *ranges = line.split()
        signs: set[str] = set()
        for first, _, last in (one.partition("-") for one in ranges):
            signs.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
        fonts[name] = frozenset(signs)
    return fonts


@cache
def printable_signs() -> frozenset[str]:
    return JOINERS.union(*coverage().values())


def fonts_for(text: str) -> list[str]:
    """The fonts that `text` needs; each costs time to unpack."""
    signs = set(text)
    needed = []
    for name, covered in coverage().items():
        if signs & covered:
            needed.append(name)
            signs -= covered
    return needed


def unprintable(text: str) -> list[str]:
    """The signs of `text` that cannot be printed, each once, in their order."""
    printable = printable_signs()
    return list(dict.fromkeys(sign for sign in unicodedata.normalize("NFC", text) if sign not in printable))


def without_unprintable(text: str) -> str:
    missing = set(unprintable(text))
    kept = "".join(sign for sign in unicodedata.normalize("NFC", text) if sign not in missing)
    return " ".join(kept.split())


def read_coverage(folder: Path = FONTS) -> str:
    """The text of coverage.txt: a line a font, with the code points it has in every weight."""
    from fontTools.ttLib import TTFont

    lines = []
    for name in ORDER:
        points: set[int] | None = None
        for path in sorted(folder.glob(f"{name}-[0-9]*.woff2")):
            with TTFont(path, lazy=True) as font:
                found = set(font.getBestCmap())
            points = found if points is None else points & found
        lines.append(" ".join([name, *_ranges(sorted(points or ()))]))
    return "\n".join(lines) + "\n"


def _ranges(points: list[int]) -> list[str]:
    ranges: list[list[int]] = []
    for point in points:
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return [f"{first:04X}" if first == last else f"{first:04X}-{last:04X}" for first, last in ranges]


if __name__ == "__main__":
    COVERAGE.write_text(read_coverage())
