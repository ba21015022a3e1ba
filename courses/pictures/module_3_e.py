"""Lesson 3.5: add, check, send and keep proof."""

from . import Box, Pen, drawing, literal
from .parts_m3 import TOWN, ask, cat, proof

FILES = ("identity_file", "rent_november", "pay_file")


@drawing("proof-add-file")
def proof_add_file(pen: Pen) -> None:
    page = pen.form("your_papers", at=4)
    pen.pointer(pen.drop_place(Box(page.x, page.y + 6, page.w, page.h - 12), lit=True))


@drawing("proof-choose-file")
def proof_choose_file(pen: Pen) -> None:
    window = pen.program("documents").body
    for i, name in enumerate(FILES):
        row = pen.file_row(window.x + 6, window.y + 2 + i * 45, 230, name, done=False, lit=i == 1)
        if i == 1:
            target = row
    pen.pointer((target.right - 24, target.cy + 2))


@drawing("proof-see-name")
def proof_see_name(pen: Pen) -> None:
    page = pen.form("your_papers", at=4)
    pen.file_row(page.x + 4, page.y + 8, page.w - 8, "rent_november", lit=True, h=42)
    pen.button(page.cx, page.bottom - 44, "add_file", align="middle", plain=True)


@drawing("proof-wrong-file")
def proof_wrong_file(pen: Pen) -> None:
    page = pen.form("your_papers", at=4)
    row = pen.rect(Box(page.x, page.y + 6, page.w, 62), r=8)
    cat(pen, row.x + 36, row.cy, 42)
    pen.text(Box(row.x + 70, row.y, 130, row.h), "cat_photo", size=18, align="start")
    pen.path(f"M{row.right - 36} {row.cy - 8}l16 16m0-16l-16 16")
    ask(pen, 274, 160, 30)


def answers(pen: Pen, *, date: str = "05-03-1990", **marks: int) -> list[Box]:
    """The check page with three answers. Returns the links to change them."""
    page = pen.form("check_page", at=5, lit_title=not marks)
    rows = [("family_name", literal("Karo")), ("birth_date", literal(date)), ("town", literal(TOWN))]
    return [
        row.change for row in pen.check_rows(Box(page.x, page.y + 4, page.w, page.h), rows, row=40, **marks)
    ]


@drawing("proof-check-page")
def proof_check_page(pen: Pen) -> None:
    answers(pen)


@drawing("proof-read-lines")
def proof_read_lines(pen: Pen) -> None:
    links = answers(pen, lit=0)
    pen.finger((links[0].x - 34, links[0].bottom + 4), size=84)


@drawing("proof-change")
def proof_change(pen: Pen) -> None:
    links = answers(pen, date="55-03-1990", lit_change=1)
    pen.pointer((links[1].cx + 14, links[1].bottom - 5))


def last_page(pen: Pen, *, ticked: bool, lit: str) -> Box:
    """The end of the check page; `lit` is "tick" or "send". Returns that part."""
    page = pen.form(at=5)
    pen.text_lines(Box(page.x, page.y, page.w, 0), 2, gap=18)
    tick = pen.choice(
        page.x + 8, page.y + 46, "it_is_true", many=True, on=ticked, lit=lit == "tick", w=240, size=17
    )
    send = pen.button(page.right - 4, page.bottom - 40, "send", align="end", lit=lit == "send")
    return tick if lit == "tick" else send


@drawing("proof-tick-true")
def proof_tick_true(pen: Pen) -> None:
    tick = last_page(pen, ticked=True, lit="tick")
    pen.pointer((tick.right - 3, tick.bottom - 3))


@drawing("proof-send")
def proof_send(pen: Pen) -> None:
    send = last_page(pen, ticked=True, lit="send")
    pen.pointer(send)


@drawing("proof-slow-page")
def proof_slow_page(pen: Pen) -> None:
    page = pen.form(at=5)
    pen.add(f'<circle cx="{page.cx}" cy="{page.y + 42}" r="28" stroke-dasharray="3 14.6" stroke-width="7"/>')
    pen.text(Box(page.x, page.y + 88, page.w, 24), "wait", size=17)
    ask(pen, 274, 154)


@drawing("proof-number-date")
def proof_number_date(pen: Pen) -> None:
    paper = pen.rect(Box(28, 10, 184, 180), r=8)
    pen.thing("check", paper.cx, paper.y + 28, 36)
    pen.text(
        Box(paper.x + 12, paper.y + 52, paper.w - 24, 40), "acknowledgement", size=16, bold=True, lines=2
    )
    pen.rect(Box(paper.x + 18, paper.y + 98, paper.w - 36, 60), "saffron", r=10, line=False)
    for y, value in ((100, "2026-014"), (128, "12-03-2026")):
        pen.text(
            Box(paper.x + 20, paper.y + y, paper.w - 40, 28), literal(value), size=19, bold=True, tone="dark"
        )
    pen.thing("note", 262, 120, 66)
    pen.thing("pencil", 276, 76, 56)


@drawing("proof-keep")
def proof_keep(pen: Pen) -> None:
    pen.thing("printer", 62, 100, 82)
    pen.arrow(108, 100, 128, 100)
    proof(pen, Box(140, 46, 76, 108), lit=True)
    pen.arrow(228, 100, 246, 100)
    pen.thing("folder", 282, 100, 58)


@drawing("proof-which-paper")
def proof_which_paper(pen: Pen) -> None:
    photo = pen.rect(Box(34, 32, 104, 92), r=4)
    pen.thing("screen", photo.cx, photo.cy, 62)
    proof(pen, Box(196, 20, 84, 116))
    ask(pen, 160, 164)


@drawing("proof-sunday")
def proof_sunday(pen: Pen) -> None:
    days = ("friday", "saturday", "sunday", "monday", "tuesday")
    boxes = Box(14, 62, 292, 72).columns(1, 1, 1, 1, 1, gap=6)
    for box, day in zip(boxes, days, strict=True):
        pen.rect(box, "shade" if day in ("saturday", "sunday") else "paper", r=8)
        pen.text(box.inset(4), day, size=19, bold=True)
    pen.thing("envelope", boxes[2].cx, 30, 40)
    pen.arrow(boxes[2].cx, 48, boxes[2].cx, 58, head=6)
    ask(pen, boxes[2].cx, 166)
