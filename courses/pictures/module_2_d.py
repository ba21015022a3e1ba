"""Module 2, lesson 4: answer and add a paper."""

from . import Box, Pen, drawing, literal
from .mail import Mail
from .parts_m2 import (
    NADIA,
    PAGE,
    NewMail,
    dashed,
    file_chip,
    new_mail,
    read_mail,
    subject_again,
)

ANSWER = ["here_is_paper", "mail_thanks"]


def answer(pen: Pen, *, attached: str | None = None, lit: str | int | None = None) -> NewMail:
    return new_mail(
        pen,
        to="cpas_address",
        subject=subject_again(pen, "rental_contract"),
        lines=ANSWER,
        attached=attached,
        lit=lit,
    )


def cat(pen: Pen, box: Box) -> None:
    """A photo of a cat, from behind."""
    pen.rect(box, r=5)
    with pen.at(box.cx, box.bottom, box.h / 60):
        pen.path("M-16 0c-3-22 2-28 2-32v-14l8 6h12l8-6v14c0 4 5 10 2 32z", "shade")
        pen.path("M16-3c14 0 16-12 9-17")


@drawing("answer-open-mail")
def answer_open_mail(pen: Pen) -> None:
    mail = pen.webmail()
    rows = pen.mail_list(
        mail.pane, [Mail("cpas", "rental_contract", new=True), Mail(), Mail()], lit=0, row=48
    )
    pen.pointer((rows[0].right - 24, rows[0].cy + 8))


@drawing("answer-click-reply")
def answer_click_reply(pen: Pen) -> None:
    mail = read_mail(
        pen, "cpas", "rental_contract", ["send_contract"], drawn=1, buttons=["reply"], lit="reply"
    )
    pen.pointer((mail.buttons[0].right - 4, mail.buttons[0].y + 4))


@drawing("answer-reply-or-forward")
def answer_reply_or_forward(pen: Pen) -> None:
    read_mail(pen, "cpas", "rental_contract", ["send_contract"], buttons=["reply", "forward", "delete"])
    pen.thing("question", 280, 46, 30, lit=True)


@drawing("answer-one-line")
def answer_one_line(pen: Pen) -> None:
    new_mail(
        pen,
        to="cpas_address",
        subject=subject_again(pen, "rental_contract"),
        lines=["here_is_paper"],
        lit=0,
    )


@drawing("answer-paper-clip")
def answer_paper_clip(pen: Pen) -> None:
    clip = answer(pen, lit="clip").clip
    width = pen.width_of("add_file", 14) + 20
    name = Box(min(clip.x, PAGE.right - 22 - width), 128, width, 24)
    pen.text(pen.rect(name, "water", r=6).inset(8, 2), "add_file", size=14)
    pen.pointer((clip.right - 1, clip.y + 8), size=28)


@drawing("answer-clip-means")
def answer_clip_means(pen: Pen) -> None:
    pen.ring(pen.rect(Box(52, 44, 112, 112), r=18), r=24)
    pen.clip_sign(108, 100, 92)
    pen.thing("question", 240, 100, 72)


@drawing("answer-choose-file")
def answer_choose_file(pen: Pen) -> None:
    page = pen.program("documents").body
    names = [literal("cv-nadia"), "rent_file", literal(f"{pen.word('school')}-2026")]
    rows = [
        pen.file_row(page.x, page.y - 4 + i * 41, 166, name, done=False, lit=i == 1, h=34)
        for i, name in enumerate(names)
    ]
    pen.button(page.right, rows[2].y, "open", align="end")
    pen.pointer((rows[1].right - 14, rows[1].cy))


@drawing("answer-wait-for-name")
def answer_wait_for_name(pen: Pen) -> None:
    chip = answer(pen, attached="rent_file", lit="attached").chip
    pen.thing("hourglass", chip.right + 62, chip.y - 8, 42)


@drawing("answer-right-file")
def answer_right_file(pen: Pen) -> None:
    page = pen.rect(Box(26, 28, 268, 144), r=10)
    pen.text(Box(page.x + 16, page.y + 12, page.w - 32, 22), "here_is_paper", size=17, align="start")
    chip = Box(page.x + 16, page.y + 68, 236, 48)
    close = file_chip(pen, chip, "rent_file")
    pen.ring(close.inset(6))
    pen.pointer((close.cx + 9, close.cy + 8))


@drawing("answer-wrong-file")
def answer_wrong_file(pen: Pen) -> None:
    answer(pen, attached="cat_file", lit="attached")
    cat(pen, Box(216, 96, 76, 54))


@drawing("answer-click-send")
def answer_click_send(pen: Pen) -> None:
    send = answer(pen, attached="rent_file", lit="send").send
    pen.pointer((send.right - 4, send.y + 2))


@drawing("answer-check-sent")
def answer_check_sent(pen: Pen) -> None:
    mail = pen.webmail(open="sent", lit="sent")
    pen.mail_list(mail.pane, [Mail("cpas", "rental_contract", clip=True), Mail(), Mail()], row=48)
    pen.pointer((mail.pane.x - 16, mail.folders["sent"].cy + 4))


@drawing("answer-forgot-file")
def answer_forgot_file(pen: Pen) -> None:
    chip = read_mail(pen, NADIA, subject_again(pen, "rental_contract"), ["here_is_paper"]).chip
    pen.ring(dashed(pen, Box(chip.x + 2, chip.y + 6, 190, 34)), r=12)
    pen.clip_sign(chip.x + 24, chip.y + 23, 26)
    pen.thing("check", 284, 40, 30)


@drawing("answer-save-file")
def answer_save_file(pen: Pen) -> None:
    chip = read_mail(pen, "cpas", "letter", drawn=1, attached="contract_file").chip
    save = pen.rect(Box(chip.right + 8, chip.y - 4, 34, 34), "saffron", r=8)
    pen.thing("download", save.cx, save.cy, 22)
    pen.arrow(save.right + 7, save.cy, save.right + 21, save.cy, head=7)
    folder = pen.thing("folder", save.right + 48, save.cy, 42)
    pen.text(Box(folder.cx - 48, folder.bottom - 2, 96, 18), "downloads", size=14)
