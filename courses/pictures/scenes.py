"""Things that show a state: clock, calendar, Wi-Fi, photo of a paper; people, speech, and the stones."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin
from typing import Literal as OneOf

from .canvas import Box, Fill, number
from .screens import Screens
from .wording import Literal


class Scenes(Screens):
    """Parts with a state, and places."""

    # Things with a state

    def clock(
        self,
        x: float,
        y: float,
        size: float = 80,
        *,
        hour: int = 10,
        minute: int = 0,
        lit: bool = False,
    ) -> Box:
        r = size / 2
        if lit:
            self.circle(x, y, r + 8, "saffron", line=False)
        self.circle(x, y, r)
        ticks = "".join(
            f"M{number(x + sin(i * pi / 2) * r * 0.82)} {number(y - cos(i * pi / 2) * r * 0.82)}h0"
            for i in range(4)
        )
        hands = ""
        for turn, length in (((hour % 12 + minute / 60) / 12, 0.45), (minute / 60, 0.68)):
            angle = turn * 2 * pi
            hands += f"M{number(x)} {number(y)}l{number(sin(angle) * r * length)} {number(-cos(angle) * r * length)}"
        self.path(ticks + hands)
        return Box(x - r, y - r, size, size)

    def calendar(
        self,
        x: float,
        y: float,
        w: float = 150,
        *,
        month: str | None = None,
        lit: int | None = None,
        crossed: Sequence[int] = (),
        first: int = 1,
        weeks: int = 5,
    ) -> dict[int, Box]:
        """A month page, top left at x, y, 0.94 as high as wide. `lit` is a day, `first` the weekday of day 1 (1 = Monday).
        Small days are dots; the lit one shows its number. Returns the box of every day."""
        h = w * 0.94
        self.rect(Box(x, y, w, h), r=8)
        head = h * 0.24
        self._cap(Box(x, y, w, h), head)
        self.path(f"M{number(x + w * 0.25)} {number(y - 6)}v12M{number(x + w * 0.75)} {number(y - 6)}v12")
        if month is not None:
            self.text(Box(x + 10, y + 5, w - 20, head - 6), month, size=min(16, head * 0.6), bold=True)
        grid = Box(x + 6, y + head + 5, w - 12, h - head - 9)
        days: dict[int, Box] = {}
        for row, week in enumerate(grid.rows(weeks)):
            for column, place in enumerate(week.columns(*[1.0] * 7)):
                day = row * 7 + column - first + 2
                if 1 <= day <= 31:
                    days[day] = place
        quiet = [day for day in days if day != lit and day not in crossed]
        self.path("".join(f"M{number(days[d].cx - 2)} {number(days[d].cy)}h4" for d in quiet), tone="soft")
        self.path(
            "".join(
                f"M{number(days[d].cx - 4)} {number(days[d].cy - 4)}l8 8m0-8l-8 8"
                for d in crossed
                if d != lit
            )
        )
        if lit is not None:
            spot = days[lit]
            r = max(min(spot.w, spot.h) * 0.75, 13)
            self.circle(spot.cx, spot.cy, r, "saffron")
            self.text(
                Box(spot.cx - r, spot.cy - r, 2 * r, 2 * r),
                Literal(str(lit)),
                size=min(r * 1.1, 16),
                bold=True,
                tone="dark",
            )
        return days

    def calendar_page(
        self,
        x: float,
        y: float,
        size: float = 90,
        *,
        day: str,
        month: str | None = None,
        lit: bool = False,
    ) -> Box:
        """One day on a page, by its middle: a big number and the month."""
        box = Box(x - size * 0.45, y - size / 2, size * 0.9, size)
        if lit:
            self.halo(box)
        self.rect(box, r=8)
        self._cap(box, size * 0.3)
        self.path(
            f"M{number(x - size * 0.2)} {number(box.y - 5)}v10M{number(x + size * 0.2)} {number(box.y - 5)}v10"
        )
        if month is not None:
            self.text(Box(box.x + 5, box.y + 3, box.w - 10, size * 0.26), month, size=13, bold=True)
        self.text(
            Box(box.x + 4, box.y + size * 0.34, box.w - 8, size * 0.6),
            day,
            size=size * 0.42,
            bold=True,
        )
        return box

    def wifi(self, x: float, y: float, size: float = 80, *, on: bool = True, lit: bool = False) -> Box:
        """The Wi-Fi sign; without network its bows are pale, with a red cross."""
        if lit:
            self.circle(x, y, size * 0.7, "saffron", line=False)
        with self.at(x, y, size / 40):
            tone: OneOf["ink", "soft", "dark"] = "dark" if lit else "ink" if on else "soft"
            self.path(
                "M-18-4a26 26 0 0 1 36 0M-11 4a16 16 0 0 1 22 0M-5 11a7 7 0 0 1 10 0M0 16h0",
                tone=tone,
            )
            if not on:
                self.thing("cross", 13, 11, 15)
        return Box(x - size / 2, y - size / 2, size, size)

    def battery(self, x: float, y: float, size: float = 70, *, level: float = 0.7, lit: bool = False) -> Box:
        """Lying, by its middle; level 0 to 1; below 0.25 the filling is red."""
        box = Box(x - size * 0.5, y - size * 0.25, size * 0.92, size * 0.5)
        if lit:
            self.halo(box)
        self.rect(box, r=6)
        inner = box.inset(5)
        self.rect(
            Box(inner.x, inner.y, inner.w * level, inner.h),
            "red" if level < 0.25 else "green",
            r=2,
            line=False,
        )
        self.path(f"M{number(box.right + 5)} {number(y - size * 0.08)}v{number(size * 0.16)}")
        return box

    def photo(
        self,
        x: float,
        y: float,
        w: float = 84,
        *,
        kind: OneOf["good", "dark", "cut", "blurred", "skewed"] = "good",
        lit: bool = False,
    ) -> Box:
        """A photo of a paper on a table, 1.25 as high as wide, top left at x, y."""
        box = Box(x, y, w, w * 1.25)
        if lit:
            self.halo(box, r=8)
        self.rect(box, "shade" if kind != "dark" else "dark", r=6)
        sheet = box.inset(w * 0.16, w * 0.16)
        if kind == "cut":
            s = Box(box.x + w * 0.42, box.y + w * 0.34, w * 0.58, box.h - w * 0.34)
            self.path(
                f"M{number(s.right)} {number(s.y)}H{number(s.x)}V{number(s.bottom)}H{number(s.right)}z",
                "paper",
            )
            self.text_lines(Box(s.x + 9, s.y + w * 0.18, s.w - 15, 0), 4, gap=w * 0.17, tone="ink")
        elif kind == "skewed":
            with self.at(box.cx, box.cy, turn=24):
                s = Box(-w * 0.26, -w * 0.36, w * 0.52, w * 0.72)
                self.rect(s, r=0)
                self.text_lines(Box(s.x + 8, s.y + w * 0.14, s.w - 16, 0), 4, gap=w * 0.15, tone="ink")
        else:
            self.rect(sheet, "paper" if kind != "dark" else "soft", r=0, line=kind != "dark")
            tone: OneOf["ink", "soft"] = "soft" if kind == "blurred" else "ink"
            lines = Box(sheet.x + w * 0.1, sheet.y + w * 0.17, sheet.w - w * 0.2, 0)
            self.text_lines(lines, 4, gap=w * 0.19, tone=tone)
            if kind == "blurred":
                self.text_lines(lines.moved(4, 5), 4, gap=w * 0.19, tone="soft")
        return box

    def pin_pad(self, x: float, y: float, h: float = 130, *, dots: int = 4, lit: bool = False) -> Box:
        """A card reader with keys and a small screen, by its middle, 0.72 as wide as high. Returns the screen."""
        w = h * 0.72
        box = Box(x - w / 2, y - h / 2, w, h)
        self.rect(box, "shade", r=10)
        screen = Box(box.x + w * 0.12, box.y + h * 0.08, w * 0.76, h * 0.24)
        if lit:
            self.halo(screen, r=4, by=5)
        self.rect(screen, r=4)
        step = screen.w / (dots + 1)
        for i in range(dots):
            self.circle(screen.x + step * (i + 1), screen.cy, 3.5, "ink", line=False)
        keys = Box(box.x + w * 0.12, box.y + h * 0.4, w * 0.76, h * 0.53)
        d = ""
        for row in keys.rows(4, gap=h * 0.03):
            for key in row.columns(1, 1, 1, gap=w * 0.06):
                d += f"M{number(key.x)} {number(key.y)}h{number(key.w)}v{number(key.h)}h-{number(key.w)}z"
        self.add(f'<path class="p-paper" stroke-width="2" d="{d}"/>')
        return screen

    def steps(
        self,
        box: Box,
        things: Sequence[str],
        *,
        lit: int | None = None,
        size: float = 54,
        sign: str = "arrow",
    ) -> list[Box]:
        """Things in a row with arrows between them; `lit` is the number of the marked one, from 0."""
        places = box.columns(*[1.0] * len(things))
        size = min(size, places[0].w * 0.6)
        boxes = [
            self.thing(name, place.cx, place.cy, size, lit=i == lit)
            for i, (name, place) in enumerate(zip(things, places, strict=True))
        ]
        for left, right in pairwise(boxes):
            gap = right.x - left.right
            if sign == "arrow" and gap > 12:
                middle, half = left.right + gap / 2, min(gap * 0.24, 14)
                self.arrow(middle - half, box.cy, middle + half, box.cy, head=8)
        return boxes

    def curved_arrow(self, x1: float, y1: float, x2: float, y2: float, *, bend: float = 0.35) -> None:
        """From the first point to the second; a positive bend goes over the left hand side of the way."""
        mx, my = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
        dx, dy = x2 - mx, y2 - my
        length = max((dx * dx + dy * dy) ** 0.5, 1)
        ux, uy = dx / length * 10, dy / length * 10
        self.path(
            f"M{number(x1)} {number(y1)}Q{number(mx)} {number(my)} {number(x2)} {number(y2)}"
            f"M{number(x2 - ux - uy * 0.8)} {number(y2 - uy + ux * 0.8)}L{number(x2)} {number(y2)}L{number(x2 - ux + uy * 0.8)} {number(y2 - uy - ux * 0.8)}"
        )

    def number_sign(self, x: float, y: float, value: int | str, *, r: float = 15, lit: bool = False) -> Box:
        """A number in a circle: an order of things."""
        box = self.circle(x, y, r, "saffron" if lit else "paper")
        self.text(box, Literal(str(value)), size=r * 1.15, bold=True, tone="dark" if lit else "ink")
        return box

    # People and places: heads and shoulders without faces

    def person(self, x: float, y: float, h: float = 90, *, lit: bool = False) -> Box:
        """Head and shoulders; x is the middle, y the lower edge."""
        if lit:
            self.circle(x, y - h * 0.55, h * 0.62, "saffron", line=False)
        with self.at(x, y, h / 90):
            self.path("M-42 0v-8c0-22 18-34 42-34s42 12 42 34v8z", "shade")
            self.circle(0, -64, 24)
        return Box(x - h * 0.47, y - h, h * 0.94, h)

    def two_at_table(
        self, y: float = 150, *, between: str | None = "paper", lit: bool = False
    ) -> tuple[Box, Box]:
        """Two people at a table, with a thing on it; y is the edge of the table. Returns the people."""
        left, right = self.person(84, y, 108), self.person(236, y, 108)
        self.rect(Box(16, y, 288, 16), r=6)
        self.path(f"M44 {number(y + 16)}v{number(188 - y - 16)}M276 {number(y + 16)}v{number(188 - y - 16)}")
        if between is not None:
            self.thing(between, 160, y - 28, 48, lit=lit)
        return left, right

    def counter(self, *, sign: str | None = "counter", lit: bool = False) -> Box:
        """A person behind the counter of an office, with its sign above. Returns the place in front, on the desk."""
        place = Box(90, 14, 140, 30)
        if lit:
            self.halo(place)
        if sign is not None:
            self.rect(place, r=8)
            self.text(place.inset(10, 2), sign, size=17, bold=True)
        self.person(160, 142, 88)
        self.rect(Box(30, 142, 260, 14), "paper", r=5)
        self.rect(Box(44, 156, 232, 34), "shade", r=0)
        return Box(200, 112, 60, 28)

    def building(
        self,
        x: float = 70,
        y: float = 20,
        w: float = 180,
        h: float = 160,
        *,
        sign: str | None = "cpas",
        lit: bool = False,
    ) -> Box:
        """An office with columns and its name above the door. Returns the name plate."""
        foot, roof = y + h, y + h * 0.3
        self.path(
            f"M{number(x)} {number(roof)}L{number(x + w / 2)} {number(y)}L{number(x + w)} {number(roof)}z",
            "shade",
        )
        self.rect(Box(x + w * 0.06, roof, w * 0.88, h * 0.7), r=0)
        plate = Box(x + w * 0.12, roof + h * 0.06, w * 0.76, h * 0.18)
        if lit:
            self.halo(plate, r=4, by=4)
        self.rect(plate, "paper", r=4)
        if sign is not None:
            self.text(plate.inset(6, 2), sign, size=min(20, plate.h * 0.75), bold=True)
        top = plate.bottom + h * 0.08
        for share in (0.16, 0.72):
            self.rect(Box(x + w * share, top, w * 0.12, foot - top), "water", r=0)
        door = Box(x + w * 0.39, top, w * 0.22, foot - top)
        self.rect(door, "shade", r=0)
        self.path(
            f"M{number(door.right - 8)} {number(door.cy + 4)}h0M{number(x - 14)} {number(foot)}h{number(w + 28)}"
        )
        return plate

    def speech(
        self,
        box: Box,
        words: str | None = None,
        *,
        lines: int = 2,
        size: float = 17,
        tail: OneOf["left", "right"] = "left",
        lit: bool = False,
    ) -> Box:
        """A speech bubble with words, or with drawn lines; its tail hangs 16 below the box."""
        if lit:
            self.halo(box, r=14)
        x = box.x + box.w * (0.25 if tail == "left" else 0.75)
        tip = -14 if tail == "left" else 14
        self.rect(box, r=14)
        self.path(
            f"M{number(x - 9)} {number(box.bottom)}L{number(x + tip)} {number(box.bottom + 16)}L{number(x + 9)} {number(box.bottom)}",
            "paper",
        )
        self.path(f"M{number(x - 7)} {number(box.bottom)}h14", tone="paper")
        if words is not None:
            self.text(box.inset(12, 5), words, size=size, bold=True, lines=3)
        else:
            gap = 13.0
            self.text_lines(Box(box.x + 16, box.cy - (lines - 1) * gap / 2, box.w - 32, 0), lines, gap=gap)
        return box

    def table(self, y: float = 160) -> None:
        """A table top to put things on, over the whole width."""
        self.path(
            f"M0 {number(y)}h320v{number(184 - y)}a16 16 0 0 1-16 16h-288a16 16 0 0 1-16-16z",
            "shade",
            line=False,
        )
        self.path(f"M2 {number(y)}h316")

    def stones(self, *, done: int = 2, count: int = 5, y: float = 150, away: bool = False) -> Box:
        """Stepping stones across water, the brand: `done` green ones, then the lit one under your feet (returned).

        A row at height y; `away` makes it a path to the other side, over the whole picture.
        """
        if away:
            self.path(
                "M0 44V16A16 16 0 0 1 16 0H304A16 16 0 0 1 320 16V38C250 56 190 30 130 44S40 56 0 44z",
                "shade",
                line=False,
            )
            places = [
                (64.0, 164.0, 46.0),
                (150, 138, 38.0),
                (222, 110, 30.0),
                (168, 84, 23.0),
                (214, 63, 18.0),
            ]
        else:
            step = 248 / max(count - 1, 1)
            places = [(36 + i * step, y + (7 if i % 2 else -3), min(step * 0.38, 34)) for i in range(count)]
        here = Box(0, 0, 0, 0)
        for i, (x, top, r) in reversed(list(enumerate(places))):
            fill: Fill = "green" if i < done else "saffron" if i == done else "paper"
            if i == done:
                here = Box(x - r, top - r * 0.42, 2 * r, r * 1.2)
            self._stone(x, top, r, fill)
        return here

    def _stone(self, x: float, y: float, r: float, fill: Fill) -> None:
        """Its top at (x, y), its foot in the water with two small waves."""
        h, foot = r * 0.42, r * 0.3
        waves = f"M{number(x - r * 1.15)} {number(y + foot + h * 1.1)}q{number(r * 0.4)} {number(r * 0.28)} {number(r * 0.8)} {number(r * 0.28)}M{number(x + r * 0.5)} {number(y + foot + h * 1.6)}q{number(r * 0.5)} {number(-r * 0.04)} {number(r * 0.75)} {number(-r * 0.24)}"
        self.path(waves, tone="soft")
        size = f"{number(r)} {number(h)}"
        self.path(
            f"M{number(x - r)} {number(y)}v{number(foot)}a{size} 0 0 0 {number(2 * r)} 0v{number(-foot)}",
            "shade",
        )
        self.add(
            f'<ellipse class="p-{fill}" cx="{number(x)}" cy="{number(y)}" rx="{number(r)}" ry="{number(h)}"/>'
        )
