"""Lesson 1.3: the keyboard. The box above shows what the marked key did."""

from . import Box, Pen, drawing, literal
from .parts_m1 import ask, big_box, typing


@drawing("keys-click-box")
def keys_click_box(pen: Pen) -> None:
    pen.program()
    box = big_box(pen, lit=True, box=Box(44, 84, 232, 56))
    pen.pointer((box.cx, box.cy - 4))


@drawing("keys-line")
def keys_line(pen: Pen) -> None:
    pen.program()
    box = big_box(pen, box=Box(44, 84, 232, 56))
    pen.rect(Box(box.x + 8, box.y + 6, 22, 44), "saffron", r=8, line=False)
    pen.path(f"M{box.x + 19:.0f} {box.y + 14:.0f}V{box.bottom - 14:.0f}", tone="dark")


@drawing("keys-type-name")
def keys_type_name(pen: Pen) -> None:
    keys = typing(pen, literal("sam"), "M")
    pen.finger((keys["M"].cx, keys["M"].bottom - 3), size=76)


@drawing("keys-shift")
def keys_shift(pen: Pen) -> None:
    keys = typing(pen, literal("S"), "shift")
    pen.finger((keys["shift"].cx, keys["shift"].bottom - 2), size=70, turn=-16, flip=True)
    pen.finger((keys["S"].cx + 3, keys["S"].bottom - 4), size=76, turn=-34)


@drawing("keys-big-letter")
def keys_big_letter(pen: Pen) -> None:
    for x, letter, size in ((34, "a", 76), (202, "A", 76)):
        box = pen.rect(Box(x, 50, 84, 100), r=10)
        pen.text(box, literal(letter), size=size, bold=True)
    pen.arrow(126, 100, 194, 100)
    ask(pen, 160, 48, 42)


@drawing("keys-space")
def keys_space(pen: Pen) -> None:
    box = big_box(pen, literal("Sam"))
    pen.line(box.x + 100, box.y + 8, box.x + 100, box.bottom - 8)
    pen.path(f"M{box.x + 74:.0f} {box.bottom - 14:.0f}v5h18v-5", tone="soft")
    keys = pen.keyboard(20, 76, 280, lit=["space"])
    pen.finger((keys["space"].cx, keys["space"].bottom - 4), size=64)


@drawing("keys-backspace")
def keys_backspace(pen: Pen) -> None:
    keys = typing(pen, literal("Sam"), "backspace")
    pen.finger((keys["backspace"].cx, keys["backspace"].bottom - 2), size=78)


@drawing("keys-mistake")
def keys_mistake(pen: Pen) -> None:
    pen.program()
    box = big_box(pen, literal("Samm"), caret=True, box=Box(44, 72, 148, 56), size=34)
    ask(pen, box.right + 54, box.cy)


def _two_lines(pen: Pen, box: Box) -> None:
    pen.rect(box, r=6)
    pen.text(
        Box(box.x + 12, box.y + 4, box.w - 24, 28),
        literal("Sam"),
        size=24,
        align="start",
    )


@drawing("keys-enter")
def keys_enter(pen: Pen) -> None:
    _two_lines(pen, Box(30, 8, 260, 62))
    pen.path("M44 42v20")
    keys = pen.keyboard(20, 80, 280, lit=["enter"])
    pen.finger((keys["enter"].cx, keys["enter"].bottom - 2), size=70)


@drawing("keys-at")
def keys_at(pen: Pen) -> None:
    big_box(pen, literal("@"), caret=True)
    pen.halo(Box(53, 82, 214, 72), r=14, by=8)
    alt_gr, two = pen.key(109, 118, "altgr", h=72), pen.key(229, 118, "at", h=72)
    pen.text(
        Box(alt_gr.right, 104, two.x - alt_gr.right, 28),
        literal("+"),
        size=26,
        bold=True,
        tone="dark",
    )
    pen.finger((alt_gr.cx - 8, alt_gr.bottom - 10), size=84, turn=-34, flip=True)
    pen.finger((two.cx + 4, two.bottom - 7), size=84, turn=-34)


@drawing("keys-which-at")
def keys_which_at(pen: Pen) -> None:
    pen.rect(Box(92, 10, 56, 56), r=10)
    pen.text(Box(92, 10, 56, 56), literal("@"), size=38, bold=True)
    ask(pen, 196, 38, 42)
    pen.keyboard(20, 80, 470)


@drawing("keys-dot")
def keys_dot(pen: Pen) -> None:
    big_box(pen, literal("sam@example.org"), caret=True)
    shift = pen.key(100, 118, "shift", h=70)
    dot = pen.key(230, 118, "space", w=72, h=72, lit=True)
    pen.text(
        Box(shift.right, 104, dot.x - shift.right - 6, 28),
        literal("+"),
        size=26,
        bold=True,
    )
    pen.text(Box(dot.x + 12, dot.y - 2, 24, 24), literal("."), size=36, bold=True)
    pen.text(Box(dot.x + 12, dot.y + 34, 24, 24), literal(";"), size=24)
    pen.finger((dot.cx + 6, dot.bottom - 8), size=84, turn=-34)


@drawing("keys-tab")
def keys_tab(pen: Pen) -> None:
    pen.rect(Box(30, 10, 260, 28), r=6)
    pen.typed(Box(30, 10, 260, 28), literal("Sam"), size=19)
    second = pen.rect(Box(30, 46, 260, 28), r=6)
    pen.typed(second, None, caret=True)
    pen.keyboard(20, 82, 280, lit=["tab"])
    pen.arrow(262, 20, 262, 64, head=8)


@drawing("keys-new-line")
def keys_new_line(pen: Pen) -> None:
    pen.program()
    box = Box(44, 58, 232, 112)
    _two_lines(pen, box)
    ask(pen, box.cx, box.y + 70, 50)
