"""The mail program, made of a frame with folders and one of: a list, an open mail, a new mail."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .canvas import Box, Tone, number
from .screens import Screens
from .wording import Literal

FOLDERS = ("inbox", "sent", "drafts", "junk", "bin")

WINDOW = Box(8, 8, 304, 184)


class Mail(NamedTuple):
    """One line of a list; without words it is drawn as lines. `new` mails are dark."""

    sender: str | None = None
    subject: str | None = None
    new: bool = False
    clip: bool = False


class Webmail(NamedTuple):
    new: Box
    folders: dict[str, Box]
    pane: Box


class Compose(NamedTuple):
    to: Box
    subject: Box
    body: Box
    clip: Box
    send: Box


class OpenMail(NamedTuple):
    sender: Box
    subject: Box
    body: Box
    attached: Box
    buttons: dict[str, Box]


class MailParts(Screens):
    """Webmail window, list of mails, open mail, new mail."""

    def webmail(
        self,
        *,
        folders: Sequence[str] = FOLDERS,
        open: str | None = "inbox",  # noqa: A002  the folder that is open
        unread: Mapping[str, int] | None = None,
        lit: str | None = None,
        box: Box = WINDOW,
    ) -> Webmail:
        """A folder column (as wide as its words need) and an empty pane.

        `lit` is a folder or "new"; `unread` counts per folder.
        """
        self.rect(box, r=10)
        self._cap(box, 18)
        self.path("".join(f"M{number(box.x + 14 + i * 11)} {number(box.y + 9)}h0" for i in range(3)))
        counts = unread or {}
        wanted = max(
            [self.width_of(f, 11, bold=True) + (22 if counts.get(f) else 0) + 18 for f in folders]
            + [self.width_of("new_message", 11, bold=True) + 22, 92]
        )
        side = Box(box.x, box.y + 18, min(wanted, 128 if not counts else 142), box.h - 18)
        self.path(f"M{number(side.right)} {number(side.y)}V{number(box.bottom)}")
        new = Box(side.x + 7, side.y + 8, side.w - 14, 28)
        if lit == "new":
            self.halo(new, r=8, by=5)
        self.rect(new, "blue", r=8)
        self.text(new.inset(4, 2), "new_message", size=13, bold=True, tone="paper")
        column = Box(side.x, side.y + 44, side.w, side.h - 50)
        row = min(column.h / len(folders), 26)
        places: dict[str, Box] = {}
        for i, folder in enumerate(folders):
            place = Box(side.x + 4, column.y + i * row, side.w - 8, row - 2)
            places[folder] = place
            self._folder_row(place, folder, counts.get(folder, 0), folder == open, folder == lit)
        pane = Box(side.right + 9, box.y + 26, box.right - side.right - 18, box.h - 34)
        return Webmail(new, places, pane)

    def _folder_row(self, box: Box, folder: str, unread: int, is_open: bool, lit: bool) -> None:
        if lit:
            self.rect(box, "saffron", r=6, line=False)
        elif is_open:
            self.rect(box, "water", r=6, line=False)
        bold = bool(unread) or lit or is_open
        tone: Tone = "dark" if lit else "ink"
        room = 22 if unread else 0
        self.text(
            Box(box.x + 5, box.y, box.w - 10 - room, box.h),
            folder,
            size=14,
            bold=bold,
            tone=tone,
            align="start",
        )
        if unread:
            badge = Box(box.right - 23, box.cy - 8, 20, 16)
            self.rect(badge, "ink" if not lit else "paper", r=8, line=False)
            self.text(badge, Literal(str(unread)), size=12, bold=True, tone="paper" if not lit else "ink")

    def mail_list(
        self, box: Box, mails: Sequence[Mail], *, lit: int | None = None, row: float = 36
    ) -> list[Box]:
        """One mail a row; `lit` is the number of the marked one, from 0."""
        places = []
        for i, mail in enumerate(mails):
            place = Box(box.x, box.y + i * row, box.w, row - 5)
            places.append(place)
            if i == lit:
                self.halo(place.inset(-1, 0), r=5, by=3)
                self.rect(place, r=5)
            self._mail_row(place, mail)
            if i != lit and i + 1 != lit and i + 1 < len(mails):
                self.path(
                    f"M{number(place.x)} {number(place.bottom + 2.5)}h{number(place.w)}",
                    tone="soft",
                )
        return places

    def _mail_row(self, box: Box, mail: Mail) -> None:
        if mail.new:
            self.circle(box.x + 6, box.y + 9, 4, "blue", line=False)
        x, w = box.x + 15, box.w - 19 - (16 if mail.clip else 0)
        if mail.clip:
            self.clip_sign(box.right - 9, box.cy, 18)
        if mail.sender is None and mail.subject is None:
            tone: Tone = "ink" if mail.new else "soft"
            self.path(
                f"M{number(x)} {number(box.y + 9)}h{number(w * 0.5)}M{number(x)} {number(box.y + 22)}h{number(w * 0.85)}",
                tone=tone,
            )
            return
        lines = [text for text in (mail.sender, mail.subject) if text is not None]
        for text, place in zip(lines, Box(x, box.y + 1, w, box.h - 2).rows(len(lines)), strict=True):
            self.text(place, text, size=13, bold=mail.new, align="start")

    def clip_sign(self, x: float, y: float, size: float = 24) -> Box:
        with self.at(x, y, size / 40, turn=40, weight=3 if size >= 30 else 2):
            self.path("M8-8v17a8 8 0 0 1-16 0v-20a5 5 0 0 1 11 0v19a2 2 0 0 1-5 0v-15")
        return Box(x - size / 2, y - size / 2, size, size)

    def compose(
        self,
        box: Box,
        *,
        to: str | None = None,
        subject: str | None = None,
        body: Sequence[str] | int = (),
        attached: str | None = None,
        caret: str | None = None,
        lit: str | None = None,
    ) -> Compose:
        """A new mail. `lit` is "to", "subject", "body", "clip", "send" or "attached"; `caret` one of the first
        three. `body` is lines of words, or a number of drawn lines."""
        to_room, subject_room = (
            min(self.width_of(key, 13, bold=True), box.w * 0.38) + 6 for key in ("to", "subject")
        )
        if box.w > 200:  # room enough to line the boxes up
            to_room = subject_room = max(to_room, subject_room)
        to_box = Box(box.x + to_room, box.y, box.w - to_room, 24)
        subject_box = Box(box.x + subject_room, box.y + 28, box.w - subject_room, 24)
        body_box = Box(box.x, box.y + 57, box.w, box.h - 57 - 36)
        send_width = min(self.width_of("send", 15, bold=True) + 24, box.w - 40)
        send = Box(box.x, box.bottom - 30, send_width, 28)
        clip = Box(send.right + 10, send.y, 28, 28)
        spots = {"to": to_box, "subject": subject_box, "body": body_box, "send": send, "clip": clip}
        if lit in spots:
            self.halo(spots[lit], r=6, by=4)
        for key, place, value in (("to", to_box, to), ("subject", subject_box, subject)):
            label = Box(box.x, place.y, place.x - box.x - 5, 24)
            self.text(label, key, size=13, bold=True, align="start")
            self.rect(place, r=5)
            self.typed(place, value, caret=caret == key, size=13)
        self.rect(body_box, r=5)
        self._body(body_box, body, caret=caret == "body")
        self.rect(send, "blue", r=7)
        self.text(send.inset(6, 2), "send", size=15, bold=True, tone="paper")
        self.rect(clip, r=7)
        self.clip_sign(clip.cx, clip.cy, 24)
        if attached is not None:
            chip = Box(clip.right + 10, clip.y + 2, box.right - clip.right - 10, 24)
            if chip.w < 110:
                chip = Box(body_box.x + 6, body_box.bottom - 27, body_box.w - 12, 22)
            self.attached(chip, attached, lit=lit == "attached")
        return Compose(to_box, subject_box, body_box, clip, send)

    def _body(self, box: Box, body: Sequence[str] | int, *, caret: bool) -> None:
        inner = Box(box.x + 9, box.y + 5, box.w - 18, box.h - 10)
        if isinstance(body, int):
            self.text_lines(Box(inner.x, inner.y + 8, inner.w, inner.h), body)
            return
        row = min(17.0, inner.h / max(len(body), 1))
        for i, text in enumerate(body):
            place = Box(inner.x, inner.y + i * row, inner.w - 8, row)
            self.text(place, text, size=13, align="start", caret=caret and i + 1 == len(body))
        if caret and not body:
            self.path(f"M{number(inner.x + 1)} {number(inner.y + 2)}v15")

    def attached(self, box: Box, name: str, *, lit: bool = False) -> Box:
        """A file that hangs on a mail: paper-clip and name, 22 high."""
        if lit:
            self.halo(box, r=6, by=4)
        self.rect(box, "water" if not lit else "paper", r=6)
        self.clip_sign(box.x + 12, box.cy, 18)
        self.text(Box(box.x + 24, box.y, box.w - 30, box.h), name, size=13, align="start")
        return box

    def open_mail(
        self,
        box: Box,
        *,
        sender: str,
        subject: str,
        when: str | None = None,
        body: Sequence[str] | int = 3,
        attached: str | None = None,
        buttons: Sequence[str] = ("reply",),
        lit: str | None = None,
    ) -> OpenMail:
        """A mail to read. `lit` is "sender", "subject", "when", "attached" or one of the buttons."""
        sender_room = box.w - (56 if when else 0)
        subject_box = Box(box.x, box.y, box.w, 22)
        sender_box = Box(box.x, box.y + 25, sender_room, 20)
        when_box = Box(box.right - 50, box.y + 25, 50, 20)
        spots = {"sender": sender_box, "subject": subject_box, "when": when_box}
        if lit in spots:
            self.rect(spots[lit].inset(-4, 0), "saffron", r=6, line=False)
        tones: dict[str, Tone] = {key: "dark" if key == lit else "ink" for key in spots}
        self.text(subject_box, subject, size=15, bold=True, align="start", tone=tones["subject"])
        self.text(sender_box, sender, size=13, align="start", tone=tones["sender"])
        if when is not None:
            self.text(when_box, when, size=13, align="end", tone=tones["when"])
        self.path(f"M{number(box.x)} {number(box.y + 49)}h{number(box.w)}")
        below = 34 if buttons else 0
        body_box = Box(box.x - 8, box.y + 52, box.w + 16, box.h - 52 - below - (28 if attached else 0))
        self._body(body_box, body, caret=False)
        attached_box = Box(box.x, body_box.bottom + 2, box.w, 22)
        if attached is not None:
            self.attached(attached_box, attached, lit=lit == "attached")
        places: dict[str, Box] = {}
        if buttons:
            row = Box(box.x, box.bottom - 29, box.w, 27).columns(*[1.0] * len(buttons), gap=8)
            for key, place in zip(buttons, row, strict=True):
                width = min(place.w, self.width_of(key, 14, bold=True) + 22)
                places[key] = self.button(
                    place.x,
                    place.y,
                    key,
                    w=width,
                    h=27,
                    size=14,
                    plain=key != lit and len(buttons) > 1,
                    lit=key == lit,
                )
        return OpenMail(sender_box, subject_box, body_box, attached_box, places)
