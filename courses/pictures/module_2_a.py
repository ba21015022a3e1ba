"""Module 2, lesson 1: what an e-mail address is."""

from . import Box, Pen, drawing, literal
from .parts_m2 import HER_ADDRESS, strip


@drawing("address-parts")
def address_parts(pen: Pen) -> None:
    name, sign, place = Box(14, 62, 292, 48).columns(114, 46, 132, gap=7)
    strip(pen, name, literal("nadia.sow"), size=16)
    strip(pen, sign, literal("@"), size=26, lit=True)
    strip(pen, place, literal("mail.example"), size=16)
    pen.thing("person", name.cx, 148, 44)
    pen.thing("globe", place.cx, 148, 44)


@drawing("address-no-space")
def address_no_space(pen: Pen) -> None:
    wrong, right = pen.rect(Box(14, 40, 242, 46), r=8), pen.rect(Box(14, 114, 242, 46), r=8)
    pen.text(Box(22, 40, 52, 46), literal("nadia"), size=15, bold=True, align="end")
    pen.rect(Box(78, 48, 18, 30), "saffron", r=4, line=False)
    pen.text(Box(100, 40, 152, 46), literal("sow@mail.example"), size=15, bold=True, align="start")
    pen.text(right.inset(16, 4), HER_ADDRESS, size=15, bold=True, align="start")
    pen.thing("cross", 284, wrong.cy, 38)
    pen.thing("check", 284, right.cy, 38)


@drawing("address-which")
def address_which(pen: Pen) -> None:
    screen = pen.laptop()
    pen.field(screen.x + 16, screen.y + 20, screen.w - 32, "email_address", caret=True, h=34)
    pen.thing("question", screen.right - 40, screen.bottom - 26, 36, lit=True)


@drawing("address-serious")
def address_serious(pen: Pen) -> None:
    strip(pen, Box(30, 38, 200, 50), literal("nadia.sow"), size=24, lit=True)
    pen.thing("check", 274, 63, 42)
    crossed = strip(pen, Box(30, 116, 200, 50), literal("coolcat99"), size=24)
    pen.path(f"M{crossed.x + 26:g} {crossed.cy:g}H{crossed.right - 26:g}", tone="red")
    pen.thing("cross", 274, crossed.cy, 42)


@drawing("password-long")
def password_long(pen: Pen) -> None:
    short, long = Box(16, 22, 288, 76), Box(16, 112, 288, 80)
    for card, dots, level in ((short, 4, 1), (long, 15, 3)):
        pen.password(card.x, card.y, 216, label=None, dots=dots, lit=level == 3)
        pen.strength(card.x, card.y + 42, 216, level)
    pen.thing("cross", 270, short.y + 15, 34)
    pen.thing("check", 270, long.y + 15, 34)


@drawing("password-no-birthday")
def password_no_birthday(pen: Pen) -> None:
    pen.calendar(14, 48, 112, month="march", lit=12)
    field = pen.password(206, 80, 102, dots=4)
    pen.arrow(134, field.cy, 198, field.cy)
    pen.thing("cross", 160, field.cy, 34)


@drawing("password-hint-home")
def password_hint_home(pen: Pen) -> None:
    pen.path("M62 186v-94h196v94z", "paper")
    pen.path("M36 96L160 14l124 82z", "shade")
    note = Box(112, 106, 96, 66)
    pen.halo(note)
    pen.rect(note, r=4)
    pen.text(Box(note.x + 10, note.y + 6, note.w - 20, 22), "hint", size=16, bold=True)
    pen.text_lines(Box(note.x + 14, note.y + 40, note.w - 28, 0), 2)


@drawing("password-who")
def password_who(pen: Pen) -> None:
    for x in (62, 160, 258):
        pen.person(x, 186, 82)
    pen.password(50, 16, 178, dots=9)
    pen.thing("question", 268, 50, 40, lit=True)


@drawing("address-add-phone")
def address_add_phone(pen: Pen) -> None:
    card = pen.form(box=Box(10, 30, 206, 140))
    pen.field(
        card.x,
        card.y + 16,
        card.w,
        "recovery_phone",
        literal("04•• •• •• ••"),
        caret=True,
        lit=True,
    )
    screen = pen.phone(232, 30, 140)
    pen.thing("telephone", screen.cx, screen.cy, 40)


@drawing("address-keep-code")
def address_keep_code(pen: Pen) -> None:
    screen = pen.phone(66, 8, 184)
    message = pen.rect(Box(screen.x + 5, screen.y + 28, screen.w - 10, 72), "water", r=8)
    pen.text(Box(message.x, message.y + 5, message.w, 20), "code", size=15, bold=True)
    code = pen.rect(Box(message.x + 5, message.y + 32, message.w - 10, 30), "saffron", r=6, line=False)
    pen.text(code.inset(3, 0), literal("482 915"), size=17, bold=True, tone="dark")
    pen.thing("lock", 226, 100, 84)


@drawing("address-asks-code")
def address_asks_code(pen: Pen) -> None:
    pen.phone(24, 26, 160)
    pen.thing("telephone", 66, 106, 50)
    pen.path("M14 60l-6-8M118 60l8-8M14 150l-6 8M118 150l8 8")
    pen.speech(Box(146, 50, 152, 66), literal(f"{pen.word('code')} ?"), size=26, lit=True)


@drawing("address-write-three")
def address_write_three(pen: Pen) -> None:
    page = pen.rect(Box(40, 14, 240, 172), r=4)
    for i in range(3):
        line = Box(page.x + 16, page.y + 24 + i * 44, 176, 28)
        if i == 2:
            pen.rect(line.inset(-7, 0), "saffron", r=6, line=False)
        pen.text(line, HER_ADDRESS, size=16, bold=True, tone="dark" if i == 2 else "ink")
        pen.path(f"M{line.x:g} {line.bottom + 3:g}h208", tone="soft")
    pen.thing("pencil", 262, 112, 64)


@drawing("address-give-what")
def address_give_what(pen: Pen) -> None:
    pen.counter()
    pen.thing("envelope", 64, 118, 58)
    pen.thing("question", 106, 78, 34, lit=True)
