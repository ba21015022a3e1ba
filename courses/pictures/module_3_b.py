"""Lesson 3.2: your digital key."""

from . import Box, Pen, drawing, literal
from .parts_m3 import SITE, TOWN, ask, big_card, key_question, near_phone, reader


@drawing("key-chip")
def key_chip(pen: Pen) -> None:
    card = big_card(pen, 40, 26, 240, lit_chip=True)
    pen.text(Box(card.x + 16, card.y + 8, 140, 26), "residence_card", size=17, bold=True, align="start")


@drawing("key-card-reader")
def key_card_reader(pen: Pen) -> None:
    reader(pen, 44, 40)
    big_card(pen, 182, 64, 116, lit=True)
    pen.arrow(262, 38, 196, 38, head=11)
    pen.holding((262, 124), size=72)


@drawing("key-type-pin")
def key_type_pin(pen: Pen) -> None:
    screen = pen.pin_pad(132, 100, 176, lit=True)
    pen.thing("no-eye", 254, 44, 56)
    pen.finger((screen.cx + 14, screen.y + 88), size=100)


@drawing("key-helper-asks")
def key_helper_asks(pen: Pen) -> None:
    pen.speech(Box(30, 16, 130, 48), literal(f"{pen.word('pin')} ?"), size=24, lit=True)
    pen.person(84, 188, 100)
    pen.person(236, 188, 100)


@drawing("key-which-one")
def key_which_one(pen: Pen) -> None:
    for name, x in zip(["image", "id-card", "envelope"], [60, 160, 260], strict=True):
        pen.rect(Box(x - 44, 26, 88, 88), r=10)
        pen.thing(name, x, 70, 66)
    ask(pen, 160, 158)


@drawing("key-open-app")
def key_open_app(pen: Pen) -> None:
    screen = near_phone(pen)
    tiles = [
        tile
        for row in Box(screen.x + 12, screen.y + 14, screen.w - 24, 92).rows(2, gap=12)
        for tile in row.columns(1, 1, 1, gap=12)
    ]
    for tile, name in zip(tiles, ["envelope", "camera", "globe", "image", "", "gear"], strict=True):
        if not name:
            pen.halo(tile, r=9)
        pen.rect(tile, "paper" if not name else "water", r=9)
        if name:
            pen.thing(name, tile.cx, tile.cy, 24)
    pen.text(tiles[4].inset(2), literal("itsme"), size=15, bold=True)
    pen.finger((tiles[4].cx + 6, tiles[4].bottom - 2), size=90)


@drawing("key-service-name")
def key_service_name(pen: Pen) -> None:
    key_question(pen, near_phone(pen), who=literal(f"{pen.word('cpas')} {TOWN}"), lit="who")


def computer_with(pen: Pen, value: int) -> None:
    """A laptop on the left that shows a number."""
    screen = pen.laptop(34, 72, 112, 82)
    pen.text(screen, literal(str(value)), size=42, bold=True)


@drawing("key-confirm")
def key_confirm(pen: Pen) -> None:
    computer_with(pen, 27)
    key_question(pen, near_phone(pen, 176, 132), number_=27, lit="confirm")


@drawing("key-refuse")
def key_refuse(pen: Pen) -> None:
    pen.rect(Box(22, 86, 136, 12), "shade", r=5)
    pen.rect(Box(14, 98, 152, 12), r=5)
    pen.path("M78 98c0 4 4 5 8 5h10c4 0 8-1 8-5")
    pen.path("M10 111h160")
    screen = near_phone(pen, 176, 132)
    pen.thing("question", screen.cx, screen.y + 27, 38)
    buttons = key_question(pen, screen, lit="refuse")
    pen.finger((buttons["refuse"].x + 9, buttons["refuse"].bottom - 2), size=88, flip=True, turn=-40)


@drawing("key-two-numbers")
def key_two_numbers(pen: Pen) -> None:
    computer_with(pen, 27)
    key_question(pen, near_phone(pen, 176, 132), number_=84)
    ask(pen, 90, 36)


@drawing("key-sign-out")
def key_sign_out(pen: Pen) -> None:
    page = pen.browser(address=SITE).body
    button = pen.button(page.right, page.y + 4, "sign_out", align="end", lit=True)
    pen.thing("person", page.x + 18, page.y + 20, 34)
    pen.text_lines(Box(page.x + 4, page.y + 66, page.w - 40, 0), 3, gap=19)
    pen.pointer(button)


@drawing("key-take-card")
def key_take_card(pen: Pen) -> None:
    reader(pen, 34, 40)
    pen.thing("check", 89, 71, 22)
    big_card(pen, 192, 76, 108, lit=True)
    pen.arrow(190, 48, 256, 48, head=11)
    pen.holding((268, 132), size=68)


@drawing("key-no-key")
def key_no_key(pen: Pen) -> None:
    pen.building(28, 36, 128, 138, sign="town")
    pen.thing("paper", 238, 100, 96, lit=True)
    with pen.at(0, 0, lit=True):
        pen.thing("pencil", 270, 132, 58)


@drawing("key-card-no-chip")
def key_card_no_chip(pen: Pen) -> None:
    reader(pen, 36, 40)
    big_card(pen, 182, 30, 122, chip=False)
    ask(pen, 244, 156)
