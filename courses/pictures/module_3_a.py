"""Lesson 3.1: find the real site."""

from . import Box, Pen, drawing, literal
from .parts_m3 import SITE, TOWN, ask, pill, town_page


@drawing("site-your-town")
def site_your_town(pen: Pen) -> None:
    pen.rect(Box(18, 16, 284, 168), r=14)
    pen.path("M20 150C90 130 110 176 180 150S260 60 300 66M120 18C112 60 150 90 146 130", tone="soft")
    for x, y in [(58, 58), (96, 106), (56, 164), (232, 44), (270, 108), (246, 158)]:
        pen.thing("house", x, y, 24)
    pen.thing("town-hall", 172, 84, 58, lit=True)
    pen.rect(Box(122, 134, 100, 26), r=5, line=False)
    pen.text(Box(122, 136, 100, 22), literal(TOWN), size=18, bold=True)


@drawing("site-search")
def site_search(pen: Pen) -> None:
    page = pen.browser(tab="search").body
    pen.thing("magnifier", page.cx, page.y + 22, 42)
    words = literal(f"{pen.word('cpas')} {TOWN}")
    pen.field(page.x + 34, page.y + 50, page.w - 68, value=words, h=36, caret=True, lit=True)


def results(pen: Pen, *, lit: bool = False) -> Box:
    """A paid result above the real one. Returns the sign of the paid one."""
    page = pen.browser(tab="search").body
    cpas, x = pen.word("cpas"), page.x + 4
    sign = Box(x, page.y + 3, pen.width_of("ad", 13, bold=True) + 14, 22)
    if lit:
        pen.halo(sign, r=5, by=5)
    pen.rect(sign, r=5)
    pen.text(sign.inset(5, 0), "ad", size=13, bold=True)
    for left, y, title, address in (
        (sign.right + 12, page.y, f"{cpas} +++", "www.fast-help-money.example"),
        (x, page.y + 60, f"{cpas} {TOWN}", SITE),
    ):
        pen.text(Box(left, y + 3, 180, 22), literal(title), size=18, bold=True, tone="blue", align="start")
        pen.text(Box(x, y + 30, 240, 18), literal(address), size=14, tone="green", align="start")
    return sign


@drawing("site-skip-ad")
def site_skip_ad(pen: Pen) -> None:
    results(pen, lit=True)
    pen.curved_arrow(276, 86, 276, 142, bend=-0.3)


@drawing("site-ad-first")
def site_ad_first(pen: Pen) -> None:
    results(pen)
    ask(pen, 282, 110)


@drawing("site-read-address")
def site_read_address(pen: Pen) -> None:
    page = pen.browser(address=SITE, lit="address")
    pen.text_lines(page.body.inset(10, 18), 4, gap=22)
    pen.finger((page.address.x + 120, page.address.bottom - 6), size=92)


@drawing("site-town-hall")
def site_town_hall(pen: Pen) -> None:
    page = pen.browser(address=SITE).body
    pen.thing("town-hall", page.x + 56, page.cy, 92)
    pill(pen, Box(page.x + 122, page.y + 12, 146, 36), literal(TOWN), size=20)
    pen.text_lines(Box(page.x + 124, page.y + 68, 140, 0), 3, gap=18)


@drawing("site-which-address")
def site_which_address(pen: Pen) -> None:
    sites = ["www.fast-help-money.example", str(SITE), "www.papers-for-you.example"]
    for box, site in zip(Box(14, 14, 240, 172).rows(3, gap=10), sites, strict=True):
        pen.rect(box, r=8)
        bar = pen.rect(Box(box.x + 8, box.y + 8, box.w - 16, 24), "water", r=12)
        pen.text(bar.inset(8, 2), literal(site), size=13, align="start")
        pen.text_lines(Box(box.x + 14, box.y + 41, 120, 0), 1)
    ask(pen, 284, 100)


@drawing("site-money-stop")
def site_money_stop(pen: Pen) -> None:
    page = pen.browser(secure=False, lit="close")
    pen.thing("bank-card", page.body.cx - 50, page.body.cy, 74)
    pen.thing("coin", page.body.cx + 40, page.body.cy, 62)
    pen.pointer((page.close.cx + 2, page.close.cy + 4))


@drawing("site-nine-euro")
def site_nine_euro(pen: Pen) -> None:
    page = pen.form("form", box=Box(12, 8, 236, 184))
    pen.field(page.x, page.y, page.w, "name")
    pen.rect(Box(page.x, page.y + 62, 112, 52), "shade", r=8)
    pen.text(Box(page.x + 6, page.y + 62, 100, 52), literal("9 €"), size=32, bold=True)
    pen.thing("bank-card", page.right - 42, page.y + 88, 64)
    ask(pen, 284, 100)


@drawing("site-contact")
def site_contact(pen: Pen) -> None:
    page = town_page(pen, lit="contact", heading=False)
    for row, name in zip(
        Box(page.body.x + 20, page.body.y, 180, page.body.h).rows(3),
        ["telephone", "house", "clock"],
        strict=True,
    ):
        pen.thing(name, row.x, row.cy, 22)
        pen.text_lines(Box(row.x + 26, row.cy, 110, 0), 1)
    pen.pointer((page.contact.right - 6, page.contact.bottom - 2))


@drawing("site-make-request")
def site_make_request(pen: Pen) -> None:
    body = town_page(pen).body
    button = pen.button(body.x + 4, body.y, "make_request", lit=True)
    pen.pointer(button)


@drawing("site-counter")
def site_counter(pen: Pen) -> None:
    pen.counter(lit=True)
    pen.thing("telephone", 66, 116, 42)
    pen.thing("envelope", 254, 118, 42)


@drawing("site-three-doors")
def site_three_doors(pen: Pen) -> None:
    left, middle, right = Box(14, 24, 292, 100).columns(1, 1, 1, gap=10)
    for box in (left, middle, right):
        pen.rect(box, r=10)
    pen.thing("screen", left.cx, left.cy, 62)
    pen.person(middle.cx, middle.bottom - 18, 66)
    pen.rect(Box(middle.x + 8, middle.bottom - 22, middle.w - 16, 12), "shade", r=4)
    pen.thing("envelope", right.cx, right.cy, 60)
    ask(pen, 160, 160)


@drawing("site-favourite")
def site_favourite(pen: Pen) -> None:
    page = town_page(pen, lit="star")
    pen.text_lines(Box(page.body.x, page.body.y + 10, 180, 0), 2, gap=18)
    pen.pointer((page.star.cx + 3, page.star.cy + 6))
