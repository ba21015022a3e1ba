"""Module 2, lesson 3: write to the CPAS."""

from . import Box, Pen, drawing
from .mail import Mail
from .parts_m2 import dashed, name_and_number, new_mail

HELLO = ["mail_hello"]
ASKED = [*HELLO, "mail_ask"]
THANKED = [*ASKED, "mail_thanks"]
SIGNED = [*THANKED, name_and_number()]
START = {"to": "cpas_address", "subject": "appointment"}


@drawing("mail-click-new")
def mail_click_new(pen: Pen) -> None:
    mail = pen.webmail(lit="new")
    pen.mail_list(mail.pane, [Mail(), Mail(), Mail(), Mail()])
    pen.pointer((mail.new.right, mail.new.cy + 4))


@drawing("mail-type-to")
def mail_type_to(pen: Pen) -> None:
    new_mail(pen, to="cpas_address", caret="to", lit="to")


@drawing("mail-type-subject")
def mail_type_subject(pen: Pen) -> None:
    new_mail(pen, **START, caret="subject", lit="subject")


@drawing("mail-subject-choice")
def mail_subject_choice(pen: Pen) -> None:
    mail = new_mail(pen, to="cpas_address", lit="subject")
    pen.thing("question", mail.subject.right - 22, mail.subject.cy, 36)


@drawing("mail-say-hello")
def mail_say_hello(pen: Pen) -> None:
    new_mail(pen, **START, lines=HELLO, lit=0)


@drawing("mail-one-question")
def mail_one_question(pen: Pen) -> None:
    new_mail(pen, **START, lines=ASKED, lit=1)


@drawing("mail-clear-question")
def mail_clear_question(pen: Pen) -> None:
    line = new_mail(pen, **START, lines=HELLO).lines[1]
    pen.rect(Box(line.x - 4, line.y + 2, 190, 18), "saffron", r=5, line=False)
    pen.thing("question", line.x + 214, line.cy + 4, 36)


@drawing("mail-say-thanks")
def mail_say_thanks(pen: Pen) -> None:
    new_mail(pen, **START, lines=THANKED, lit=2)


@drawing("mail-name-and-number")
def mail_name_and_number(pen: Pen) -> None:
    new_mail(pen, **START, lines=SIGNED, lit=3)


@drawing("mail-read-again")
def mail_read_again(pen: Pen) -> None:
    new_mail(pen, **START, lines=SIGNED)
    lens = Box(148, 72, 86, 86)
    pen.ring(lens.inset(10))
    pen.circle(lens.cx, lens.cy, 43, "none")
    pen.path("M223 147l29 29M226 144l29 29")


@drawing("mail-click-send")
def mail_click_send(pen: Pen) -> None:
    mail = new_mail(pen, **START, lines=SIGNED, lit="send")
    pen.pointer((mail.send.right - 4, mail.send.y + 2))


@drawing("mail-look-in-sent")
def mail_look_in_sent(pen: Pen) -> None:
    mail = pen.webmail(open="sent", lit="sent")
    pen.mail_list(mail.pane, [Mail("cpas", "appointment"), Mail(), Mail()], row=46)
    pen.pointer((mail.pane.x - 16, mail.folders["sent"].cy + 4))


@drawing("mail-sent-or-not")
def mail_sent_or_not(pen: Pen) -> None:
    with pen.at(128, 112, turn=-12):
        pen.thing("envelope", 0, 0, 124)
    pen.path("M18 92h34M10 122h34M24 152h34")
    pen.thing("question", 258, 70, 64, lit=True)


@drawing("mail-no-answer")
def mail_no_answer(pen: Pen) -> None:
    pen.calendar(14, 34, 138, crossed=range(3, 16), lit=16)
    page = pen.form("inbox", box=Box(168, 28, 142, 144))
    for row in page.rows(3, gap=8)[:2]:
        dashed(pen, row)
