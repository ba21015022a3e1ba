"""Lesson 1.1: switch on, switch off."""

from . import Box, Pen, drawing, literal
from .parts_m1 import ask, close_laptop, close_up, icon, light_rays, monitor, spinner


@drawing("power-find")
def power_find(pen: Pen) -> None:
    laptop = close_laptop(pen, lit="power")
    big = close_up(pen, laptop.power)
    pen.power_button(big.cx, big.cy, 26)


@drawing("power-press")
def power_press(pen: Pen) -> None:
    pen.rect(Box(24, 34, 272, 130), r=14)
    pen.halo(Box(112, 50, 80, 80), r=40, by=10)
    pen.power_button(152, 90, 40)
    pen.circle(70, 90, 9, "green")
    light_rays(pen, 70, 90)
    pen.finger((164, 102), size=120, pressing=False)


@drawing("power-how")
def power_how(pen: Pen) -> None:
    laptop = close_laptop(pen)
    ask(pen, laptop.screen.cx, laptop.screen.cy, 44)
    pen.finger((laptop.power.cx + 2, laptop.power.bottom + 8), size=72, turn=-20)


@drawing("power-wait")
def power_wait(pen: Pen) -> None:
    laptop = close_laptop(pen, awake=True, on=True)
    spinner(pen, laptop.screen.cx, laptop.screen.cy, 18, lit=True)


def _names(pen: Pen) -> list[Box]:
    return [Box(50, 38, 100, 84), Box(172, 38, 100, 84)]


@drawing("start-click-name")
def start_click_name(pen: Pen) -> None:
    monitor(pen, tray=False)
    sam, noor = _names(pen)
    pen.halo(sam, r=12, by=6)
    for box, name in ((sam, "Sam"), (noor, "Noor")):
        pen.rect(box, r=10)
        pen.thing("person", box.cx, box.y + 30, 44)
        pen.text(Box(box.x, box.bottom - 28, box.w, 22), literal(name), size=18, bold=True)
    pen.pointer((sam.right - 24, sam.bottom - 12))


@drawing("start-type-password")
def start_type_password(pen: Pen) -> None:
    monitor(pen, tray=False)
    pen.thing("person", 86, 66, 56)
    pen.text(Box(46, 98, 80, 22), literal("Sam"), size=18, bold=True)
    pen.text(Box(140, 44, 144, 20), "password", size=17, bold=True, align="start")
    pen.password(140, 74, 144, label=None, dots=6, caret=True, lit=True)


@drawing("start-icons")
def start_icons(pen: Pen) -> None:
    monitor(pen)
    icon(pen, "folder", 66, 68)
    icon(pen, "globe", 160, 72, lit=True)
    icon(pen, "envelope", 254, 68)


@drawing("start-black-screen")
def start_black_screen(pen: Pen) -> None:
    big = close_up(pen, close_laptop(pen, on=True, lit="light").light)
    pen.circle(big.cx, big.cy, 8, "green")
    light_rays(pen, big.cx, big.cy, 11)


@drawing("start-icon-question")
def start_icon_question(pen: Pen) -> None:
    monitor(pen)
    icon(pen, "folder", 110, 70, size=70)
    ask(pen, 216, 76)


@drawing("stop-start-menu")
def stop_start_menu(pen: Pen) -> None:
    seen = monitor(pen, lit="start")
    pen.rect(Box(22, 26, 128, 106), r=8)
    for y, thing in ((42, "folder"), (66, "globe"), (90, "envelope")):
        pen.thing(thing, 42, y, 20)
        pen.line(60, y, 128, y, "soft")
    pen.line(30, 106, 142, 106, "soft")
    pen.thing("power", 42, 119, 17)
    pen.pointer((seen.start.cx + 4, seen.start.cy + 2))


@drawing("stop-shut-down")
def stop_shut_down(pen: Pen) -> None:
    monitor(pen, tray=False)
    pen.rect(Box(22, 26, 128, 106), r=8)
    for y, thing in ((46, "folder"), (72, "globe")):
        pen.thing(thing, 42, y, 20)
        pen.line(60, y, 104, y, "soft")
    pen.line(30, 96, 142, 96, "soft")
    pen.thing("power", 42, 114, 20)
    rows = pen.menu(66, 28, ["sleep", "shut_down", "restart"], w=184, lit=1, row=30)
    pen.pointer((rows[1].right - 30, rows[1].cy + 2))


@drawing("stop-black-screen")
def stop_black_screen(pen: Pen) -> None:
    big = close_up(pen, close_laptop(pen, lit="light").light)
    pen.circle(big.cx, big.cy, 8)


@drawing("stop-which-way")
def stop_which_way(pen: Pen) -> None:
    computer = pen.desktop(8, 18)
    pen.path("M276 158h8c10 0 14-8 14-20v-24")
    pen.thing("plug", 298, 100, 34)
    ask(pen, computer.screen.cx, computer.screen.cy, 54)
