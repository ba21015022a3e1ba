"""Lesson 1.6: make it easy, fix small problems."""

from . import Box, Pen, drawing, literal
from .parts_m1 import Monitor, ask, monitor, page_lines, spinner


@drawing("easy-bigger-text")
def easy_bigger_text(pen: Pen) -> None:
    page = pen.browser(Box(12, 8, 296, 104), secure=False)
    pen.text(
        Box(page.body.x, page.body.y - 4, page.body.w, 40),
        "opening_hours",
        size=34,
        bold=True,
        align="start",
    )
    ctrl = pen.key(96, 154, "Ctrl", w=92, h=62)
    plus = pen.key(222, 154, "+", w=66, h=62, lit=True)
    pen.text(Box(ctrl.right, 140, plus.x - ctrl.right, 28), literal("+"), size=24, bold=True)
    pen.finger((plus.cx + 16, plus.cy + 16), size=72)


@drawing("easy-small-text")
def easy_small_text(pen: Pen) -> None:
    page = pen.browser(secure=False)
    for top in (0, 34, 68):
        page_lines(pen, Box(page.body.x, page.body.y + 8 + top, 110, 0), [0.5, 1, 0.9], gap=8)
    ask(pen, page.body.right - 74, page.body.cy, 66)


def _popup(pen: Pen, box: Box, x: float) -> None:
    """A small window that hangs above a sign of the bar."""
    pen.rect(box, r=10)
    pen.path(f"M{x - 8:.0f} {box.bottom:.0f}l8 9 8-9", "paper")
    pen.line(x - 6, box.bottom, x + 6, box.bottom, "paper")


@drawing("easy-sound-on")
def easy_sound_on(pen: Pen) -> None:
    seen = monitor(pen, lit="speaker")
    box = Box(122, 62, 168, 60)
    _popup(pen, box, seen.speaker.cx)
    pen.thing("speaker", box.x + 26, box.cy, 28)
    pen.line(box.x + 54, box.cy, box.x + 112, box.cy, "blue")
    pen.line(box.x + 112, box.cy, box.right - 18, box.cy, "soft")
    pen.circle(box.x + 112, box.cy, 10, "blue")
    pen.hand_pointer((box.x + 110, box.cy + 6), size=38)


@drawing("easy-listen")
def easy_listen(pen: Pen) -> None:
    screen = pen.phone(104, 8, 184)
    page_lines(pen, Box(screen.x + 12, screen.y + 18, screen.w - 24, 0), [1, 0.7, 0.9], gap=15)
    button = Box(screen.x + 16, screen.y + 68, screen.w - 32, 42)
    pen.halo(button, r=12, by=6)
    pen.rect(button, "blue", r=10)
    with pen.at(button.cx, button.cy, 0.75):
        pen.path(
            "M-17-6h7l9-9v30l-9-9h-7zM5-6a9 9 0 0 1 0 12M10-12a16 16 0 0 1 0 24",
            tone="paper",
        )
    pen.finger((button.right - 12, button.bottom - 4), size=92)


@drawing("easy-language")
def easy_language(pen: Pen) -> None:
    page = pen.browser(secure=False)
    row = Box(page.body.right - 132, page.body.y + 2, 132, 34)
    pen.halo(row, r=10, by=4)
    pen.rect(row, r=8)
    for part, code in zip(row.columns(1, 1, 1), ("FR", "NL", "DE"), strict=True):
        pen.text(part, literal(code), size=18, bold=True, tone="blue")
    pen.thing("globe", page.body.x + 22, row.cy, 32)
    page_lines(pen, page.body.moved(0, 62), [0.9, 0.75, 0.5], gap=20)
    pen.pointer((row.cx + 8, row.bottom - 4))


@drawing("easy-round-arrow")
def easy_round_arrow(pen: Pen) -> None:
    page = pen.browser(lit="reload", secure=False)
    pen.curved_arrow(96, 128, page.reload.cx + 4, page.reload.bottom + 12, bend=0.3)
    pen.circle(156, 128, 44, "paper")
    pen.reload_sign(156, 128, 24)


@drawing("easy-page-stops")
def easy_page_stops(pen: Pen) -> None:
    page = pen.browser(secure=False)
    spinner(pen, page.body.x + 82, page.body.cy, 28)
    ask(pen, page.body.right - 82, page.body.cy, 64)


def _networks(pen: Pen, seen: Monitor) -> list[Box]:
    box = Box(104, 24, 178, 100)
    _popup(pen, box, seen.wifi.cx)
    return box.inset(8, 6).rows(3)


@drawing("easy-no-internet")
def easy_no_internet(pen: Pen) -> None:
    rows = _networks(pen, monitor(pen, wifi=False))
    pen.rect(rows[1], "saffron", r=6, line=False)
    for row, name in zip(rows, (pen.word("library"), pen.word("school"), literal("Sam-24")), strict=True):
        is_lit = row is rows[1]
        with pen.at(row.x + 16, row.cy - 1, lit=is_lit):
            pen.wifi(0, 0, 20)
        pen.text(
            Box(row.x + 36, row.y, row.w - 40, row.h),
            name,
            size=16,
            bold=is_lit,
            tone="dark" if is_lit else "ink",
            align="start",
        )
    pen.pointer((rows[1].right - 34, rows[1].cy))


@drawing("easy-no-sound")
def easy_no_sound(pen: Pen) -> None:
    seen = monitor(pen, lit="speaker", sound=False)
    pen.line(seen.speaker.cx - 6, seen.speaker.y - 4, 186, 110)
    pen.circle(168, 70, 50, "saffron", line=False)
    pen.circle(168, 70, 43)
    pen.thing("no-sound", 168, 70, 52)


@drawing("easy-speaker-question")
def easy_speaker_question(pen: Pen) -> None:
    pen.rect(Box(32, 42, 116, 116), r=14)
    pen.thing("no-sound", 90, 100, 80)
    ask(pen, 232, 100, 72)


@drawing("easy-raise-hand")
def easy_raise_hand(pen: Pen) -> None:
    pen.table(168)
    screen = pen.laptop(30, 42, 148, 104)
    pen.thing("warning", screen.cx, screen.cy, 42)
    pen.raised_hand(250, 104, 118, lit=True)


@drawing("easy-nothing-helps")
def easy_nothing_helps(pen: Pen) -> None:
    monitor(pen)
    pen.rect(Box(40, 38, 148, 80), r=8)
    pen.thing("warning", 68, 66, 32)
    page_lines(pen, Box(96, 58, 80, 0), [1, 0.7], gap=15)
    pen.rect(Box(130, 94, 46, 15), "blue", r=6)
    ask(pen, 244, 78, 54)


@drawing("easy-rest")
def easy_rest(pen: Pen) -> None:
    pen.rect(Box(28, 20, 138, 132), "paper", r=6)
    pen.path("M117 90v62M117 116l12-12")
    pen.circle(117, 68, 32, "shade")
    pen.path("M66 20v132M20 152h154")
    pen.path("M34 132h22M76 132h22M136 132h20", tone="soft")
    pen.raised_hand(244, 108, 128, lit=True)
