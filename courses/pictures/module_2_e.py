"""Module 2, lesson 5: keep order, stop bad e-mail."""

from . import Box, Pen, drawing, literal
from .mail import Mail
from .parts_m2 import PAGE, dashed, mail_page, read_mail

PRIZE = literal("win@prize.example")
FOLDERS = ("inbox", "sent", "junk", "bin", "cpas")


@drawing("order-look-in-junk")
def order_look_in_junk(pen: Pen) -> None:
    mail = pen.webmail(open="junk", lit="junk")
    pen.mail_list(mail.pane, [Mail(PRIZE, "click_here"), Mail("school", "welcome"), Mail()], row=48)
    pen.pointer((mail.pane.x - 16, mail.folders["junk"].cy + 4))


@drawing("order-not-junk")
def order_not_junk(pen: Pen) -> None:
    mails = [Mail(PRIZE, "click_here"), Mail("school", "welcome")]
    page = mail_page(pen, "junk", mails, buttons=[("not_junk", "check")], chosen=1, lit="not_junk")
    pen.pointer((page.buttons[0].right - 3, page.buttons[0].y + 6), size=28)


@drawing("order-missing-mail")
def order_missing_mail(pen: Pen) -> None:
    rows = mail_page(
        pen, "inbox", [Mail("school", "welcome"), Mail(literal(" ")), Mail("trainer", "welcome")]
    ).rows
    pen.ring(dashed(pen, rows[1].inset(2)), r=10)
    pen.thing("question", rows[1].cx, rows[1].cy, 28)


@drawing("order-make-folder")
def order_make_folder(pen: Pen) -> None:
    mail = pen.webmail(folders=("inbox", "sent", "junk", "bin", "new_folder"), open=None, lit="new_folder")
    pen.thing("folder", mail.pane.cx, mail.pane.y + 52, 96)
    name = pen.rect(Box(mail.pane.cx - 50, mail.pane.y + 100, 100, 32), r=5)
    pen.typed(name, "cpas", caret=True, size=18)


@drawing("order-move-mail")
def order_move_mail(pen: Pen) -> None:
    mail = pen.webmail(folders=FOLDERS, open="inbox", lit="cpas")
    pane = mail.pane
    pen.button(pane.x, pane.y, "move", h=30, size=15)
    pen.rect(Box(pane.x - 2, pane.y + 40, pane.w + 4, 42), "water", r=6, line=False)
    pen.mail_list(Box(pane.x, pane.y + 42, pane.w, 44), [Mail("cpas", "appointment")], row=43)
    folder = mail.folders["cpas"]
    pen.curved_arrow(pane.cx, pane.y + 92, folder.right + 8, folder.cy, bend=-0.3)


@drawing("order-delete-mail")
def order_delete_mail(pen: Pen) -> None:
    mails = [Mail("school", "welcome"), Mail("library", "opening_hours")]
    page = mail_page(pen, "inbox", mails, buttons=[("delete", "bin")], chosen=1, lit="delete")
    pen.pointer((page.buttons[0].right - 3, page.buttons[0].y + 6), size=28)


@drawing("order-back-from-bin")
def order_back_from_bin(pen: Pen) -> None:
    mail = pen.webmail(open="bin", lit="bin")
    pane, inbox, bin_ = mail.pane, mail.folders["inbox"], mail.folders["bin"]
    pen.button(pane.x + 26, pane.y, "move", h=30, size=15)
    pen.thing("envelope", pane.cx + 26, pane.cy + 22, 62)
    pen.curved_arrow(bin_.right + 16, bin_.cy, inbox.right + 14, inbox.cy, bend=-0.45)


@drawing("order-deleted-mistake")
def order_deleted_mistake(pen: Pen) -> None:
    pen.circle(160, 104, 84, "saffron", line=False)
    with pen.at(160, 78, turn=-14):
        pen.thing("envelope", 0, 0, 84)
    pen.path("M112 88h96l-9 82a8 8 0 0 1-8 8h-62a8 8 0 0 1-8-8z", "shade")
    pen.path("M104 88h112M142 112l3 44M178 112l-3 44")


@drawing("order-real-sender")
def order_real_sender(pen: Pen) -> None:
    page = pen.form(box=PAGE)
    pen.thing("person", page.x + 24, 68, 48)
    name = Box(page.x + 60, 30, 200, 26)
    pen.text(name, "cpas", size=20, bold=True, align="start")
    address = Box(page.x + 52, 72, 222, 34)
    pen.rect(address, "saffron", r=8, line=False)
    pen.text(address.inset(8, 0), PRIZE, size=19, bold=True, tone="dark", align="start")
    pen.path(f"M{page.x:g} 118h{page.w:g}")
    pen.text_lines(Box(page.x, 136, page.w, 0), 4, gap=15)
    pen.pointer((name.x + pen.width_of("cpas", 20, bold=True), name.cy - 2), size=28)


@drawing("order-name-or-address")
def order_name_or_address(pen: Pen) -> None:
    for y, words in ((24, "cpas"), (122, PRIZE)):
        pen.text(pen.rect(Box(60, y, 200, 54), r=8).inset(12, 4), words, size=22, bold=True)
    pen.thing("question", 160, 100, 38, lit=True)


@drawing("order-do-not-click")
def order_do_not_click(pen: Pen) -> None:
    read_mail(pen, PRIZE, "pay_now")
    button = pen.button(34, 130, "click_here", w=196, h=46, size=20)
    pen.thing("stop", button.right + 10, button.y + 10, 56, lit=True)


@drawing("order-one-hour")
def order_one_hour(pen: Pen) -> None:
    read_mail(pen, PRIZE, "within_hour")
    pen.clock(262, 82, 54, hour=12, minute=55, lit=True)
    for x, y in ((46, 150), (68, 142), (90, 150)):
        pen.thing("coin", x, y, 38)
    pen.button(130, 128, "click_here", w=162, h=46, size=19)


@drawing("order-ask-someone")
def order_ask_someone(pen: Pen) -> None:
    screen = pen.laptop(66, 10, 188, 112)
    mail = pen.thing("open-envelope", screen.cx, screen.cy, 60)
    pen.thing("warning", mail.right + 28, mail.cy, 34)
    pen.ring(mail)
    for x in (52, 268):
        pen.person(x, 208, 96)
    pen.finger((mail.cx + 8, mail.cy + 22), size=88, turn=-6)
