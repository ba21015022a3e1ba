"""Pictures that belong to no lesson: modules, messages, the brand."""

from . import Box, Pen, drawing, literal


@drawing("stones")
def stones(pen: Pen) -> None:
    pen.stones(away=True)


@drawing("welcome")
def welcome(pen: Pen) -> None:
    pen.stones(done=0, y=162)
    screen = pen.phone(122, 10, 132)
    pen.thing("speaker", screen.cx, screen.cy, 40)


@drawing("certificate")
def certificate(pen: Pen) -> None:
    pen.rect(Box(60, 22, 200, 136), r=6)
    pen.text(Box(76, 36, 168, 28), "certificate", size=20, bold=True)
    pen.text_lines(Box(86, 80, 148, 0), 3, gap=14)
    pen.thing("check", 236, 148, 58, lit=True)


@drawing("no-network")
def no_network(pen: Pen) -> None:
    screen = pen.laptop()
    pen.wifi(screen.cx, screen.cy - 4, 86, on=False)


@drawing("not-found")
def not_found(pen: Pen) -> None:
    page = pen.browser(secure=False)
    pen.thing("magnifier", page.body.cx, page.body.cy, 76, lit=True)
    pen.text(
        Box(page.body.cx - 30, page.body.cy - 26, 44, 36),
        literal("?"),
        size=28,
        bold=True,
        tone="dark",
    )


@drawing("closed-door")
def closed_door(pen: Pen) -> None:
    pen.path("M60 182h200")
    pen.rect(Box(112, 24, 96, 158), r=4)
    pen.rect(Box(122, 34, 76, 148), "shade", r=2)
    pen.thing("lock", 160, 104, 52, lit=True)


@drawing("something-broke")
def something_broke(pen: Pen) -> None:
    screen = pen.laptop()
    pen.circle(screen.cx, screen.cy, 48, "saffron", line=False)
    with pen.at(screen.cx, screen.cy, 2.4, lit=True):
        pen.reload_sign(0, 0, 10)


@drawing("question")
def question(pen: Pen) -> None:
    box = pen.speech(Box(92, 24, 136, 116), lines=0, lit=True)
    pen.thing("question", box.cx, box.cy, 74)


@drawing("do-it-for-real")
def do_it_for_real(pen: Pen) -> None:
    screen = pen.laptop()
    check = pen.thing("check", screen.cx - 20, screen.cy - 8, 64, lit=True)
    pen.finger((check.cx + 14, check.cy + 12), size=96)


@drawing("module-computer")
def module_computer(pen: Pen) -> None:
    pen.table(150)
    pen.laptop(62, 24, 168, 104)
    pen.mouse(282, 146, 60, lit="left", cable=False)


@drawing("module-email")
def module_email(pen: Pen) -> None:
    screen = pen.laptop()
    pen.thing("open-envelope", screen.cx, screen.cy, 78, lit=True)


@drawing("module-forms")
def module_forms(pen: Pen) -> None:
    page = pen.form("request", at=2)
    pen.field(page.x, page.y, page.w, "name", required=True, caret=True)
    pen.choice(page.x, page.y + 57, "yes", on=True, w=80)
    pen.choice(page.x, page.y + 86, "no", w=80)
    pen.button(page.right - 4, page.bottom - 40, "next", align="end", lit=True)


@drawing("module-rights")
def module_rights(pen: Pen) -> None:
    pen.building(lit=True)


@drawing("module-safety")
def module_safety(pen: Pen) -> None:
    screen = pen.laptop()
    pen.thing("safe", screen.cx, screen.cy, 76, lit=True)
