"""Lesson 1.2: mouse and touchpad."""

from . import Box, Pen, drawing
from .parts_m1 import ask, close_laptop, icon, monitor, page_lines


@drawing("mouse-hand")
def mouse_hand(pen: Pen) -> None:
    pen.mouse(88, 112, 128, lit="left")
    pen.arrow(138, 112, 166, 112)
    pen.mouse(240, 104, 112)
    pen.hand_on_mouse(240, 112, 124)


@drawing("mouse-move")
def mouse_move(pen: Pen) -> None:
    screen = pen.laptop(96, 12, 192, 96)
    pen.path(f"M{screen.x + 34:.0f} {screen.cy:.0f}h56", tone="soft")
    pen.pointer((screen.x + 104, screen.cy - 12), lit=True)
    pen.mouse(52, 150, 66, cable=False)
    pen.arrow(88, 152, 124, 152)
    pen.mouse(166, 160, 66, cable=False)
    pen.hand_on_mouse(166, 166, 72)


@drawing("mouse-click-left")
def mouse_click_left(pen: Pen) -> None:
    pen.mouse(118, 112, 140, lit="left")
    pen.finger((102, 84), size=110, turn=-58)
    pen.number_sign(194, 46, "1×", r=22)


@drawing("mouse-click-ball")
def mouse_click_ball(pen: Pen) -> None:
    seen = monitor(pen, tray=False)
    pen.circle(seen.body.cx, seen.body.cy, 42, "saffron", line=False)
    pen.circle(seen.body.cx, seen.body.cy, 33, "green")
    pen.pointer((seen.body.cx + 6, seen.body.cy + 4))


@drawing("mouse-hand-shape")
def mouse_hand_shape(pen: Pen) -> None:
    page = pen.browser()
    page_lines(pen, page.body.moved(0, 8), [0.9, 0.6, 0.8, 0.7, 0.5], gap=22)
    pen.hand_pointer((158, 104), size=66, lit=True)


@drawing("mouse-double-click")
def mouse_double_click(pen: Pen) -> None:
    pen.mouse(70, 112, 124)
    pen.hand_on_mouse(70, 122, 128, press="left")
    pen.number_sign(132, 46, "2×", r=22)
    pen.arrow(140, 100, 176, 100)
    icon(pen, "folder", 244, 100, size=84, lit=True)
    pen.pointer((250, 110))


@drawing("mouse-open-icon")
def mouse_open_icon(pen: Pen) -> None:
    monitor(pen)
    icon(pen, "folder", 100, 68, size=64)
    pen.pointer((104, 72))
    ask(pen, 220, 74)


@drawing("mouse-wheel")
def mouse_wheel(pen: Pen) -> None:
    pen.mouse(78, 112, 132, lit="wheel")
    pen.finger((84, 76), size=96, turn=-52)
    page = pen.program(None, Box(176, 20, 132, 160))
    page_lines(pen, Box(188, 66, 66, 0), [1, 0.8, 0.9, 0.6, 1, 0.7], gap=18)
    pen.scroll_bar(Box(page.body.x, 58, page.body.w, 112), at=0.6)
    pen.arrow(268, 84, 268, 124, head=9)


@drawing("mouse-more-below")
def mouse_more_below(pen: Pen) -> None:
    page = pen.browser(Box(12, 8, 296, 132))
    page_lines(pen, page.body.moved(0, 10), [0.8, 0.6, 0.75], gap=18)
    pen.scroll_bar(Box(page.body.x, 68, page.body.w + 4, 66), at=0)
    pen.path("M24 140v44M276 140v44", tone="soft")
    page_lines(pen, Box(40, 158, 216, 0), [0.3, 0.2], gap=18)
    ask(pen, 160, 160, 42)


@drawing("mouse-drag")
def mouse_drag(pen: Pen) -> None:
    monitor(pen)
    pen.add('<path class="p-line-soft" stroke-dasharray="1 8" d="M36 48h26l13 13v44h-39z"/>')
    pen.path("M86 76h20", tone="soft")
    pen.thing("folder", 246, 76, 76)
    pen.thing("file", 156, 76, 52, lit=True)
    pen.pointer((164, 84))


@drawing("touchpad-one-finger")
def touchpad_one_finger(pen: Pen) -> None:
    laptop = close_laptop(pen, awake=True, on=True, lit="pad")
    pen.pointer((laptop.screen.cx - 8, laptop.screen.cy - 12), size=30)
    pen.finger((laptop.pad.cx, laptop.pad.cy - 2), size=84, turn=-56)


@drawing("touchpad-question")
def touchpad_question(pen: Pen) -> None:
    laptop = close_laptop(pen, awake=True, on=True)
    pen.pointer((laptop.screen.x + 28, laptop.screen.cy - 14), size=30)
    ask(pen, 40, 52, 38)
