"""Boxes, shapes and fitted text: what every other part of the kit is drawn with."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal as OneOf
from typing import NamedTuple, TypeAlias
from xml.sax.saxutils import escape

from .wording import SMALLEST_TEXT, Literal, break_lines, look_up, text_width

WIDTH, HEIGHT, WEIGHT = 320, 200, 3

TIGHTEST = 0.8  # a long word may be set this narrow before it is refused

Fill: TypeAlias = OneOf[
    "none", "paper", "blue", "saffron", "green", "red", "water", "shade", "soft", "ink", "dark"
]
Tone: TypeAlias = OneOf["ink", "soft", "paper", "blue", "saffron", "green", "red", "dark"]
Align: TypeAlias = OneOf["start", "middle", "end"]


class TextTooLong(ValueError):
    """The words do not fit their box, even at the smallest size."""


class Box(NamedTuple):
    """A place in the picture: 320 wide, 200 high, y grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def inset(self, x: float, y: float | None = None) -> "Box":
        """Smaller on every side; a negative number makes it larger."""
        y = x if y is None else y
        return Box(self.x + x, self.y + y, self.w - 2 * x, self.h - 2 * y)

    def moved(self, x: float = 0, y: float = 0) -> "Box":
        return Box(self.x + x, self.y + y, self.w, self.h)

    def rows(self, count: int, gap: float = 0) -> list["Box"]:
        height = (self.h - gap * (count - 1)) / count
        return [Box(self.x, self.y + i * (height + gap), self.w, height) for i in range(count)]

    def columns(self, *shares: float, gap: float = 0) -> list["Box"]:
        """`columns(1, 2)` is a third and two thirds."""
        width, left, boxes = (self.w - gap * (len(shares) - 1)) / sum(shares), self.x, []
        for share in shares:
            boxes.append(Box(left, self.y, share * width, self.h))
            left += share * width + gap
        return boxes


Place: TypeAlias = Box | tuple[float, float]
WHOLE = Box(10, 9, 300, 182)


def at_middle(place: Place) -> tuple[float, float]:
    return (place.cx, place.cy) if isinstance(place, Box) else place


def at_touch(place: Place) -> tuple[float, float]:
    """Where a pointer or finger lands in a box: low and late, so that the word stays readable."""
    if not isinstance(place, Box):
        return place
    return place.right - min(place.w * 0.3, 18), place.bottom - min(place.h * 0.35, 10)


def number(value: float) -> str:
    """Short: 12, 7.5, never 7.50."""
    return f"{round(value, 1):g}"


class Canvas:
    """Collects markup in drawing order; later is in front."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._markup: list[str] = []
        self._scale = 1.0

    def markup(self) -> str:
        return "".join(self._markup)

    def add(self, markup: str) -> None:
        self._markup.append(markup)

    def word(self, text: str) -> Literal:
        """The word in the picture's language, to join with others: `literal(f"{pen.word('cpas')} 12")`."""
        return look_up(text, self.language)

    @contextmanager
    def at(
        self,
        x: float,
        y: float,
        scale: float = 1,
        *,
        turn: float = 0,
        flip: bool = False,
        weight: float = WEIGHT,
        lit: bool = False,
    ) -> Iterator[None]:
        """Draw the block with (0, 0) moved to (x, y). The line weight stays; boxes inside are local.

        `lit` gives it daylight colours, to stand on saffron in the dark too.
        """
        transform = f"translate({number(x)} {number(y)})"
        if turn:
            transform += f"rotate({number(turn)})"
        if flip or scale != 1:
            transform += f"scale({'-' if flip else ''}{scale:.3g} {scale:.3g})"
        outer, self._scale = self._scale, self._scale * scale
        same = scale == 1 and weight == WEIGHT
        stroke = "" if same else f' stroke-width="{weight / self._scale:.3g}"'
        light = ' class="p-lit"' if lit else ""
        self.add(f'<g{light} transform="{transform}"{stroke}>')
        try:
            yield
        finally:
            self._scale = outer
            self.add("</g>")

    # Shapes

    def rect(self, box: Box, fill: Fill = "paper", *, r: float = 6, line: bool = True) -> Box:
        x, y, w, h = map(number, box)
        rounded = f' rx="{number(r)}"' if r else ""
        self.add(f'<rect{_class(fill, line)} x="{x}" y="{y}" width="{w}" height="{h}"{rounded}/>')
        return box

    def circle(self, x: float, y: float, r: float, fill: Fill = "paper", *, line: bool = True) -> Box:
        self.add(f'<circle{_class(fill, line)} cx="{number(x)}" cy="{number(y)}" r="{number(r)}"/>')
        return Box(x - r, y - r, 2 * r, 2 * r)

    def path(self, d: str, fill: Fill = "none", *, line: bool = True, tone: Tone = "ink") -> None:
        self.add(f'<path{_class(fill, line, tone)} d="{d}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, tone: Tone = "ink") -> None:
        self.path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", tone=tone)

    def text_lines(self, box: Box, count: int = 3, *, tone: Tone = "soft", gap: float = 12) -> None:
        """Lines that stand for writing; the last is short."""
        d = "".join(
            f"M{number(box.x)} {number(box.y + i * gap)}h{number(box.w * (0.6 if i == count - 1 and i else 1))}"
            for i in range(count)
        )
        self.path(d, tone=tone)

    # Attention: exactly one thing in a picture

    def halo(self, box: Box, *, r: float = 10, by: float = 6) -> None:
        """A saffron ground; draw the thing itself on top of it."""
        self.rect(box.inset(-by), "saffron", r=r + by / 2, line=False)

    def ring(self, place: Place, *, r: float | None = None, size: float = 44) -> None:
        """A saffron ring around something that is already drawn."""
        x, y = at_middle(place)
        box = place if isinstance(place, Box) else Box(x - size / 2, y - size / 2, size, size)
        outer = box.inset(-5)
        radius = min(outer.w, outer.h) / 2 if r is None else r
        x_, y_, w, h = map(number, outer)
        self.add(f'<rect class="p-ring" x="{x_}" y="{y_}" width="{w}" height="{h}" rx="{number(radius)}"/>')

    # Writing

    def text(
        self,
        box: Box,
        words: str,
        *,
        size: float = 15,
        bold: bool = False,
        tone: Tone = "ink",
        align: Align = "middle",
        lines: int = 1,
        underline: bool = False,
        caret: bool = False,
    ) -> float:
        """Write inside the box: on up to `lines` lines, smaller, at last narrower; never outside. Returns the size used.

        `words` is a key of words.yaml or a literal(). Raises TextTooLong.
        """
        said = self.word(words)
        smallest = SMALLEST_TEXT / self._scale
        squeeze = ""
        for used in [*_sizes(size, smallest), smallest]:
            rows = break_lines(said, box.w, used, bold=bold) if lines > 1 else [said]
            widest = max(text_width(row, used, bold=bold) for row in rows)
            tall = (1.2 * len(rows) - 0.2) * used
            if widest <= box.w and len(rows) <= lines and (len(rows) == 1 or tall <= box.h):
                break
        else:
            if len(rows) > lines or widest * TIGHTEST > box.w:
                raise TextTooLong(f"{said!r} ({self.language}) in a box {box.w:.0f} × {box.h:.0f}")
            squeeze = f' textLength="{number(box.w)}" lengthAdjust="spacingAndGlyphs"'
        x = {"start": box.x, "middle": box.cx, "end": box.right}[align]
        y = box.cy - (len(rows) - 1) * used * 0.6 + used * 0.36
        look = "p-text" + (" p-bold" if bold else "") + (f" p-{tone}" if tone != "ink" else "")
        anchor = f' text-anchor="{align}"' if align != "start" else ""
        if underline:
            anchor += ' text-decoration="underline"'
        spans = [
            f'<tspan x="{number(x)}" y="{number(y + i * used * 1.2)}"'
            f"{squeeze if row == max(rows, key=len) else ''}>{escape(row)}</tspan>"
            for i, row in enumerate(rows)
        ]
        inner = escape(rows[0]) if len(rows) == 1 else "".join(spans)
        place = f' x="{number(x)}" y="{number(y)}"{squeeze}' if len(rows) == 1 else ""
        if caret:
            inner += f'<tspan class="p-bold" font-size="{number(used * 1.25)}" dx="1">|</tspan>'
        self.add(f'<text class="{look}" font-size="{number(used)}"{anchor}{place}>{inner}</text>')
        return used

    def width_of(self, words: str, size: float = 15, *, bold: bool = False) -> float:
        return text_width(self.word(words), size, bold=bold)


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    while largest > smallest:
        yield largest
        largest -= 0.5


def _class(fill: Fill, line: bool, tone: Tone = "ink") -> str:
    names = [f"p-{fill}"] if fill != "none" else []
    if not line:
        names.append("p-flat")
    if tone != "ink":
        names.append(f"p-line-{tone}")
    return f' class="{" ".join(names)}"' if names else ""
