"""Lesson 1.5: the internet."""

from . import Box, Pen, drawing, literal
from .parts_m1 import ask, icon, monitor, page_lines

TOWN = literal("town.example")


@drawing("internet-wifi")
def internet_wifi(pen: Pen) -> None:
    seen = monitor(pen, lit="wifi")
    pen.line(seen.wifi.cx, seen.wifi.y - 4, 172, 112)
    pen.circle(156, 72, 50, "saffron", line=False)
    pen.circle(156, 72, 43)
    pen.wifi(156, 70, 56)


@drawing("internet-open-browser")
def internet_open_browser(pen: Pen) -> None:
    monitor(pen)
    icon(pen, "folder", 66, 68)
    icon(pen, "note", 160, 68)
    icon(pen, "globe", 238, 72, size=52, lit=True)
    pen.pointer((246, 80))
    pen.number_sign(280, 40, "2×", r=16)


@drawing("internet-top-bar")
def internet_top_bar(pen: Pen) -> None:
    page = pen.browser(lit="address", secure=False)
    pen.path(f"M{page.address.x + 14:.0f} {page.address.y + 5:.0f}v14")
    pen.pointer((page.address.cx + 20, page.address.cy + 4))


@drawing("internet-type-address")
def internet_type_address(pen: Pen) -> None:
    page = pen.browser(Box(12, 12, 296, 112), secure=False)
    bar = page.address
    pen.halo(bar, r=12, by=5)
    pen.rect(bar, r=12)
    pen.typed(Box(bar.x + 4, bar.y, bar.w - 8, bar.h), TOWN, caret=True, size=17)
    pen.typing_hands(160, 112, 210)


@drawing("internet-which-address")
def internet_which_address(pen: Pen) -> None:
    page = pen.browser(secure=False)
    pen.path(f"M{page.address.x + 14:.0f} {page.address.y + 5:.0f}v14")
    ask(pen, page.body.cx, page.body.cy, 64)


@drawing("internet-press-enter")
def internet_press_enter(pen: Pen) -> None:
    page = pen.browser(Box(12, 10, 186, 152), secure=False)
    pen.text(page.address.inset(6, 0), TOWN, size=13)
    pen.thing("town-hall", page.body.cx, page.body.y + 24, 42)
    page_lines(pen, page.body.moved(4, 62), [0.8, 0.5], gap=16)
    enter = pen.key(257, 92, "enter", h=76, w=92, lit=True)
    pen.finger((enter.cx + 6, enter.bottom - 14), size=88, turn=-16)


def _town_page(pen: Pen, *, title: bool = False, link: bool = False) -> tuple[Box, Box]:
    """The page of a made-up town, with a title and a link; returns both."""
    page = pen.browser(address=TOWN)
    head = Box(page.body.x, page.body.y + 2, 190, 30)
    if title:
        pen.rect(head.inset(-5, -1), "saffron", r=8, line=False)
    pen.text(
        head,
        "town_hall",
        size=23,
        bold=True,
        align="start",
        tone="dark" if title else "ink",
    )
    page_lines(pen, page.body.moved(0, 42), [0.74, 0.6], gap=15)
    place = pen.link(page.body.x + 4, page.body.y + 68, "opening_hours", size=18, lit=link, w=210)
    pen.thing("town-hall", page.body.right - 48, page.body.y + 84, 46)
    return head, place


@drawing("internet-read-title")
def internet_read_title(pen: Pen) -> None:
    _town_page(pen, title=True)
    pen.scroll_bar(Box(24, 74, 280, 110), at=0)


@drawing("internet-click-link")
def internet_click_link(pen: Pen) -> None:
    _, place = _town_page(pen, link=True)
    pen.hand_pointer((place.right - 22, place.bottom - 5), size=42)


@drawing("internet-go-back")
def internet_go_back(pen: Pen) -> None:
    page = pen.browser(address=TOWN, lit="back")
    pen.text(
        Box(page.body.x + 40, page.body.y + 4, 228, 28),
        "opening_hours",
        size=21,
        bold=True,
        align="start",
    )
    page_lines(pen, page.body.moved(0, 54), [0.6, 0.6, 0.6], gap=20)
    pen.clock(page.body.right - 44, page.body.y + 78, 58, hour=9)
    pen.pointer((page.back.cx + 2, page.back.cy + 5))


@drawing("internet-wrong-page")
def internet_wrong_page(pen: Pen) -> None:
    page = pen.browser(address=literal("soup.example"))
    pen.thing("food", page.body.x + 62, page.body.cy - 6, 84)
    ask(pen, page.body.right - 70, page.body.cy, 64)


def _results(pen: Pen, *, lit: bool = False) -> Box:
    page = pen.browser(secure=False, lit="address" if lit else None)
    inner = Box(page.address.x + 12, page.address.y, page.address.w - 20, page.address.h)
    pen.text(inner, "three_words", size=14, align="start")
    return page.body


@drawing("internet-search")
def internet_search(pen: Pen) -> None:
    body = _results(pen, lit=True)
    for i, share in enumerate((0.55, 0.7, 0.5)):
        y = body.y + 12 + i * 36
        pen.line(body.x, y, body.x + body.w * share, y, "blue")
        pen.line(body.x, y + 14, body.x + body.w * 0.85, y + 14, "soft")


@drawing("internet-look-address")
def internet_look_address(pen: Pen) -> None:
    page = pen.browser(secure=False)
    pen.search_result(28, 76, 264, literal("Express 24"), literal("express24.example"), ad=True)
    box = Box(28, 128, 264, 60)
    pen.text(
        Box(box.x, box.y, box.w, 22),
        "opening_hours",
        size=17,
        bold=True,
        tone="blue",
        align="start",
    )
    pen.rect(Box(box.x - 6, box.y + 24, 130, 26), "saffron", r=7, line=False)
    pen.text(
        Box(box.x, box.y + 25, 120, 24),
        TOWN,
        size=17,
        bold=True,
        tone="dark",
        align="start",
    )
    pen.thing("magnifier", page.address.x + 20, page.address.cy, 16)


@drawing("internet-ad")
def internet_ad(pen: Pen) -> None:
    pen.rect(Box(20, 44, 280, 112), r=10)
    sign = Box(38, 60, pen.width_of("ad", 19, bold=True) + 18, 28)
    pen.halo(sign, r=7, by=5)
    pen.rect(sign, r=6)
    pen.text(sign.inset(8, 2), "ad", size=19, bold=True)
    pen.text(
        Box(38, 96, 244, 24),
        literal("Express 24"),
        size=19,
        bold=True,
        tone="blue",
        align="start",
    )
    page_lines(pen, Box(38, 134, 244, 0), [0.85])


@drawing("internet-where-to-type")
def internet_where_to_type(pen: Pen) -> None:
    page = pen.browser(Box(12, 8, 296, 132), secure=False)
    ask(pen, page.body.cx, page.body.cy - 2, 44)
    pen.typing_hands(160, 136, 190)
