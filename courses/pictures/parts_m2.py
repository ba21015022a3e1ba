"""Parts that only module 2 needs: pages of the mail program that fill the picture."""

from collections.abc import Sequence
from typing import NamedTuple

from . import Box, Pen, literal
from .mail import Mail

PAGE = Box(8, 6, 304, 188)
LINE = 17
NADIA = literal("Nadia Sow")
HER_ADDRESS = literal("nadia.sow@mail.example")


class NewMail(NamedTuple):
    to: Box
    subject: Box
    lines: list[Box]
    chip: Box
    clip: Box
    send: Box


class ReadMail(NamedTuple):
    back: Box
    sender: Box
    subject: Box
    lines: list[Box]
    chip: Box
    buttons: list[Box]


class Toolbar(NamedTuple):
    buttons: list[Box]
    rows: list[Box]


def name_and_number() -> str:
    return literal("Nadia Sow, 2026-014")


def subject_again(pen: Pen, subject: str) -> str:
    """The subject of an answer."""
    return literal(f"{pen.word('answer_mark')} {pen.word(subject)}")


def strip(pen: Pen, box: Box, words: str, *, size: float = 18, lit: bool = False) -> Box:
    """Words on a white strip, as large as a sign on a door."""
    if lit:
        pen.halo(box)
    pen.rect(box, r=8)
    pen.text(box.inset(10, 4), words, size=size, bold=True)
    return box


def dashed(pen: Pen, box: Box) -> Box:
    """An empty place: something should be here."""
    x, y, w, h = (f"{value:g}" for value in box)
    pen.add(f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="6" stroke-dasharray="2 8"/>')
    return box


def sign_in_page(
    pen: Pen, address: str | None = None, *, dots: int = 0, caret: str = "", lit: str | None = None
) -> Box:
    """`caret` and `lit` are "address", "password" or "button". Returns the button."""
    page = pen.form(box=PAGE).inset(14, 0)
    pen.field(page.x, 30, page.w, "email_address", address, caret=caret == "address", lit=lit == "address")
    pen.password(page.x, 86, page.w, dots=dots, caret=caret == "password", lit=lit == "password")
    return pen.button(page.x, 145, "sign_in", lit=lit == "button")


def _lines(pen: Pen, box: Box, words: Sequence[str], lit: int | None) -> list[Box]:
    places = [Box(box.x, box.y + i * LINE, box.w, LINE) for i in range(4)]
    for i, (place, text) in enumerate(zip(places, words, strict=False)):
        if i == lit:
            width = min(pen.width_of(text, 14, bold=True) + 14, place.w + 10)
            pen.rect(Box(place.x - 6, place.y - 1, width, LINE + 2), "saffron", r=5, line=False)
        tone = "dark" if i == lit else "ink"
        pen.text(place, text, size=14, bold=i == lit, align="start", tone=tone)  # type: ignore[arg-type]
    return places


def new_mail(
    pen: Pen,
    *,
    to: str | None = None,
    subject: str | None = None,
    lines: Sequence[str] = (),
    attached: str | None = None,
    caret: str | None = None,
    lit: str | int | None = None,
) -> NewMail:
    """A mail you write. `lit` is "to", "subject", "clip", "send", "attached" or the number of a line, from 0."""
    page = pen.form(box=PAGE)
    label = max(pen.width_of("to", 13, bold=True), pen.width_of("subject", 13, bold=True)) + 8
    to_box = Box(page.x + label, 27, page.w - label, 24)
    subject_box, body = to_box.moved(0, 28), Box(page.x, 83, page.w, 74)
    send = Box(page.x, 162, pen.width_of("send", 15, bold=True) + 24, 27)
    clip, image = (Box(send.right + 12 + i * 36, 162, 27, 27) for i in (0, 1))
    spots = {"to": to_box, "subject": subject_box, "clip": clip, "send": send}
    if isinstance(lit, str) and lit in spots:
        pen.halo(spots[lit], r=6, by=4)
    for key, place, value in (("to", to_box, to), ("subject", subject_box, subject)):
        pen.text(Box(page.x, place.y, label - 5, 24), key, size=13, bold=True, align="start")
        pen.rect(place, r=5)
        pen.typed(place, value, caret=caret == key, size=14)
    pen.rect(body, r=5)
    places = _lines(
        pen,
        Box(body.x + 10, body.y + 2, body.w - 20, 0),
        lines,
        lit if isinstance(lit, int) else None,
    )
    pen.rect(send, "blue", r=7)
    pen.text(send.inset(6, 2), "send", size=15, bold=True, tone="paper")
    pen.rect(clip, r=7)
    pen.clip_sign(clip.cx, clip.cy, 23)
    pen.rect(image, r=7)
    pen.thing("image", image.cx, image.cy, 20)
    chip = Box(body.x + 6, body.bottom - 28, 150, 23)
    if attached is not None:
        file_chip(pen, chip, attached, lit=lit == "attached")
    return NewMail(to_box, subject_box, places, chip, clip, send)


def file_chip(pen: Pen, box: Box, name: str, *, lit: bool = False) -> Box:
    """A file on a mail: clip, name and the X that takes it away. Returns the place of the X."""
    if lit:
        pen.halo(box, r=6, by=4)
    pen.rect(box, "paper" if lit else "water", r=6)
    pen.clip_sign(box.x + box.h * 0.6, box.cy, box.h * 0.8)
    close = Box(box.right - box.h, box.y, box.h, box.h)
    x, y, arm = close.cx, close.cy, box.h * 0.16
    room = Box(box.x + box.h * 1.1, box.y, box.w - box.h * 2.3, box.h)
    pen.text(room, name, size=box.h * 0.6, align="start")
    pen.path(
        f"M{x - arm:.1f} {y - arm:.1f}l{2 * arm:.1f} {2 * arm:.1f}m0-{2 * arm:.1f}l-{2 * arm:.1f} {2 * arm:.1f}"
    )
    return close


def read_mail(
    pen: Pen,
    sender: str,
    subject: str,
    lines: Sequence[str] = (),
    *,
    drawn: int = 0,
    attached: str | None = None,
    buttons: Sequence[str] = (),
    lit: str | int | None = None,
) -> ReadMail:
    """A mail you read. `drawn` adds writing nobody must read.

    `lit` is "back", "sender", "subject", a button, or the number of a line, from 0.
    """
    page = pen.form(box=PAGE)
    back = Box(page.x, 28, pen.width_of("back", 14, bold=True) + 34, 22)
    sender_box, subject_box = Box(page.x, 56, page.w, 21), Box(page.x, 78, page.w, 23)
    if lit == "back":
        pen.halo(back, r=8, by=3)
    pen.arrow(back.x + 20, back.cy, back.x + 4, back.cy, head=7, tone="dark" if lit == "back" else "ink")
    pen.text(
        Box(back.x + 28, back.y, back.w - 32, 22),
        "back",
        size=14,
        bold=True,
        align="start",
        tone="dark" if lit == "back" else "blue",
    )
    pen.path(f"M{PAGE.x:g} 53h{PAGE.w:g}", tone="soft")
    for key, place, words, size in (
        ("sender", sender_box, sender, 14),
        ("subject", subject_box, subject, 16),
    ):
        if key == lit:
            pen.rect(place.inset(-5, 0), "saffron", r=6, line=False)
        tone = "dark" if key == lit else "ink"
        pen.text(place, words, size=size, bold=key == "subject", align="start", tone=tone)  # type: ignore[arg-type]
    pen.path(f"M{page.x:g} 104h{page.w:g}")
    places = _lines(pen, Box(page.x, 108, page.w, 0), lines, lit if isinstance(lit, int) else None)
    if drawn:
        pen.text_lines(Box(page.x, 117 + LINE * len(lines), page.w * 0.9, 0), drawn, gap=14)
    chip = Box(page.x, 128, 142, 25)
    if attached is not None:
        pen.attached(chip, attached)
    widths = [pen.width_of(key, 15, bold=True) + 24 for key in buttons]
    shrink = min(1.0, (page.w - 8 * (len(buttons) - 1)) / max(sum(widths), 1))
    left, drawn_buttons = page.x, []
    for key, width in zip(buttons, widths, strict=True):
        is_plain = len(buttons) > 1 and key != lit
        box = pen.button(left, 159, key, w=width * shrink, h=28, size=15, plain=is_plain, lit=key == lit)
        drawn_buttons.append(box)
        left = box.right + 8
    return ReadMail(back, sender_box, subject_box, places, chip, drawn_buttons)


def dark_row(pen: Pen, box: Box, mail: Mail, *, size: float = 14) -> None:
    """A mail nobody has read yet, marked: its letters are dark on a light and on a dark screen."""
    pen.rect(box.inset(-6, -1), "saffron", r=7, line=False)
    for text, place in zip((mail.sender, mail.subject), box.inset(14, 2).rows(2), strict=True):
        pen.text(place, text or literal(""), size=size, bold=True, align="start", tone="dark")


def mail_page(
    pen: Pen,
    title: str,
    mails: Sequence[Mail],
    *,
    buttons: Sequence[tuple[str, str | None]] = (),
    chosen: int | None = None,
    lit: str | int | None = None,
) -> Toolbar:
    """One folder over the whole window, with buttons (word, sign) above the list.

    `chosen` is the mail with the check mark; `lit` a button's word or the number of a mail, from 0.
    """
    page = pen.form(title, box=PAGE)
    top, left, places = page.y, page.x, []
    for words, sign in buttons:
        wide = min(pen.width_of(words, 14, bold=True) + 24 + (22 if sign else 0), page.right - left)
        box = Box(left, top, wide, 28)
        if words == lit:
            pen.halo(box, r=7, by=5)
        pen.rect(box, r=7)
        room = box.inset(9, 2)
        if sign:
            pen.thing(sign, box.x + 17, box.cy, 20)
            room = Box(box.x + 30, box.y + 2, box.w - 38, 24)
        pen.text(room, words, size=14, bold=True, tone="blue")
        places.append(box)
        left = box.right + 10
    top += 36 if buttons else 2
    left = page.x + (26 if chosen is not None else 0)
    row = min((PAGE.bottom - top - 2) / max(len(mails), 1), 42)
    if chosen is not None:
        pen.rect(Box(PAGE.x + 4, top - 2 + chosen * row, PAGE.w - 8, row - 3), "water", r=6, line=False)
    rows = [Box(left, top + i * row, page.right - left, row - 4) for i in range(len(mails))]
    for i, (place, mail) in enumerate(zip(rows, mails, strict=True)):
        if i == lit:
            dark_row(pen, place, mail)
            continue
        pen.mail_list(place, [mail], row=row)
        if i + 1 < len(mails):
            pen.path(f"M{left:g} {place.bottom + 1:g}h{place.w:g}", tone="soft")
    for i in range(len(mails) if chosen is not None else 0):
        square = pen.rect(Box(page.x, rows[i].cy - 8, 16, 16), "blue" if i == chosen else "paper", r=3)
        if i == chosen:
            pen.path(f"M{square.x + 4:g} {square.cy:g}l3 4 5-7", tone="paper")
    return Toolbar(places, rows)
