"""Belgian AZERTY keyboard, single keys, mouse and touchpad."""

from collections.abc import Sequence
from typing import Literal as OneOf

from .canvas import Box, number
from .screens import Screens
from .wording import Literal

TOUCHPAD = Box(90, 50, 140, 100)
UNIT = 15  # keys in a row
_ROWS: list[list[tuple[str, float]]] = [
    [(c, 1.0) for c in "²1234567890°-"] + [("backspace", 2.0)],
    [("tab", 1.5), *((c, 1.0) for c in "AZERTYUIOP^$"), ("enter", 1.5)],
    [("caps", 1.8), *((c, 1.0) for c in "QSDFGHJKLMùµ"), ("enter_low", 1.2)],
    [("shift", 1.3), *((c, 1.0) for c in "<WXCVBN,;:="), ("shift_right", 2.7)],
    [
        ("ctrl", 1.7),
        ("win", 1.1),
        ("alt", 1.4),
        ("space", 5.9),
        ("altgr", 2.2),
        ("menu", 1.0),
        ("ctrl_right", 1.7),
    ],
]
_PRINTED = {"altgr": "AltGr", "ctrl": "Ctrl", "alt": "Alt"}
_SIGNS = {
    "backspace": "M9 0h-18m7-7l-7 7 7 7",
    "enter": "M9-8v9h-18m6-6l-6 6 6 6",
    "shift": "M0-10l10 10h-5v9h-10v-9h-5z",
    "shift_right": "M0-10l10 10h-5v9h-10v-9h-5z",
    "tab": "M-10-5h18m-5-4l5 4-5 4M10 5h-18m5-4l-5 4 5 4",
    "up": "M0 9v-18m-7 7l7-7 7 7",
    "down": "M0-9v18m-7-7l7 7 7-7",
    "left": "M9 0h-18m7-7l-7 7 7 7",
    "right": "M-9 0h18m-7-7l7 7-7 7",
    "caps": "M0-9l9 9h-5v3h-8v-3h-5zM-4 8h8",
}
_ALIASES = {"at": "2", "dot": ";", "comma": ",", " ": "space", "dash": "-"}


class Keys(Screens):
    """Keyboard, key, mouse, touchpad."""

    def keyboard(
        self,
        x: float = 10,
        y: float = 40,
        w: float = 300,
        *,
        lit: Sequence[str] = (),
        labels: bool = True,
    ) -> dict[str, Box]:
        """The whole keyboard, 0.4 as high as wide. `lit`: "A", "2", "at" (= "2"), "dot" (= ";"), "space", "shift",
        "shift_right", "enter", "backspace", "tab", "altgr", "ctrl", "caps". Returns the box of every key."""
        h = w * 0.4
        self.rect(Box(x, y, w, h), "shade", r=10)
        unit, row = (w - 12) / UNIT, (h - 12) / 5
        wanted = [_ALIASES.get(name, name) for name in lit]
        boxes: dict[str, Box] = {}
        outline, letters = "", []
        for i, keys in enumerate(_ROWS):
            left = x + 6.0
            for name, units in keys:
                box = boxes[name] = Box(left + 1, y + 7 + i * row, units * unit - 2, row - 2)
                left += units * unit
                if name == "enter_low":
                    continue
                outline += (
                    f"M{number(box.x)} {number(box.y)}h{number(box.w)}v{number(box.h)}h-{number(box.w)}z"
                )
                if len(name) == 1 and name not in wanted:
                    letters.append((name, box))
        enter, low = boxes["enter"], boxes.pop("enter_low")
        outline += (
            f"M{number(low.x)} {number(enter.bottom)}h{number(low.w)}V{number(low.bottom)}h-{number(low.w)}z"
        )
        weight = 'stroke-width="1.5"'
        self.add(f'<path class="p-paper" {weight} d="{outline}"/>')
        if labels:
            self._letters(letters, row)
        for name in wanted:
            box = boxes[name]
            self.rect(box.inset(-3), "saffron", r=4)
            self._label(box, name, tone="dark")
        return boxes

    def _letters(self, letters: list[tuple[str, Box]], row: float) -> None:
        size = max(11.0, min(row * 0.62, 13))
        for y in sorted({box.y for _, box in letters}):
            line = [(name, box) for name, box in letters if box.y == y]
            places = " ".join(number(box.cx) for _, box in line)
            words = "".join(name for name, _ in line).replace("<", "&lt;")
            base = number(y + (row - 2) / 2 + size * 0.36)
            self.add(
                f'<text class="p-text" font-size="{number(size)}" text-anchor="middle" x="{places}" y="{base}">{words}</text>'
            )

    def _label(self, box: Box, name: str, *, tone: OneOf["ink", "dark"] = "ink") -> None:
        sign = _SIGNS.get(name)
        if sign is not None:
            with self.at(box.cx, box.cy, min(box.w / 26, box.h / 26, 2)):
                self.path(sign, tone=tone)
            return
        if name in {"space", "win", "menu"}:
            return
        printed = _PRINTED.get(name.removesuffix("_right"), name)
        self.text(
            box.inset(1, 0),
            Literal(printed),
            size=min(box.h * 0.6, 32 if len(printed) == 1 else 20),
            bold=True,
            tone=tone,
        )

    def key(
        self,
        x: float,
        y: float,
        label: str,
        *,
        w: float | None = None,
        h: float = 64,
        lit: bool = False,
    ) -> Box:
        """One big key by its middle. `label` is what is printed ("A", "AltGr", "Shift") or a key name with a sign:
        "enter", "backspace", "shift", "tab", "up", "down", "left", "right", "space"; "at" is the key é 2 @."""
        wide = {
            "space": 3.6,
            "shift": 1.7,
            "enter": 1.5,
            "backspace": 1.7,
            "tab": 1.4,
            "altgr": 1.6,
        }.get(label, 1.0)
        width = h * wide if w is None else w
        box = Box(x - width / 2, y - h / 2, width, h)
        if lit:
            self.halo(box, r=12, by=7)
        self.rect(box, "shade", r=10)
        top = Box(box.x + 5, box.y + 3, box.w - 10, h - 13)
        self.rect(top, r=7)
        if label == "at":
            for text, place in zip("2é@", ((0.3, 0.28), (0.3, 0.74), (0.72, 0.74)), strict=True):
                spot = Box(top.x + top.w * place[0] - 12, top.y + top.h * place[1] - 12, 24, 24)
                self.text(spot, Literal(text), size=h * 0.32, bold=text == "@")
        else:
            self._label(top, label)
        return box

    def mouse(
        self,
        x: float,
        y: float,
        h: float = 120,
        *,
        lit: OneOf["left", "right", "wheel", "whole"] | None = None,
        cable: bool = True,
    ) -> Box:
        """From above, by its middle. `lit` colours a button, the wheel or the whole."""
        with self.at(x, y, h / 120):
            if cable:
                self.path("M0-60c0-14 6-16 6-30")
            if lit == "whole":
                self.rect(Box(-46, -68, 92, 136), "saffron", r=46, line=False)
            self.path("M-38-20a38 40 0 0 1 76 0v40a38 40 0 0 1-76 0z", "paper")
            for side, sign in (("left", -1), ("right", 1)):
                if lit == side:
                    self.path(
                        f"M0-60a38 40 0 0 {1 if sign > 0 else 0} {38 * sign} 40v10h{-38 * sign}z",
                        "saffron",
                    )
            self.path("M-38-10h76M0-60v50")
            self.rect(Box(-6, -42, 12, 24), "saffron" if lit == "wheel" else "shade", r=6)
            if lit == "wheel":
                self.path("M-18-40v18m-5-5l5 5 5-5M18-22v-18m-5 5l5-5 5 5")
        return Box(x - h * 0.32, y - h / 2, h * 0.64, h)

    def touchpad(self, box: Box = TOUCHPAD, *, lit: bool = False) -> Box:
        """The flat field below a laptop's keyboard, with its two buttons."""
        if lit:
            self.halo(box)
        self.rect(box, r=10)
        y = number(box.bottom - box.h * 0.24)
        self.path(f"M{number(box.x)} {y}h{number(box.w)}M{number(box.cx)} {y}V{number(box.bottom)}")
        return box
