"""Tables as files for a spreadsheet program: CSV line by line, XLSX with typed cells."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from io import BytesIO
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language_bidi

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # so that Excel reads it as UTF-8
LONGEST_TITLE = 31  # of a sheet
MOST_COLUMNS = 60  # that get a width
# What a spreadsheet would compute instead of show.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")

Line = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`widths` of the columns in letters, the last for all that follow; what stands above and left of the cell
    `frozen` stays in view, and then the first line is a head."""

    title: str
    lines: Iterable[Line]
    widths: Sequence[int] = (28, 28, 16)
    frozen: str | None = "A2"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value


def plain(text: str) -> str:
    """On one line, without the signs that no spreadsheet takes."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def csv_response(name: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    """Sent line by line, to be kept as `name`.csv."""
    response = StreamingHttpResponse(csv_lines(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def xlsx_response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """To be kept as `name`.xlsx."""
    response = HttpResponse(xlsx(sheets), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def csv_lines(lines: Iterable[Line]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    return chain([BOM], (writer.writerow([harmless(value) for value in line]) for line in lines))


def xlsx(sheets: Iterable[Sheet]) -> bytes:
    from openpyxl import Workbook  # a tenth of a second, and only who wants this file needs it

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Any, wanted: Sheet) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(wanted.title[:LONGEST_TITLE])
    sheet.freeze_panes = wanted.frozen
    sheet.sheet_view.rightToLeft = get_language_bidi()
    for n in range(MOST_COLUMNS):
        width = wanted.widths[min(n, len(wanted.widths) - 1)]
        sheet.column_dimensions[get_column_letter(n + 1)].width = width
    for number, line in enumerate(wanted.lines):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with "=" is a name
            elif isinstance(value, time):
                cell.number_format = "hh:mm"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=wanted.frozen is not None and number == 0)
            cells.append(cell)
        sheet.append(cells)
