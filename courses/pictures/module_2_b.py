"""Module 2, lesson 2: open, read, close."""

from . import Box, Pen, drawing, literal
from .mail import Mail
from .parts_m2 import HER_ADDRESS, PAGE, dark_row, mail_page, read_mail, sign_in_page

DOTS = 10
IN_THE_INBOX = [
    Mail("cpas", "appointment", new=True),
    Mail("school", "bring_papers"),
    Mail("trainer", "welcome"),
]


@drawing("mail-go-to-site")
def mail_go_to_site(pen: Pen) -> None:
    pen.browser(address=literal("mail.example"), lit="address")
    enter = pen.key(140, 130, "enter", h=70)
    pen.finger(enter, size=92, pressing=True)


@drawing("mail-type-address")
def mail_type_address(pen: Pen) -> None:
    sign_in_page(pen, HER_ADDRESS, caret="address", lit="address")


@drawing("mail-type-password")
def mail_type_password(pen: Pen) -> None:
    sign_in_page(pen, HER_ADDRESS, dots=DOTS, caret="password", lit="password")


@drawing("mail-why-dots")
def mail_why_dots(pen: Pen) -> None:
    pen.person(246, 132, 122)
    screen = pen.laptop(30, 52, 190, 110)
    pen.password(screen.x + 14, screen.y + 18, screen.w - 28, dots=9, lit=True)


@drawing("mail-sign-in")
def mail_sign_in(pen: Pen) -> None:
    button = sign_in_page(pen, HER_ADDRESS, dots=DOTS, lit="button")
    pen.pointer((button.right - 6, button.cy + 2))


@drawing("mail-open-inbox")
def mail_open_inbox(pen: Pen) -> None:
    mail = pen.webmail(lit="inbox")
    pen.mail_list(mail.pane, [Mail(new=True), Mail(), Mail(), Mail()])
    pen.pointer((mail.pane.x - 16, mail.folders["inbox"].cy + 4))


@drawing("mail-dark-line")
def mail_dark_line(pen: Pen) -> None:
    mail_page(pen, "inbox", IN_THE_INBOX, lit=0)


@drawing("mail-dark-means")
def mail_dark_means(pen: Pen) -> None:
    card = pen.rect(Box(14, 20, 224, 160), r=10)
    new, read = card.inset(14, 10).rows(2, gap=16)
    dark_row(pen, new, IN_THE_INBOX[0], size=20)
    for text, place in zip(IN_THE_INBOX[2][:2], read.inset(14, 2).rows(2), strict=True):
        pen.text(place, str(text), size=20, align="start")
    pen.line(card.x + 10, card.cy, card.right - 10, card.cy, tone="soft")
    pen.thing("question", 276, 100, 58)


@drawing("mail-open-one")
def mail_open_one(pen: Pen) -> None:
    row = mail_page(pen, "inbox", IN_THE_INBOX, lit=0).rows[0]
    pen.finger((row.right - 90, row.cy + 4), size=96, pressing=True)


@drawing("mail-who-what-when")
def mail_who_what_when(pen: Pen) -> None:
    mail = read_mail(pen, "cpas", "appointment", ["please_come", "appointment_day"], drawn=1, lit=1)
    for i, place in enumerate((mail.sender, mail.subject, mail.lines[1])):
        pen.number_sign(PAGE.right - 26, place.cy, i + 1, r=10)


@drawing("mail-which-day")
def mail_which_day(pen: Pen) -> None:
    pen.calendar_page(92, 104, 116, day=literal("?"), month="january", lit=True)
    pen.clock(230, 104, 104)
    pen.circle(230, 104, 38, line=False)
    pen.text(Box(200, 74, 60, 60), literal("?"), size=48, bold=True)


@drawing("mail-go-back")
def mail_go_back(pen: Pen) -> None:
    mail = read_mail(
        pen,
        "cpas",
        "appointment",
        ["please_come", "appointment_day"],
        drawn=1,
        buttons=["reply"],
        lit="back",
    )
    pen.pointer((mail.back.right - 2, mail.back.cy + 2))


@drawing("mail-sign-out")
def mail_sign_out(pen: Pen) -> None:
    mail_page(pen, "inbox", [Mail(), Mail(), Mail()])
    pen.circle(PAGE.right - 24, 38, 14, "shade")
    pen.text(Box(PAGE.right - 38, 24, 28, 28), literal("N"), size=16, bold=True)
    rows = pen.menu(PAGE.right - 168, 58, ["settings", "help", "sign_out"], w=158, lit=2, row=32)
    pen.pointer((rows[2].right - 8, rows[2].cy + 6))


@drawing("mail-shared-computer")
def mail_shared_computer(pen: Pen) -> None:
    pen.table(118)
    screen = pen.laptop(78, 8, 164, 94)
    pen.thing("open-envelope", screen.cx, screen.cy, 54, lit=True)
    pen.rect(Box(152, 150, 16, 40), "ink", r=0)
    pen.rect(Box(110, 112, 100, 54), r=20)
    pen.rect(Box(102, 176, 116, 16), r=8)
