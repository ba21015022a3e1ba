"""Lesson 3.4: fill in the fields. One form, filled step by step."""

from . import Box, Pen, drawing, literal
from .parts_m3 import ask, big_card, lit_field

FAMILY, FIRST = literal("Karo"), literal("Mina")


@drawing("fields-title")
def fields_title(pen: Pen) -> None:
    page = pen.form("who_are_you", at=1, lit_title=True)
    first, second = page.rows(2)
    pen.field(first.x, first.y, page.w, "family_name")
    pen.field(second.x, second.y, page.w, "first_name")


@drawing("fields-star")
def fields_star(pen: Pen) -> None:
    page = pen.form("who_are_you", at=1)
    pen.field(page.x, page.y, page.w, "family_name", required=True, h=26)
    pen.field(page.x, page.y + 50, page.w, "phone", h=26)
    end = page.x + pen.width_of("family_name", 14, bold=True)
    pen.ring((end + 11, page.y + 8), size=13)
    pen.text(
        Box(page.x, page.bottom - 14, page.w, 16),
        literal(f"* = {pen.word('required_field')}"),
        size=14,
        align="end",
    )


@drawing("fields-what-star")
def fields_what_star(pen: Pen) -> None:
    page = pen.form()
    with pen.at(page.x + 4, page.y + 12, 1.5):
        pen.field(0, 0, 170, "family_name", required=True)
    ask(pen, 276, 156)


@drawing("fields-click-box")
def fields_click_box(pen: Pen) -> None:
    page = pen.form("who_are_you", at=1)
    box = lit_field(pen, page.x, page.y, page.w, "family_name", required=True, caret=True)
    pen.finger((box.x + 70, box.cy + 6), size=96)


@drawing("fields-type-name")
def fields_type_name(pen: Pen) -> None:
    card = big_card(pen, 12, 56, 132, chip=False, names=(FAMILY, FIRST))
    page = pen.form(box=Box(170, 12, 140, 176))
    box = lit_field(pen, page.x, page.y + 2, page.w, "family_name", FAMILY, required=True, caret=True)
    pen.field(page.x, page.y + 74, page.w, "first_name", required=True)
    pen.arrow(card.right + 6, box.cy, box.x - 9, box.cy)


def date_boxes(pen: Pen, page: Box, values: tuple[str, str, str] | None = None, *, lit: bool = False) -> None:
    """Day, month, year; the day may be marked."""
    boxes = page.columns(1, 1.25, 1.4, gap=14)
    for i, (box, label) in enumerate(zip(boxes, ("day", "month", "year"), strict=True)):
        pen.text(Box(box.x, box.y - 4, box.w, 16), label, size=14, bold=True, align="start")
        pen.field(
            box.x, box.y + 19, box.w, None, literal(values[i]) if values else None, h=36, lit=lit and i == 0
        )


@drawing("fields-date")
def fields_date(pen: Pen) -> None:
    page = pen.form("birth_date", at=1)
    date_boxes(pen, Box(page.x, page.y + 8, page.w, 60), ("05", "03", "1990"), lit=True)
    pen.arrow(page.x + 30, page.y + 98, page.right - 30, page.y + 98, head=11)


@drawing("fields-which-date")
def fields_which_date(pen: Pen) -> None:
    page = pen.form("birth_date", at=1)
    date_boxes(pen, Box(page.x, page.y + 8, page.w, 60))
    ask(pen, 276, 156)


@drawing("fields-round-square")
def fields_round_square(pen: Pen) -> None:
    page = pen.form("do_you_work", at=2)
    pen.choice(page.x + 8, page.y + 2, "yes", on=True, w=100, lit=True)
    pen.choice(page.x + 140, page.y + 2, "no", w=100)
    pen.path(f"M{page.x} {page.y + 40}h{page.w}", tone="soft")
    pen.choice(page.x + 8, page.y + 53, "phone", many=True, on=True, w=118)
    pen.choice(page.x + 140, page.y + 53, "letter", many=True, w=118)
    pen.choice(page.x + 8, page.y + 86, "email", many=True, on=True, w=118)


@drawing("fields-squares")
def fields_squares(pen: Pen) -> None:
    page = pen.form("how_reach_you")
    for i, way in enumerate(("phone", "email", "letter", "counter")):
        pen.choice(page.x + 6, page.y - 3 + i * 30, way, many=True, w=170, size=17)
    ask(pen, 268, 118, 44)


@drawing("fields-dont-know")
def fields_dont_know(pen: Pen) -> None:
    page = pen.form("do_you_work", at=2)
    pen.choice(page.x + 8, page.y + 4, "yes", w=150, size=17)
    pen.choice(page.x + 8, page.y + 46, "no", w=150, size=17)
    pen.choice(page.x + 8, page.y + 88, "dont_know", on=True, lit=True, w=190, size=17)


@drawing("fields-red-text")
def fields_red_text(pen: Pen) -> None:
    page = pen.form("who_are_you", at=1)
    lit_field(pen, page.x, page.y + 10, page.w, "birth_date", literal("55/03/1990"), error="wrong_date")


@drawing("fields-red-line")
def fields_red_line(pen: Pen) -> None:
    page = pen.form("who_are_you", at=1)
    pen.field(page.x, page.y - 2, 210, "family_name", FAMILY, required=True, h=26)
    box = pen.field(page.x, page.y + 47, 210, "first_name", required=True, h=26, error="fill_in")
    pen.path(f"M{box.x} {box.y}h{box.w}v{box.h}h-{box.w}z", tone="red")
    ask(pen, 276, 156)


def filled_form(pen: Pen, lit: str) -> Box:
    """The page with both answers; `lit` is "save" or "next". Returns that button."""
    page = pen.form("who_are_you", at=1)
    left, right = page.columns(1, 1, gap=16)
    pen.field(left.x, page.y + 4, left.w, "family_name", FAMILY)
    pen.field(right.x, page.y + 4, right.w, "first_name", FIRST)
    save = pen.button(page.x, page.bottom - 42, "save", plain=True, lit=lit == "save")
    onward = pen.button(page.right, page.bottom - 42, "next", align="end", lit=lit == "next")
    if lit == "next":
        pen.thing("check", save.right + 2, save.y, 24)
    return save if lit == "save" else onward


@drawing("fields-save")
def fields_save(pen: Pen) -> None:
    pen.pointer(filled_form(pen, "save"))


@drawing("fields-next")
def fields_next(pen: Pen) -> None:
    pen.pointer(filled_form(pen, "next"))
