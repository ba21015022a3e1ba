"""Lesson 3.3: prepare your papers."""

from . import Box, Pen, drawing
from .parts_m3 import ask, big_card, dark_photo, lit_field, paper_list, sheet


@drawing("papers-list")
def papers_list(pen: Pen) -> None:
    paper_list(pen, x=34)
    pen.thing("pencil", 236, 100, 74, lit=True)


@drawing("papers-card")
def papers_card(pen: Pen) -> None:
    paper_list(pen, ticked=1)
    big_card(pen, 172, 56, 130, lit=True)


@drawing("papers-rent")
def papers_rent(pen: Pen) -> None:
    paper_list(pen, ticked=2)
    sheet(pen, Box(184, 28, 106, 144), "house", lit=True)


@drawing("papers-money")
def papers_money(pen: Pen) -> None:
    paper_list(pen, ticked=3)
    with pen.at(194, 46, turn=-16):
        sheet(pen, Box(-18, 0, 96, 128), "bill", lines=3)
    sheet(pen, Box(204, 42, 96, 132), "coin", lit=True)


@drawing("papers-which-field")
def papers_which_field(pen: Pen) -> None:
    big_card(pen, 14, 42, 102)
    sheet(pen, Box(130, 18, 78, 108), "house", lines=3)
    sheet(pen, Box(224, 18, 78, 108), "coin", lines=3)
    ask(pen, 160, 162)


@drawing("papers-dark-table")
def papers_dark_table(pen: Pen) -> None:
    pen.table(86)
    pen.rect(Box(22, 14, 84, 58), "paper", r=3)
    pen.path("M64 14v58M22 43h84")
    sheet(pen, Box(148, 36, 108, 144), lit=True, lines=6)


@drawing("papers-photo-above")
def papers_photo_above(pen: Pen) -> None:
    pen.rect(Box(0, 0, 320, 200), "shade", r=16, line=False)
    sheet(pen, Box(60, 14, 200, 172), lines=7)
    pen.rect(Box(98, 22, 124, 160), "shade", r=14)
    screen = pen.rect(Box(106, 34, 108, 108), "water", r=4)
    sheet(pen, Box(screen.cx - 36, screen.y + 10, 72, 88), lines=5)
    pen.circle(160, 162, 19, "saffron", line=False)
    pen.circle(160, 162, 12)
    pen.holding((230, 124), size=96)
    pen.holding((90, 124), size=96, flip=True)


@drawing("papers-four-corners")
def papers_four_corners(pen: Pen) -> None:
    pen.rect(Box(90, 8, 140, 184), "shade", r=16)
    pen.rect(Box(98, 22, 124, 156), "water", r=4)
    paper = sheet(pen, Box(118, 38, 84, 124), lines=6)
    left, top, right, low = paper.x - 6, paper.y - 6, paper.right + 6, paper.bottom + 6
    pen.add(
        f'<path class="p-ring" d="M{left} {top + 20}v-20h20M{right - 20} {top}h20v20M{right} {low - 20}v20h-20M{left + 20} {low}h-20v-20"/>'
    )
    pen.thing("check", 268, 100, 40)


@drawing("papers-three-photos")
def papers_three_photos(pen: Pen) -> None:
    for i, kind in enumerate(("cut", "good", "blurred")):
        x = 16 + i * 86
        pen.photo(x, 34, 76, kind=kind)  # type: ignore[arg-type]
        pen.number_sign(x + 38, 158, i + 1)
    ask(pen, 290, 82, 32)


@drawing("papers-dark-photo")
def papers_dark_photo(pen: Pen) -> None:
    screen = pen.phone(92, 8)
    dark_photo(pen, screen.inset(7, 16))
    ask(pen, 238, 100, 44)


@drawing("papers-clear-name")
def papers_clear_name(pen: Pen) -> None:
    window = pen.program("rename").body
    pen.photo(window.x + 6, window.y + 8, 84)
    box = Box(window.x + 106, window.y + 30, window.w - 110, 60)
    lit_field(pen, box.x, box.y, box.w, "file_name", "rent_november", caret=True)


@drawing("papers-one-folder")
def papers_one_folder(pen: Pen) -> None:
    for y, sign in zip([10, 72, 134], ["id-card", "house", "coin"], strict=True):
        box = pen.rect(Box(24, y, 74, 56), "shade", r=5)
        inner = pen.rect(box.inset(10, 6), r=2)
        pen.thing(sign, inner.cx, inner.cy, 30)
        pen.arrow(112, box.cy, 150, 100 + (box.cy - 100) * 0.35)
    pen.thing("folder", 234, 100, 98, lit=True)
    pen.text(Box(202, 104, 64, 24), "cpas", size=20, bold=True, tone="dark")


@drawing("papers-one-missing")
def papers_one_missing(pen: Pen) -> None:
    paper_list(pen, ticked=3, lit=3)
    pen.arrow(164, 100, 200, 100, head=11)
    pen.building(216, 40, 84, 132)


@drawing("papers-no-contract")
def papers_no_contract(pen: Pen) -> None:
    big_card(pen, 22, 66, 104)
    sheet(pen, Box(140, 44, 76, 106), "coin", lines=3)
    pen.add('<rect x="232" y="44" width="72" height="106" rx="4" stroke-dasharray="8 9"/>')
    pen.thing("house", 268, 78, 30)
    ask(pen, 268, 122, 34)
