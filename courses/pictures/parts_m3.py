"""What the drawings of module 3 share: the card and its reader, a near phone, the list of papers, a letterbox."""

from collections.abc import Sequence
from typing import NamedTuple

from . import Box, Pen, literal
from .canvas import number

TOWN = "Lindeville"
SITE = literal("www.lindeville.example")
LISTED = ("id-card", "house", "coin", "bill")


class TownPage(NamedTuple):
    """A page of the town's site: the words at its top, and what is below."""

    contact: Box
    star: Box
    body: Box


def ask(pen: Pen, x: float = 286, y: float = 166, size: float = 36) -> None:
    """The saffron question mark: this picture goes with a question."""
    pen.thing("question", x, y, size, lit=True)


def pill(pen: Pen, box: Box, words: str, *, size: float = 18) -> Box:
    """Words on a saffron ground."""
    pen.rect(box, "saffron", r=8, line=False)
    pen.text(box.inset(8, 2), words, size=size, bold=True, tone="dark")
    return box


def town_page(pen: Pen, *, lit: str | None = None, heading: bool = True) -> TownPage:
    """The site of the town with a menu; `lit` is "contact", or a part of the browser."""
    page = pen.browser(address=SITE, lit=lit if lit in ("address", "star", "close") else None)  # type: ignore[arg-type]
    x, y = page.body.x + 4, page.body.y
    pen.link(x, y, "home_page", w=86)
    contact = pen.link(x + 110, y, "contact", lit=lit == "contact", w=90)
    pen.path(f"M{number(page.body.x - 12)} {number(y + 29)}h{number(page.body.w + 24)}", tone="soft")
    body = Box(x, y + 36, page.body.w - 8, page.body.h - 38)
    if heading:
        body = pen.heading(body, literal(f"{pen.word('cpas')} {TOWN}"))
    return TownPage(contact, page.star, body)


def big_card(
    pen: Pen,
    x: float,
    y: float,
    w: float,
    *,
    chip: bool = True,
    lit: bool = False,
    lit_chip: bool = False,
    names: Sequence[str] = (),
) -> Box:
    """A card with a small portrait, 0.63 as high as wide; `names` are written, else drawn as lines. Returns it."""
    box = Box(x, y, w, w * 0.63)
    if lit:
        pen.halo(box)
    pen.rect(box, r=10)
    unit = w / 100
    if chip:
        spot = Box(x + 8 * unit, y + 23 * unit, 20 * unit, 17 * unit)
        if lit_chip:
            pen.halo(spot, r=4)
        pen.rect(spot, "shade", r=3)
        pen.path(
            f"M{number(spot.x)} {number(spot.cy)}h{number(spot.w)}M{number(spot.cx)} {number(spot.y)}v{number(spot.h)}"
        )
    pen.rect(Box(x + 68 * unit, y + 14 * unit, 24 * unit, 32 * unit), "water", r=4)
    pen.thing("person", x + 80 * unit, y + 33 * unit, 24 * unit)
    left = x + (36 if chip else 10) * unit
    if names:
        for i, name in enumerate(names):
            pen.text(
                Box(left, y + (14 + i * 17) * unit, (30 if chip else 54) * unit, 15 * unit),
                literal(name),
                size=18,
                bold=True,
                align="start",
            )
    else:
        pen.text_lines(Box(left, y + 24 * unit, (28 if chip else 50) * unit, 0), 2, gap=13 * unit)
    pen.text_lines(Box(x + 10 * unit, y + 54 * unit, 48 * unit, 0), 1)
    return box


def reader(pen: Pen, x: float, y: float, *, dots: int = 0) -> Box:
    """A card reader lying on the table, its slot on the right. Returns the slot."""
    pen.path(f"M{number(x)} {number(y + 66)}c-26 0-30 14-30 30v{number(196 - y - 96)}")
    pen.rect(Box(x, y, 124, 132), "shade", r=12)
    screen = pen.rect(Box(x + 16, y + 16, 78, 30), r=4)
    for i in range(dots):
        pen.circle(screen.x + 15 + i * 16, screen.cy, 3.5, "ink", line=False)
    d = "".join(
        f"M{number(key.x)} {number(key.y)}h{number(key.w)}v{number(key.h)}h-{number(key.w)}z"
        for row in Box(x + 16, y + 60, 78, 58).rows(3, gap=7)
        for key in row.columns(1, 1, 1, gap=9)
    )
    pen.path(d, "paper")
    return pen.rect(Box(x + 116, y + 22, 12, 88), "ink", r=5)


def lit_field(
    pen: Pen,
    x: float,
    y: float,
    w: float,
    label: str,
    value: str | None = None,
    *,
    h: float = 30,
    required: bool = False,
    caret: bool = False,
    error: str | None = None,
) -> Box:
    """A marked field with room between its label and the saffron, for letters that hang below the line."""
    size = pen.text(Box(x, y, w - (14 if required else 0), 16), label, size=14, bold=True, align="start")
    if required:
        end = x + pen.width_of(label, size, bold=True)
        pen.text(Box(end + 4, y + 2, 12, 16), literal("*"), size=18, bold=True, tone="red")
    return pen.field(x, y + 24, w, None, value, h=h, caret=caret, error=error, lit=True)


def near_phone(pen: Pen, x: float = 70, w: float = 180, *, y: float = 14) -> Box:
    """A phone seen from near, cut off by the lower edge. Returns the part of the screen that is seen."""
    pen.path(
        f"M{number(x)} 200V{number(y + 20)}a20 20 0 0 1 20-20h{number(w - 40)}a20 20 0 0 1 20 20V200", "shade"
    )
    screen = Box(x + 10, y + 22, w - 20, 200 - y - 22)
    pen.path(f"M{number(screen.x)} 200V{number(screen.y)}H{number(screen.right)}V200", "paper")
    pen.path(f"M{number(x + w / 2 - 12)} {number(y + 11)}h24")
    return screen


def key_question(
    pen: Pen, screen: Box, *, who: str | None = None, number_: int | None = None, lit: str | None = None
) -> dict[str, Box]:
    """What the digital key asks on the phone: who asks, a number, confirm or refuse. `lit` is "who" or a button."""
    top = Box(screen.x + 10, screen.y + 6, screen.w - 20, 34)
    if who is not None and lit == "who":
        pill(pen, top, who)
    elif who is not None:
        pen.text(top, who, size=18, bold=True)
    if number_ is not None:
        pen.text(Box(screen.x, screen.y + 4, screen.w, 42), literal(str(number_)), size=38, bold=True)
    x, w = screen.x + 12, screen.w - 24
    confirm = pen.button(x, 86, "confirm", w=w, lit=lit == "confirm", size=17)
    refuse = pen.button(x, 133, "refuse", w=w, plain=True, lit=lit == "refuse", size=17)
    return {"confirm": confirm, "refuse": refuse}


def paper_list(pen: Pen, *, ticked: int = 0, lit: int | None = None, x: float = 22) -> list[Box]:
    """The list of papers: four lines, each with a square, a thing and a stroke; `ticked` of them are done."""
    sheet = Box(x, 14, 128, 172)
    pen.rect(sheet, r=6)
    rows = sheet.inset(10, 10).rows(4)
    for i, (row, name) in enumerate(zip(rows, LISTED, strict=True)):
        if i == lit:
            pen.rect(row.inset(-3, 2), "saffron", r=6, line=False)
        pen.rect(Box(row.x + 4, row.cy - 10, 20, 20), r=4)
        if i < ticked:
            pen.path(f"M{number(row.x + 8.5)} {number(row.cy)}l4 5 7-10", tone="green")
        pen.thing(name, row.x + 50, row.cy, 28)
        pen.path(f"M{number(row.x + 76)} {number(row.cy)}h28", tone="dark" if i == lit else "soft")
    return rows


def sheet(pen: Pen, box: Box, sign: str | None = None, *, lit: bool = False, lines: int = 4) -> Box:
    """A paper with a thing at its top and lines of writing."""
    if lit:
        pen.halo(box, r=4, by=8)
    pen.rect(box, r=3)
    top = box.y + box.w * 0.2
    if sign is not None:
        pen.thing(sign, box.cx, box.y + box.w * 0.32, box.w * 0.4)
        top = box.y + box.w * 0.66
    gap = (box.bottom - top - 4) / (lines + 0.3)
    pen.text_lines(Box(box.x + box.w * 0.18, top + gap * 0.3, box.w * 0.64, 0), lines, gap=gap)
    return box


def proof(pen: Pen, box: Box, *, lit: bool = False) -> Box:
    """The acknowledgement, small: a paper with a green check and the date."""
    if lit:
        pen.halo(box, r=4, by=8)
    pen.rect(box, r=3)
    pen.thing("check", box.cx, box.y + box.h * 0.25, box.h * 0.32)
    pen.text(Box(box.x + 6, box.y + box.h * 0.5, box.w - 12, 18), literal("12-03"), size=17, bold=True)
    pen.text_lines(Box(box.x + box.w * 0.2, box.y + box.h * 0.76, box.w * 0.6, 0), 2, gap=box.h * 0.12)
    return box


def dark_photo(pen: Pen, box: Box) -> None:
    """A photo without light. It stays dark in the dark theme too."""
    x, y, w, h = map(number, box)
    pen.add(f'<rect class="p-dark" x="{x}" y="{y}" width="{w}" height="{h}" rx="4"/>')
    pen.text_lines(Box(box.x + box.w * 0.3, box.y + box.h * 0.3, box.w * 0.4, 0), 3, gap=box.h * 0.16)


def letterbox(pen: Pen, x: float, y: float, *, letter: bool = True, lit: bool = False) -> None:
    """A letterbox on its post, top left at x, y, 100 wide; `letter` looks out of the slot."""
    pen.rect(Box(x + 42, y + 88, 16, 190 - y - 88), "shade", r=0)
    if letter:
        envelope = Box(x + 16, y - 34, 68, 60)
        if lit:
            pen.halo(envelope, r=5)
        pen.rect(envelope, r=4)
        pen.path(f"M{number(envelope.x)} {number(envelope.y + 4)}l34 28 34-28")
    pen.path(
        f"M{number(x)} {number(y + 88)}V{number(y + 20)}a20 20 0 0 1 20-20h60a20 20 0 0 1 20 20v68z", "shade"
    )
    pen.rect(Box(x + 14, y + 22, 72, 10), "ink", r=5)


def cat(pen: Pen, x: float, y: float, size: float = 30) -> None:
    """Not a paper for the CPAS."""
    with pen.at(x, y, size / 40):
        pen.path("M-14-16l8 6h12l8-6v18a14 14 0 0 1-28 0z", "shade")
        pen.path("M-6-1h0M6-1h0M-3 6c2 2 4 2 6 0M-20 2l-6-1M20 2l6-1")
