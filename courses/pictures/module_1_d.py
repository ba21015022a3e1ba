"""Lesson 1.4: windows and files."""

from . import Box, Pen, drawing, literal
from .parts_m1 import ask, file_lines, icon, monitor, page_lines, places

RENT = "rent_file"


@drawing("files-open-program")
def files_open_program(pen: Pen) -> None:
    monitor(pen)
    icon(pen, "folder", 66, 68)
    icon(pen, "note", 160, 72, size=52, lit=True)
    icon(pen, "globe", 254, 68)
    pen.pointer((166, 80))
    pen.number_sign(204, 40, "2×", r=17)


@drawing("files-big-small")
def files_big_small(pen: Pen) -> None:
    window = pen.program("write_program", lit="maximise")
    pen.add('<rect class="p-line-soft" stroke-dasharray="1 8" x="84" y="76" width="152" height="78" rx="6"/>')
    for x1, y1, x2, y2 in ((92, 84, 38, 56), (92, 146, 38, 176), (228, 146, 282, 176)):
        pen.arrow(x1, y1, x2, y2, head=8)
    pen.pointer((window.maximise.cx + 2, window.maximise.cy + 3))


@drawing("files-type-line")
def files_type_line(pen: Pen) -> None:
    window = pen.program("write_program")
    line = Box(window.body.x + 6, window.body.y + 14, window.body.w - 12, 34)
    pen.rect(line, "saffron", r=8, line=False)
    used = pen.text(line.inset(10, 0), "rent_line", size=19, tone="dark", align="start")
    end = line.x + 10 + pen.width_of("rent_line", used) + 5
    pen.path(f"M{end:.0f} {line.y + 7:.0f}V{line.bottom - 7:.0f}", tone="dark")
    pen.typing_hands(160, 132, 190)


def _written(pen: Pen, title: str) -> Box:
    """The program with the line; returns the row for buttons."""
    window = pen.program(title)
    body = window.body
    pen.text(
        Box(body.x + 8, body.y + 62, body.w - 16, 34),
        "rent_line",
        size=19,
        align="start",
    )
    pen.line(12, body.y + 44, 308, body.y + 44, "soft")
    return Box(body.x + 4, body.y - 2, body.w - 8, 36)


@drawing("files-click-save")
def files_click_save(pen: Pen) -> None:
    row = _written(pen, "write_program")
    save = pen.button(row.x + 4, row.y + 2, "save", h=32, size=17, lit=True)
    pen.thing("printer", save.right + 34, row.cy, 28)
    pen.pointer((save.right - 14, save.cy + 4))


@drawing("files-give-name")
def files_give_name(pen: Pen) -> None:
    window = pen.program("save_as", Box(24, 24, 272, 152))
    pen.text(Box(44, 68, 232, 20), "file_name", size=16, bold=True, align="start")
    box = Box(44, 94, 232, 34)
    pen.halo(box, r=8, by=5)
    pen.rect(box, r=6)
    pen.typed(box, RENT, caret=True, size=20)
    pen.button(window.body.right - 4, 138, "save", h=30, align="end")


@drawing("files-best-name")
def files_best_name(pen: Pen) -> None:
    pen.thing("file", 92, 84, 118)
    pen.rect(Box(34, 152, 116, 30), r=6)
    pen.path("M46 159v16")
    ask(pen, 224, 96, 66)


@drawing("files-choose-documents")
def files_choose_documents(pen: Pen) -> None:
    window = pen.program("save_as")
    listed = places(
        pen,
        Box(30, 52, 260, 0),
        ["desktop", "documents", "pictures"],
        lit="documents",
        row=32,
    )
    pen.button(window.body.right - 4, 150, "save", h=30, align="end")
    pen.pointer((listed["documents"].right - 60, listed["documents"].cy))


@drawing("files-close")
def files_close(pen: Pen) -> None:
    window = pen.program(RENT, lit="close")
    pen.text(
        Box(window.body.x + 8, 72, window.body.w - 16, 34),
        "rent_line",
        size=19,
        align="start",
    )
    pen.pointer((window.close.cx - 2, window.close.cy + 6))


@drawing("files-what-x")
def files_what_x(pen: Pen) -> None:
    monitor(pen, tray=False)
    window = pen.program(RENT, Box(44, 26, 232, 102))
    page_lines(pen, Box(60, 74, 80, 0), [1, 0.7], gap=18)
    ask(pen, window.close.cx - 34, 92, 40)


@drawing("files-open-documents")
def files_open_documents(pen: Pen) -> None:
    pen.program()
    pen.line(168, 42, 168, 188, "soft")
    listed = places(
        pen,
        Box(22, 54, 138, 0),
        ["desktop", "documents", "pictures", "downloads"],
        lit="documents",
        row=32,
    )
    for x, y in ((206, 82), (266, 82), (206, 142), (266, 142)):
        pen.thing("file", x, y, 36)
    pen.pointer((listed["documents"].right - 8, listed["documents"].bottom - 6))


@drawing("files-find")
def files_find(pen: Pen) -> None:
    pen.program("documents")
    file_lines(
        pen,
        Box(34, 54, 252, 0),
        [literal("cv-sam"), RENT, literal("school-2025")],
        lit=1,
        row=44,
    )


@drawing("files-where")
def files_where(pen: Pen) -> None:
    pen.thing("file", 124, 56, 76)
    ask(pen, 206, 56, 54)
    pen.thing("folder", 90, 150, 64)
    pen.thing("bin", 230, 150, 64)


@drawing("files-open-again")
def files_open_again(pen: Pen) -> None:
    window = pen.program(RENT)
    line = Box(window.body.x + 6, window.body.y + 22, window.body.w - 12, 38)
    pen.rect(line, "saffron", r=8, line=False)
    pen.text(line.inset(10, 0), "rent_line", size=20, tone="dark", align="start")
    pen.thing("check", 160, 144, 54)
