"""Parts that only module 1 needs: a computer seen close, the typing scene, a window with files."""

from collections.abc import Sequence
from typing import Literal as OneOf
from typing import NamedTuple

from . import Box, Pen, literal


class CloseLaptop(NamedTuple):
    screen: Box
    power: Box
    light: Box
    pad: Box


class Monitor(NamedTuple):
    start: Box
    wifi: Box
    speaker: Box
    body: Box


def ask(pen: Pen, x: float, y: float, size: float = 58) -> Box:
    """The question mark of a question's picture: there it is the one saffron thing."""
    return pen.thing("question", x, y, size, lit=True)


def close_laptop(
    pen: Pen,
    *,
    awake: bool = False,
    on: bool = False,
    lit: OneOf["power", "light", "pad"] | None = None,
    keys: bool = True,
) -> CloseLaptop:
    """A laptop from the front: screen (black until `awake`), power button and light, keys, pad."""
    pen.rect(Box(74, 8, 172, 90), "shade", r=10)
    glass = pen.rect(Box(83, 17, 154, 72), r=3)
    if not awake:
        pen.add('<rect class="p-dark" x="83" y="17" width="154" height="72" rx="3"/>')
    pen.path("M62 98H258L304 180a8 8 0 0 1-8 10H24a8 8 0 0 1-8-10z", "paper")
    if keys:
        rows = [Box(62 - i * 11, 127 + i * 13, 196 + i * 22, 10) for i in range(3)]
        d = "".join(
            f"M{key.x:.0f} {key.y:.0f}h{key.w:.0f}v{key.h:.0f}h-{key.w:.0f}z"
            for row in rows
            for key in row.columns(*[1.0] * 9, gap=4)
        )
        pen.add(f'<path class="p-shade" stroke-width="1.5" d="{d}"/>')
    power, light, pad = (
        Box(226, 102, 20, 20),
        Box(202, 108, 9, 9),
        Box(124, 168, 72, 19),
    )
    spots = {"power": power, "light": light, "pad": pad}
    if lit == "pad":
        pen.halo(pad, r=5, by=4)
    elif lit:
        pen.circle(
            spots[lit].cx,
            spots[lit].cy,
            17 if lit == "power" else 13,
            "saffron",
            line=False,
        )
    pen.power_button(power.cx, power.cy, 10)
    pen.circle(light.cx, light.cy, 4.5, "green" if on else "paper")
    if on and lit != "light":
        light_rays(pen, light.cx, light.cy, 7)
    pen.rect(pad, "paper" if lit == "pad" else "shade", r=4)
    return CloseLaptop(glass, power, light, pad)


def light_rays(pen: Pen, x: float, y: float, r: float = 12) -> None:
    """Little lines around a light that is on."""
    pen.click_lines((x, y), size=r * 1.4)


def monitor(
    pen: Pen,
    *,
    lit: OneOf["start", "wifi", "speaker"] | None = None,
    wifi: bool = True,
    sound: bool = True,
    tray: bool = True,
) -> Monitor:
    """The whole screen of a computer with its bar below: start button, and Wi-Fi, speaker, hour at the end."""
    pen.rect(Box(132, 176, 56, 12), "shade", r=0)
    pen.rect(Box(8, 8, 304, 170), "shade", r=12)
    pen.rect(Box(17, 17, 286, 152), r=3)
    pen.path("M17 137h286v29a3 3 0 0 1-3 3h-280a3 3 0 0 1-3-3z", "water")
    start, wifi_at, speaker = (
        Box(24, 141, 24, 24),
        Box(186, 141, 24, 24),
        Box(220, 141, 24, 24),
    )
    spots = {"start": start, "wifi": wifi_at, "speaker": speaker}
    if lit:
        pen.rect(spots[lit].inset(-4, -2), "saffron", r=7, line=False)
    squares = "".join(f"M{x} {y}h9v9h-9z" for x in (25.5, 37.5) for y in (142.5, 154.5))
    pen.add(f'<path class="{"p-dark" if lit == "start" else "p-blue"} p-flat" d="{squares}"/>')
    if tray:
        with pen.at(wifi_at.cx, wifi_at.cy - 1, lit=lit == "wifi"):
            pen.wifi(0, 0, 24, on=wifi)
        with pen.at(speaker.cx, speaker.cy, lit=lit == "speaker"):
            pen.thing("speaker" if sound else "no-sound", 0, 0, 22)
        pen.text(Box(252, 143, 46, 20), literal("10:24"), size=14)
    return Monitor(start, wifi_at, speaker, Box(17, 17, 286, 120))


def close_up(pen: Pen, at: Box) -> Box:
    """A part of the close laptop, drawn large: a marked circle with a line to it. Returns the circle."""
    pen.line(at.right, at.y, 268, 70)
    pen.circle(278, 46, 32, "saffron", line=False)
    return pen.circle(278, 46, 26)


def spinner(pen: Pen, x: float, y: float, r: float = 26, *, lit: bool = False) -> None:
    """The turning ring of a computer that is busy."""
    if lit:
        pen.circle(x, y, r * 1.5, "saffron", line=False)
    tone: OneOf["dark", "ink"] = "dark" if lit else "ink"
    with pen.at(x, y, r / 20):
        pen.path("M0-20A20 20 0 1 1-20 0", tone=tone)
        pen.path("M-14-14h0M-18-8h0M-8-18h0", tone=tone)


_LINE = Box(30, 14, 260, 46)


def big_box(
    pen: Pen,
    value: str | None = None,
    *,
    caret: bool = False,
    lit: bool = False,
    box: Box = _LINE,
    size: float = 26,
) -> Box:
    """A white box to type in, with large letters."""
    if lit:
        pen.halo(box, r=8, by=6)
    pen.rect(box, r=6)
    pen.typed(box, value, caret=caret, size=size)
    return box


def typing(pen: Pen, value: str | None, *keys: str, caret: bool = True, size: float = 26) -> dict[str, Box]:
    """What stands in the box, and below it the keyboard with the marked keys."""
    big_box(pen, value, caret=caret, size=size)
    return pen.keyboard(20, 76, 280, lit=keys)


def page_lines(pen: Pen, box: Box, rows: Sequence[float], *, gap: float = 15) -> None:
    """Writing nobody must read, each row with its own share of the width."""
    d = "".join(f"M{box.x:.0f} {box.y + i * gap:.0f}h{box.w * share:.0f}" for i, share in enumerate(rows))
    pen.path(d, tone="soft")


def places(
    pen: Pen, box: Box, words: Sequence[str], *, lit: str | None = None, row: float = 30
) -> dict[str, Box]:
    """Folders below each other, each with its sign."""
    boxes: dict[str, Box] = {}
    for i, words_ in enumerate(words):
        line = boxes[words_] = Box(box.x, box.y + i * row, box.w, row - 4)
        if words_ == lit:
            pen.rect(line.inset(-3, -1), "saffron", r=7, line=False)
        with pen.at(line.x + 15, line.cy, lit=words_ == lit):
            pen.thing("folder", 0, 0, 22)
        tone: OneOf["dark", "ink"] = "dark" if words_ == lit else "ink"
        pen.text(
            Box(line.x + 33, line.y, line.w - 36, line.h),
            words_,
            size=15,
            bold=words_ == lit,
            tone=tone,
            align="start",
        )
    return boxes


def file_lines(
    pen: Pen,
    box: Box,
    names: Sequence[str | None],
    *,
    lit: int | None = None,
    row: float = 34,
) -> list[Box]:
    """Files below each other; without a name it is drawn as a line."""
    lines = []
    for i, name in enumerate(names):
        line = Box(box.x, box.y + i * row, box.w, row - 4)
        lines.append(line)
        if i == lit:
            pen.rect(line.inset(-4, -1), "saffron", r=7, line=False)
        with pen.at(line.x + 16, line.cy, lit=i == lit):
            pen.thing("file", 0, 0, 24)
        if name is None:
            pen.path(f"M{line.x + 38:.0f} {line.cy:.0f}h{line.w * 0.4:.0f}", tone="soft")
        else:
            tone: OneOf["dark", "ink"] = "dark" if i == lit else "ink"
            pen.text(
                Box(line.x + 36, line.y, line.w - 40, line.h),
                name,
                size=17,
                bold=i == lit,
                tone=tone,
                align="start",
            )
    return lines


def icon(
    pen: Pen,
    name: str,
    x: float,
    y: float,
    *,
    size: float = 44,
    lit: bool = False,
    label: bool = True,
) -> Box:
    """A small picture on the screen, with a line below for its name."""
    box = pen.thing(name, x, y, size, lit=lit)
    if label and not lit:
        pen.path(f"M{x - 14:.0f} {y + size * 0.72:.0f}h28", tone="soft")
    return box
