"""Pointers and hands. A hand is an outline with a paper fill, and a sleeve."""

from typing import Literal as OneOf

from .canvas import Box, Canvas, Place, at_touch, number

_FINGER = (
    "M-8 60V8A8 8 0 0 1 8 8V42C8 34 23 34 23 43C23 36 37 37 37 46C37 40 50 41 50 50"
    "V76C50 92 44 98 42 110H0C-1 102-8 96-14 88L-29 66C-33 59-24 52-18 58z"
)
_KNUCKLES = "M8 42v20M23 45v16M37 48v12"


class Hands(Canvas):
    """Pointer arrow, hand pointer, touching finger, raised hand, hands on keyboard and mouse, holding hand."""

    def pointer(self, at: Place, *, size: float = 34, lit: bool = False) -> None:
        """The arrow of the mouse, its tip in the lower part of the box (or exactly at a point)."""
        x, y = at_touch(at)
        with self.at(x, y, size / 34, lit=lit):
            if lit:
                self.circle(9, 15, 26, "saffron", line=False)
            self.path("M0 0V28l7-6 6 13 7-3-6-13h9z", "paper")

    def hand_pointer(self, at: Place, *, size: float = 40, lit: bool = False) -> None:
        """The little hand a mouse becomes above something that can be clicked."""
        x, y = at_touch(at)
        with self.at(x, y, size / 110, lit=lit):
            if lit:
                self.circle(10, 50, 74, "saffron", line=False)
            self.path(_FINGER + _KNUCKLES, "paper")

    def finger(
        self,
        at: Place,
        *,
        size: float = 100,
        turn: float = -28,
        flip: bool = False,
        pressing: bool = False,
    ) -> None:
        """A hand that touches with its first finger. `turn` in degrees: 0 comes from below, -28 from below right,
        -90 from the right; `flip` mirrors it (from the left). `pressing` adds little lines around the tip."""
        x, y = at_touch(at)
        with self.at(x, y, size / 110, turn=-turn if flip else turn, flip=flip):
            if pressing:
                self.path("M-20 2l-10-4M-13-12l-6-10M2-17l1-11M17-11l7-8")
            self.path("M-6 112h54v150h-54z", "shade")
            self.path(_FINGER + _KNUCKLES, "paper")

    def raised_hand(self, x: float, y: float, h: float = 130, *, lit: bool = False) -> None:
        """An open hand with its sleeve, by its middle."""
        with self.at(x, y, h / 130, lit=lit):
            if lit:
                self.circle(0, -16, 62, "saffron", line=False)
            self.path("M-18 38h36v40h-36z", "shade")
            self.path(
                "M-30-2V-34a7 7 0 0 1 14 0V-50a7 7 0 0 1 14 0V-56a7 7 0 0 1 14 0V-48a7 7 0 0 1 14 0V-4"
                "L33-18C38-25 48-19 44-11L30 16C24 28 20 30 20 40H-20C-20 28-30 24-30 8z",
                "paper",
            )
            self.path("M-16-34v26M-2-50v40M12-48v38")

    def hand_on_mouse(
        self, x: float, y: float, h: float = 130, *, press: OneOf["left", "right"] | None = None
    ) -> None:
        """A right hand from above on a mouse, by the middle of the mouse; `press` marks a finger with lines."""
        with self.at(x, y + h * 0.12, h / 130):
            self.path("M-14 66h46v90h-46z", "shade")
            self.path(
                "M-24 4V-34a8 8 0 0 1 16 0V-40a8 8 0 0 1 17 0V-34a8 8 0 0 1 16 0V-22a7 7 0 0 1 14 0"
                "V28C39 46 34 52 34 68H-14C-14 56-20 52-28 42L-44 18C-48 10-38 4-32 11z",
                "paper",
            )
            self.path("M-8-34v26M9-40v32M25-34v28")
            if press:
                px = -16 if press == "left" else 1
                py = -50 if press == "left" else -56
                self.path(f"M{px - 12} {py}l-7-7M{px} {py - 5}v-10M{px + 12} {py}l7-7")

    def holding(self, at: Place, *, size: float = 90, flip: bool = False) -> None:
        """A hand that holds a paper, card or phone by its edge, from below; the point is where the thumb lies.

        Draw it after the thing: the thumb is in front of it.
        """
        x, y = at if not isinstance(at, Box) else (at.cx, at.bottom - 14)
        with self.at(x, y, size / 90, turn=26 if flip else -26, flip=flip):
            self.path("M10 62l44-12 32 120h-44z", "shade")
            self.path(
                "M-9 0A9 9 0 0 1 9-2L12 20C24 8 44 8 52 20L54 48C54 54 50 56 46 58L16 66C6 58-4 34-9 0z",
                "paper",
            )
            self.path("M12 20c2 8 4 12 10 16")

    def typing_hands(self, x: float, y: float, w: float = 200) -> None:
        """Two hands from below on a keyboard, fingertips at y, by the middle between them."""
        for side in (-1, 1):
            with self.at(x + side * w / 4, y, w / 200, flip=side > 0):
                self.path("M-16 68l40-6 16 100h-40z", "shade")
                self.path(
                    "M-30 40V14a6 6 0 0 1 12 0V6a6 6 0 0 1 12 0V4a6 6 0 0 1 12 0V10a6 6 0 0 1 12 0V40"
                    "L27 30C33 26 38 34 33 39L24 52C20 58 26 62 26 66L-18 72C-18 60-30 56-30 40z",
                    "paper",
                )
                self.path("M-18 14v18M-6 6v24M6 6v24")

    def click_lines(self, at: Place, *, times: int = 1, size: float = 20) -> None:
        """Little rays around a spot that is clicked; two rings of them mean a double click."""
        x, y = at if not isinstance(at, Box) else (at.cx, at.cy)
        with self.at(x, y, size / 20):
            for i in range(times):
                a, b = 14 + i * 14, 20 + i * 14
                s, t = number(a * 0.7), number(b * 0.7)
                self.path(f"M0-{a}V-{b}M{a} 0H{b}M-{a} 0H-{b}M{s}-{s}L{t}-{t}M-{s}-{s}L-{t}-{t}")
