"""Devices and windows. Each part returns the boxes one can write in, point at or ring."""

from collections.abc import Iterable, Sequence
from typing import Literal as OneOf
from typing import NamedTuple

from .canvas import WHOLE, Box, Canvas, Fill, Tone, number
from .wording import Literal


class Computer(NamedTuple):
    screen: Box
    power: Box


class Browser(NamedTuple):
    back: Box
    reload: Box
    address: Box
    star: Box
    close: Box
    body: Box


class Program(NamedTuple):
    minimise: Box
    maximise: Box
    close: Box
    body: Box


class Screens(Canvas):
    """Laptop, desktop computer, phone; browser and program windows; buttons and menus."""

    # Devices

    def laptop(self, x: float = 40, y: float = 16, w: float = 240, h: float = 138) -> Box:
        """Returns the screen. The keyboard part sticks out by 24 on both sides, 22 below."""
        self.rect(Box(x, y, w, h), "shade", r=10)
        screen = self.rect(Box(x + 9, y + 9, w - 18, h - 18), r=3)
        left, right, top = number(x - 22), number(x + w + 22), number(y + h)
        self.path(
            f"M{left} {top}H{right}v6a12 12 0 0 1-12 12H{number(x - 10)}a12 12 0 0 1-12-12z",
            "paper",
        )
        self.path(f"M{number(x + w / 2 - 24)} {top}c0 6 4 7 8 7h32c4 0 8-1 8-7")
        return screen

    def desktop(self, x: float = 26, y: float = 22, *, on: bool = True, lit: bool = False) -> Computer:
        """A screen and a tower, 268 × 156; `lit` marks the power button. Returns screen and power."""
        self.rect(Box(x + 82, y + 118, 24, 28), "shade", r=0)
        self.rect(Box(x + 52, y + 144, 84, 10), "shade", r=5)
        self.rect(Box(x, y, 188, 120), "shade", r=10)
        screen = self.rect(Box(x + 9, y + 9, 170, 102), "paper" if on else "dark", r=3)
        self.rect(Box(x + 204, y, 64, 154), "paper", r=8)
        self.path(f"M{number(x + 218)} {number(y + 18)}h36M{number(x + 218)} {number(y + 30)}h36")
        power = Box(x + 221, y + 52, 30, 30)
        if lit:
            self.halo(power, r=17, by=7)
        self.power_button(power.cx, power.cy, 15, on=on)
        self.path(
            f"M{number(x + 224)} {number(y + 128)}h24M{number(x + 224)} {number(y + 138)}h24",
            tone="soft",
        )
        return Computer(screen, power)

    def power_button(self, x: float, y: float, r: float = 30, *, on: bool = False) -> Box:
        """The round button with the power sign; its light is green when on."""
        box = self.circle(x, y, r, "green" if on else "paper")
        k = r / 30
        d = f"M{_p(x, y, 0, -16, k)}V{number(y - 2 * k)}M{_p(x, y, -10, -9, k)}a{number(14 * k)} {number(14 * k)} 0 1 0 {number(20 * k)} 0"
        self.path(d, tone="paper" if on else "ink")
        return box

    def phone(self, x: float = 106, y: float = 8, h: float = 184) -> Box:
        """Portrait, 0.58 as wide as high. Returns the screen."""
        w = h * 0.58
        self.rect(Box(x, y, w, h), "shade", r=14)
        screen = self.rect(Box(x + 6, y + 16, w - 12, h - 30), r=4)
        self.path(f"M{number(x + w / 2 - 9)} {number(y + 8)}h18")
        return screen

    # Windows

    def browser(
        self,
        box: Box = WHOLE,
        *,
        address: str | None = None,
        tab: str | None = None,
        secure: bool = True,
        lit: OneOf["back", "reload", "address", "star", "close"] | None = None,
    ) -> Browser:
        """Two bars, 56 high together; the page below is the body."""
        self.rect(box, r=10)
        self._cap(box, 24)
        tab_width = 84 if tab is None else min(max(self.width_of(tab, 12) + 20, 84), box.w * 0.6)
        tab_box = Box(box.x + 12, box.y + 6, tab_width, 20)
        x = number(tab_box.x)
        self.path(
            f"M{x} {number(tab_box.bottom - 2)}v-10a7 7 0 0 1 7-7h{number(tab_box.w - 14)}a7 7 0 0 1 7 7v10",
            "paper",
        )
        self.path(f"M{number(tab_box.x + 3)} {number(box.y + 24)}h{number(tab_box.w - 6)}", tone="paper")
        if tab is not None:
            self.text(Box(tab_box.x + 8, tab_box.y, tab_box.w - 16, 20), tab, size=12)
        close = Box(box.right - 28, box.y + 3, 20, 20)
        top = box.y + 29
        back = Box(box.x + 8, top, 22, 22)
        reload = Box(box.x + 34, top, 22, 22)
        star = Box(box.right - 30, top, 22, 22)
        field = Box(box.x + 62, top - 1, box.w - 62 - 36, 24)
        spots = {"back": back, "reload": reload, "address": field, "star": star, "close": close}
        if lit:
            self.halo(spots[lit], r=10, by=3 if lit == "close" else 4)
        self._close_sign(close)
        self.arrow(back.right - 3, back.cy, back.x + 3, back.cy, head=6)
        self.reload_sign(reload.cx, reload.cy, 8)
        self.rect(field, "water" if lit != "address" else "paper", r=12)
        if secure:
            self.path(f"M{number(field.x + 10)} {number(field.cy - 1)}h9v6h-9zv-2a4.5 4.5 0 0 1 9 0v2")
        if address is not None:
            self.text(Box(field.x + 26, field.y, field.w - 34, 24), address, size=13, align="start")
        self._star_sign(star.cx, star.cy, 9)
        self.path(f"M{number(box.x)} {number(box.y + 56)}h{number(box.w)}")
        return Browser(back, reload, field, star, close, Box(box.x + 12, box.y + 64, box.w - 24, box.h - 72))

    def program(
        self,
        title: str | None = None,
        box: Box = WHOLE,
        *,
        lit: OneOf["minimise", "maximise", "close"] | None = None,
    ) -> Program:
        """A window with a title bar, 30 high, and the three signs at its end."""
        self.rect(box, r=8)
        self._cap(box, 30)
        close, maximise, minimise = (Box(box.right - 30 - i * 30, box.y + 4, 22, 22) for i in range(3))
        spots = {"minimise": minimise, "maximise": maximise, "close": close}
        if lit:
            self.halo(spots[lit], r=6, by=3)
        self._close_sign(close)
        self.rect(maximise.inset(5), "none", r=1)
        self.path(f"M{number(minimise.x + 5)} {number(minimise.cy)}h12")
        if title is not None:
            self.text(Box(box.x + 12, box.y, box.w - 116, 30), title, size=14, bold=True, align="start")
        return Program(minimise, maximise, close, Box(box.x + 12, box.y + 40, box.w - 24, box.h - 50))

    def _cap(self, box: Box, height: float) -> None:
        """The coloured top of a window whose corners are already drawn."""
        x, y, h = number(box.x), number(box.y + height), number(height - 8)
        self.path(f"M{x} {y}v-{h}a8 8 0 0 1 8-8h{number(box.w - 16)}a8 8 0 0 1 8 8v{h}z", "shade")

    def _close_sign(self, box: Box) -> None:
        x, y = number(box.cx - 5), number(box.cy - 5)
        self.path(f"M{x} {y}l10 10m0-10l-10 10")

    def _star_sign(self, x: float, y: float, r: float) -> None:
        with self.at(x, y, r / 18):
            self.path(STAR, "paper")

    def reload_sign(self, x: float, y: float, r: float = 9) -> Box:
        """The round arrow."""
        with self.at(x, y, r / 10):
            self.path("M9-4A10 10 0 1 0 10 3M10-10v6h-6")
        return Box(x - r, y - r, 2 * r, 2 * r)

    def arrow(
        self, x1: float, y1: float, x2: float, y2: float, *, head: float = 9, tone: Tone = "ink"
    ) -> None:
        """A straight arrow from the first point to the second."""
        length = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1)
        ux, uy = (x2 - x1) / length * head, (y2 - y1) / length * head
        wings = f"M{number(x2 - ux - uy * 0.9)} {number(y2 - uy + ux * 0.9)}L{number(x2)} {number(y2)}L{number(x2 - ux + uy * 0.9)} {number(y2 - uy - ux * 0.9)}"
        self.path(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}{wings}", tone=tone)

    # What stands on a screen

    def button(
        self,
        x: float,
        y: float,
        words: str,
        *,
        w: float | None = None,
        h: float = 34,
        lit: bool = False,
        plain: bool = False,
        size: float = 16,
        align: OneOf["start", "middle", "end"] = "start",
    ) -> Box:
        """As wide as its word unless `w` is given; `align` says which point of it x is."""
        width = self.width_of(words, size, bold=True) + 28 if w is None else w
        left = {"start": x, "middle": x - width / 2, "end": x - width}[align]
        box = Box(left, y, width, h)
        if lit:
            self.halo(box)
        self.rect(box, "paper" if plain else "blue", r=8)
        self.text(box.inset(6, 2), words, size=size, bold=True, tone="blue" if plain else "paper")
        return box

    def field(
        self,
        x: float,
        y: float,
        w: float,
        label: str | None = None,
        value: str | None = None,
        *,
        h: float = 30,
        required: bool = False,
        caret: bool = False,
        lit: bool = False,
        error: str | None = None,
    ) -> Box:
        """A label (18 high), the box to type in (returned), and a red line with a sign below (18)."""
        top = y
        if label is not None:
            star_room = 14 if required else 0
            size = self.text(Box(x, y, w - star_room, 16), label, size=14, bold=True, align="start")
            if required:
                end = x + self.width_of(label, size, bold=True)
                self.text(Box(end + 4, y + 2, 12, 16), Literal("*"), size=18, bold=True, tone="red")
            top = y + 19
        box = Box(x, top, w, h)
        if lit:
            self.halo(box, r=6, by=5)
        self.rect(box, r=5)
        self.typed(box, value, caret=caret)
        if error is not None:
            self.error_line(x, box.bottom + 5, w, error)
        return box

    def typed(self, box: Box, value: str | None = None, *, caret: bool = False, size: float = 15) -> None:
        """What stands in a box, with the line that blinks after it."""
        if value is not None:
            room = Box(box.x + 9, box.y, box.w - (22 if caret else 18), box.h)
            self.text(room, value, size=size, align="start", caret=caret)
        elif caret:
            self.path(f"M{number(box.x + 10)} {number(box.y + 7)}V{number(box.bottom - 7)}")

    def password(
        self,
        x: float,
        y: float,
        w: float,
        *,
        label: str | None = "password",
        dots: int = 8,
        caret: bool = False,
        lit: bool = False,
    ) -> Box:
        """A field with dots."""
        box = self.field(x, y, w, label, lit=lit)
        d = "".join(f"M{number(box.x + 14 + i * 12)} {number(box.cy)}h0" for i in range(dots))
        self.add(f'<path stroke-width="8" d="{d}"/>')
        if caret:
            end = number(box.x + 12 + dots * 12)
            self.path(f"M{end} {number(box.y + 7)}V{number(box.bottom - 7)}")
        return box

    def strength(self, x: float, y: float, w: float, level: int, *, lit: bool = False) -> Box:
        """Weak, medium, strong: three bars `w` wide, filled up to `level`, and the word after them; 20 high."""
        bar = Box(x, y + 4, w, 12)
        if lit:
            self.halo(bar, r=6, by=5)
        fills: dict[int, Fill] = {1: "red", 2: "shade", 3: "green"}
        for i, part in enumerate(bar.columns(1, 1, 1, gap=6)):
            self.rect(part, fills[level] if i < level else "paper", r=6)
        word = {1: "weak", 2: "medium", 3: "strong"}[level]
        self.text(Box(bar.right + 12, y, 84, 20), word, size=15, bold=True, align="start")
        return bar

    def error_line(self, x: float, y: float, w: float, words: str) -> Box:
        """Red words, always beside the sign."""
        self.circle(x + 8, y + 8, 7.5, "red", line=False)
        self.path(f"M{number(x + 8)} {number(y + 4)}v4m0 4h0", tone="paper")
        self.text(Box(x + 21, y, w - 21, 16), words, size=13, bold=True, tone="red", align="start")
        return Box(x, y, w, 16)

    def choice(
        self,
        x: float,
        y: float,
        words: str,
        *,
        on: bool = False,
        many: bool = False,
        lit: bool = False,
        w: float = 130,
        size: float = 15,
    ) -> Box:
        """A round button (one answer) or, with `many`, a square (many answers); 26 high. Returns the sign."""
        sign = Box(x, y + 2, 22, 22)
        if lit:
            self.halo(sign, r=5 if many else 11, by=5)
        if many:
            self.rect(sign, "blue" if on else "paper", r=4)
            if on:
                self.path(f"M{number(x + 5.5)} {number(y + 13)}l4 5 7-9", tone="paper")
        else:
            self.circle(sign.cx, sign.cy, 11)
            if on:
                self.circle(sign.cx, sign.cy, 5, "blue", line=False)
        self.text(Box(x + 30, y, w - 30, 26), words, size=size, align="start")
        return sign

    def menu(
        self,
        x: float,
        y: float,
        words: Sequence[str],
        *,
        w: float = 120,
        lit: int | None = None,
        row: float = 28,
    ) -> list[Box]:
        """A list of things to choose; `lit` is the number of the marked one, from 0."""
        box = Box(x, y, w, row * len(words) + 8)
        self.rect(box, r=6)
        rows = box.inset(0, 4).rows(len(words))
        for i, (place, text) in enumerate(zip(rows, words, strict=True)):
            if i == lit:
                self.rect(place.inset(4, 0), "saffron", r=5, line=False)
            tone: Tone = "dark" if i == lit else "ink"
            self.text(place.inset(12, 0), text, size=15, bold=i == lit, tone=tone, align="start")
        return rows

    def scroll_bar(self, box: Box, *, at: float = 0, lit: bool = False) -> Box:
        """At the right edge of `box`; `at` goes from 0 (top) to 1 (bottom). Returns the thumb."""
        track = Box(box.right - 12, box.y, 12, box.h)
        thumb = Box(track.x, track.y + at * box.h * 0.6, 12, box.h * 0.4)
        self.rect(track, "water", r=6)
        if lit:
            self.halo(thumb, r=6, by=5)
        return self.rect(thumb, "shade", r=6)

    def heading(self, box: Box, words: str, *, size: float = 18) -> Box:
        """A title at the top of a page; returns what is left below."""
        self.text(Box(box.x, box.y, box.w, 22), words, size=size, bold=True, align="start")
        return Box(box.x, box.y + 28, box.w, box.h - 28)

    def link(
        self, x: float, y: float, words: str, *, size: float = 15, lit: bool = False, w: float = 200
    ) -> Box:
        """Blue underlined words, 20 high."""
        wanted = min(self.width_of(words, size), w)
        box = Box(x, y, wanted, 20)
        if lit:
            self.halo(box, r=5, by=5)
        self.text(
            Box(x, y, w, 20),
            words,
            size=size,
            tone="dark" if lit else "blue",
            align="start",
            underline=True,
        )
        return box

    def search_result(
        self,
        x: float,
        y: float,
        w: float,
        title: str,
        address: str | None = None,
        *,
        ad: bool = False,
        lit: bool = False,
    ) -> Box:
        """One found page, 46 high: its title, its address, one line; `ad` puts the paid sign before it."""
        box = Box(x, y, w, 44)
        if lit:
            self.halo(box, r=6, by=4)
            self.rect(box.inset(-1), r=4, line=False)
        left = x
        if ad:
            width = self.width_of("ad", 12, bold=True) + 12
            self.rect(Box(x, y + 1, width, 18), "paper", r=4)
            self.text(Box(x + 3, y + 1, width - 6, 18), "ad", size=12, bold=True)
            left = x + width + 8
        self.text(Box(left, y, x + w - left, 20), title, size=15, bold=True, tone="blue", align="start")
        if address is not None:
            self.text(Box(x, y + 18, w, 16), address, size=12, tone="green", align="start")
        self.text_lines(Box(x, y + (38 if address else 28), w * 0.8, 4), 1)
        return box

    def icons(
        self, box: Box, names: Iterable[str], *, lit: str | None = None, size: float = 34
    ) -> dict[str, Box]:
        """A row of desktop icons (things by name) spread over the box."""
        wanted = list(names)
        places = box.columns(*[1.0] * len(wanted))
        return {
            name: self.thing(name, place.cx, place.cy, size, lit=name == lit)
            for name, place in zip(wanted, places, strict=True)
        }

    def thing(self, name: str, x: float, y: float, size: float = 60, *, lit: bool = False) -> Box:
        raise NotImplementedError


STAR = "M0-17l5 11 12 1-9 8 3 12-11-6-11 6 3-12-9-8 12-1z"


def _p(x: float, y: float, dx: float, dy: float, k: float) -> str:
    return f"{number(x + dx * k)} {number(y + dy * k)}"
