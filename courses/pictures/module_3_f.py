"""Lesson 3.6: after you send."""

from . import Box, Pen, drawing, literal
from .mail import Mail
from .parts_m3 import ask, letterbox, proof

HANDSET = "M-14-16l6-2 5 10-5 5c2 5 5 8 10 10l5-5 10 5-2 7c-1 3-4 4-7 3-12-2-23-13-25-25-1-4 0-7 3-8z"


@drawing("after-mail")
def after_mail(pen: Pen) -> None:
    pane = pen.webmail(unread={"inbox": 1}).pane
    rows = pen.mail_list(pane, [Mail("cpas", "appointment", new=True), Mail(), Mail()], lit=0, row=48)
    pen.pointer(rows[0])


@drawing("after-phone")
def after_phone(pen: Pen) -> None:
    screen = pen.phone(112, 8)
    pen.thing("person", screen.cx, screen.y + 40, 48)
    pen.path(
        "M92 40c-12 14-12 30 0 44M76 32c-18 20-18 40 0 60M228 40c12 14 12 30 0 44M244 32c18 20 18 40 0 60"
    )
    left, right = (screen.cx - 22, 146), (screen.cx + 22, 146)
    pen.circle(*right, 24, "saffron", line=False)
    for (x, y), fill, turn in ((left, "red", 135), (right, "green", 0)):
        pen.circle(x, y, 18, fill)  # type: ignore[arg-type]
        with pen.at(x, y, 0.5, turn=turn):
            pen.path(HANDSET, "paper", line=False)
    pen.finger((right[0] + 8, right[1] + 12), size=84)


@drawing("after-appointment")
def after_appointment(pen: Pen) -> None:
    days = pen.calendar(34, 24, 164, month="march", lit=12)
    pen.thing("pencil", days[12].right + 26, days[12].y - 8, 50)
    pen.clock(256, 106, 74, hour=10)


@drawing("after-papers")
def after_papers(pen: Pen) -> None:
    pen.counter(sign="cpas")
    pen.thing("folder", 232, 118, 52, lit=True)
    pen.thing("id-card", 76, 122, 40)


@drawing("after-please-bring")
def after_please_bring(pen: Pen) -> None:
    window = pen.program("email")
    mail = pen.open_mail(window.body, sender="cpas", subject="bring_papers", body=0, buttons=())
    pen.thing("contract", mail.body.x + 50, mail.body.y + 44, 68)
    pen.text_lines(Box(mail.body.x + 104, mail.body.y + 24, 90, 0), 3, gap=18)
    ask(pen, 278, 160)


@drawing("after-count")
def after_count(pen: Pen) -> None:
    proof(pen, Box(22, 38, 88, 124))
    pen.text(Box(116, 68, 84, 24), "thirty_days", size=17, bold=True)
    pen.arrow(122, 102, 192, 102, head=12)
    pen.calendar_page(258, 100, 104, day=literal("11"), month="april", lit=True)


@drawing("after-count-from")
def after_count_from(pen: Pen) -> None:
    pen.thing("screen", 54, 72, 66)
    pen.arrow(94, 72, 114, 72)
    proof(pen, Box(124, 18, 76, 108))
    pen.arrow(208, 72, 228, 72)
    pen.thing("person", 254, 72, 46)
    pen.thing("person", 288, 72, 46)
    ask(pen, 160, 162)


@drawing("after-letter")
def after_letter(pen: Pen) -> None:
    pen.building(26, 56, 92, 120)
    pen.text(Box(132, 64, 66, 24), "eight_days", size=17, bold=True)
    pen.arrow(136, 98, 188, 98, head=12)
    letterbox(pen, 204, 74, lit=True)


@drawing("after-ebox")
def after_ebox(pen: Pen) -> None:
    pen.thing("letter", 76, 100, 110)
    screen = pen.phone(176, 8)
    tile = Box(screen.x + 14, screen.y + 38, screen.w - 28, 58)
    pen.halo(tile)
    pen.rect(tile, r=10)
    pen.thing("envelope", tile.cx, tile.cy, 42)
    pen.text(Box(screen.x + 4, tile.bottom + 12, screen.w - 8, 22), "ebox", size=18, bold=True)


@drawing("after-changes")
def after_changes(pen: Pen) -> None:
    pen.thing("house", 66, 38, 52)
    pen.thing("person", 48, 102, 46)
    pen.thing("person", 84, 102, 46)
    pen.thing("gear", 66, 162, 44)
    pen.arrow(124, 102, 164, 102, head=12)
    pen.building(184, 36, 112, 136, lit=True)


@drawing("after-move-house")
def after_move_house(pen: Pen) -> None:
    pen.thing("house", 70, 84, 92)
    pen.thing("house", 250, 84, 92)
    pen.arrow(132, 62, 188, 62, head=12)
    pen.rect(Box(138, 80, 44, 34), "shade", r=3)
    pen.path("M138 92h44M156 80v12h8v-12")
    ask(pen, 160, 160)


@drawing("after-no-answer")
def after_no_answer(pen: Pen) -> None:
    pen.calendar(14, 42, 116, month="thirty_days", crossed=range(1, 31))
    pen.arrow(138, 100, 160, 100)
    pen.person(262, 144, 78)
    pen.rect(Box(172, 144, 138, 14), r=5)
    pen.path("M186 158v28M296 158v28")
    pen.thing("scales", 204, 116, 36, lit=True)


@drawing("after-day-31")
def after_day_31(pen: Pen) -> None:
    pen.calendar_page(84, 92, 120, day=literal("31"), month="day")
    letterbox(pen, 160, 56, letter=False)
    ask(pen, 286, 100, 32)
