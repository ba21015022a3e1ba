"""Pages of an online form: frame, file rows, check list, acknowledgement."""

from collections.abc import Sequence
from typing import NamedTuple

from .canvas import Box, Fill, Tone, number
from .screens import Screens
from .wording import Literal

PAGE = Box(12, 10, 296, 180)
SHEET = Box(70, 14, 180, 172)


class Row(NamedTuple):
    """One line of a check page: what was asked, what you wrote, the link to change it."""

    label: Box
    value: Box
    change: Box


class FormParts(Screens):
    """Form page and what stands on it. Fields, choices and buttons are in Screens."""

    def form(
        self,
        title: str | None = None,
        *,
        at: int | None = None,
        of: int = 5,
        lit_title: bool = False,
        box: Box = PAGE,
    ) -> Box:
        """A page with a title and, with `at`, dots that show the place (1 is the first). Returns the body."""
        self.rect(box, r=10)
        self._cap(box, 16)
        self.path("".join(f"M{number(box.x + 14 + i * 11)} {number(box.y + 8)}h0" for i in range(3)))
        top = box.y + 24
        dots = of * 14 if at is not None else 0
        if title is not None:
            place = Box(box.x + 14, top, box.w - 28 - dots - (8 if dots else 0), 22)
            if lit_title:
                width = min(self.width_of(title, 17, bold=True), place.w)
                self.rect(Box(place.x - 6, place.y - 1, width + 12, 25), "saffron", r=6, line=False)
            self.text(place, title, size=17, bold=True, align="start", tone="dark" if lit_title else "ink")
        for i in range(of if at is not None else 0):
            fill: Fill = "ink" if at is not None and i < at else "water"
            self.circle(box.right - 14 - dots + i * 14 + 7, top + 11, 4, fill)
        below = top + (32 if title is not None or at is not None else 4)
        return Box(box.x + 14, below, box.w - 28, box.bottom - below - 10)

    def file_row(
        self,
        x: float,
        y: float,
        w: float,
        name: str,
        *,
        done: bool = True,
        lit: bool = False,
        h: float = 36,
    ) -> Box:
        """A file that is added: its sign, its name, a green check when it has arrived."""
        box = Box(x, y, w, h)
        if lit:
            self.halo(box, r=7, by=5)
        self.rect(box, r=7)
        self.thing("file", x + 20, box.cy, h * 0.66)
        self.text(Box(x + 38, y, w - 38 - (34 if done else 10), h), name, size=15, align="start")
        if done:
            self.thing("check", box.right - 18, box.cy, 22)
        return box

    def drop_place(self, box: Box, words: str = "add_file", *, lit: bool = False) -> Box:
        """The "add a file" button with its paper-clip, in the middle of a box. Returns the button."""
        self.rect(box, "water", r=8)
        width = min(self.width_of(words, 16, bold=True) + 28, box.w - 20)
        return self.button(box.cx, box.cy - 17, words, w=width, align="middle", lit=lit)

    def check_rows(
        self,
        box: Box,
        rows: Sequence[tuple[str, str]],
        *,
        lit: int | None = None,
        lit_change: int | None = None,
        row: float = 30,
    ) -> list[Row]:
        """The check page: label, value and "change" a line. `lit` marks a whole line, `lit_change` a link."""
        change = min(max(self.width_of("change", 13), 40), box.w * 0.28)
        places = []
        for i, (label, value) in enumerate(rows):
            line = Box(box.x, box.y + i * row, box.w, row)
            if i == lit:
                self.rect(line.inset(-5, 2), "saffron", r=6, line=False)
            share = (line.w - change - 16) / 2
            parts = Row(
                Box(line.x, line.y, share, row),
                Box(line.x + share + 6, line.y, share, row),
                Box(line.right - change, line.y + row / 2 - 10, change, 20),
            )
            tone: Tone = "dark" if i == lit else "ink"
            self.text(parts.label, label, size=13, align="start", tone=tone, lines=2)
            self.text(parts.value, value, size=14, bold=True, align="start", tone=tone, lines=2)
            if i == lit:
                self.text(parts.change, "change", size=13, align="start", tone="dark")
            else:
                self.link(parts.change.x, parts.change.y, "change", size=13, w=change, lit=i == lit_change)
            if i + 1 < len(rows) and not {i, i + 1} & {lit, lit_change}:
                self.path(f"M{number(line.x)} {number(line.bottom)}h{number(line.w)}", tone="soft")
            places.append(parts)
        return places

    def acknowledgement(
        self,
        box: Box = SHEET,
        *,
        number_: str = Literal("2026-014"),
        date: str = Literal("12-03-2026"),
        lit: str | None = "number",
    ) -> Box:
        """The proof on paper: green check, its name, number and date. `lit` is "number", "date" or nothing."""
        self.rect(box, r=8)
        self.thing("check", box.cx, box.y + 28, 36)
        inner = box.inset(14)
        self.text(Box(inner.x, box.y + 50, inner.w, 36), "acknowledgement", size=16, bold=True, lines=2)
        for key, value, y in (("number", number_, 92), ("date", date, 124)):
            place = Box(inner.x, box.y + y, inner.w, 26)
            if key == lit:
                self.rect(place, "saffron", r=8, line=False)
            self.text(
                place,
                value,
                size=19 if key == "number" else 16,
                bold=True,
                tone="dark" if key == lit else "ink",
            )
        self.text_lines(Box(inner.x + 20, box.y + 160, inner.w - 40, 4), 1)
        return box
