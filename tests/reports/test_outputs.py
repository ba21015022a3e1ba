"""Screen, CSV, XLSX and PDF say the same, cell by cell."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pypdf import PdfReader

from courses import spreadsheets
from papers import rendering
from people.models import Organisation
from reports import files, papers, tables
from reports.charts import charts
from reports.enums import By, Unit
from reports.figures import FIGURES
from reports.periods import Period, read_month
from reports.questions import HIDDEN, Answer, Cell, Column, Question, Row, ask
from reports.tiles import side_by_side, tiles
from tests.factories.people import OrganisationFactory
from tests.reports.conftest import NOW

AUTUMN = Period(read_month("2026-09"), read_month("2026-11"))


class Cells(HTMLParser):
    """The rows of all tables of a page, as texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.is_in_cell = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.is_in_cell = False

    def handle_data(self, data):
        if self.is_in_cell:
            self.tables[-1][-1][-1] += data


def joined(html: str, organisations: int) -> list[list[str]]:
    """The tables of the subjects side by side, as one; without their heads."""
    first = 1 if organisations == 1 else 2
    lines: list[list[str]] = []
    for number, table in enumerate(Cells(html).tables):
        body = [[" ".join(text.split()) for text in row] for row in table[1:]]
        if number == 0:
            lines = [[] for _ in body]
        for line, row in zip(lines, body, strict=True):
            line += row if number == 0 else row[first:]
    return lines


def on_screen(answer: Answer) -> list[list[str]]:
    html = "".join(
        render_to_string(
            "reports/table.html",
            {"answer": answer, "part": part, "first_column": tables.first_column(answer)},
        )
        for part in tables.parts(answer)
    )
    return joined(html, len(answer.totals))


def on_paper(answer: Answer) -> list[list[str]]:
    return joined(rendering.html_of(papers.paper_of(answer, "en", figure="")), len(answer.totals))


def in_csv(answer: Answer) -> list[list[str]]:
    text = "".join(spreadsheets.csv_lines(files.lines_of(answer)))
    assert text.startswith("\ufeff")
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))
    return lines[1 : lines.index([])]


def in_xlsx(answer: Answer) -> list[list]:
    sheet = load_workbook(BytesIO(spreadsheets.xlsx(files.sheets_of(answer)))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def same_everywhere(answer: Answer) -> None:
    lines = list(tables.lines(answer))
    skipped = 1 if len(answer.totals) == 1 else 0
    texts = [[str(value) for value in line] for line in lines]
    read = [[value if isinstance(value, str) else f"{value:,}" for value in line[skipped:]] for line in lines]

    assert on_screen(answer) == read
    assert on_paper(answer) == read
    assert in_csv(answer) == [[spreadsheets.harmless(v) for v in line[:2]] + line[2:] for line in texts]
    assert [[typed(value) for value in line] for line in in_xlsx(answer)] == [
        [typed(value) for value in line] for line in lines
    ]


def typed(value):
    return ("number", float(value)) if isinstance(value, int | float | Decimal) else ("text", value)


names = st.text(min_size=1, max_size=12).map(spreadsheets.plain).filter(bool) | st.sampled_from(
    ["=1+1", "+32 9", "-5", "@home", "=cmd|'/c calc'!A0", 'Say "hi", then', "<b>&amp;", "دری / فارسی"]
)


@st.composite
def answers(draw):
    organisations = [Organisation(pk=n, name=draw(names)) for n in range(draw(st.integers(1, 2)))]
    figures = draw(
        st.lists(st.sampled_from(FIGURES), min_size=1, unique_by=lambda figure: figure.id).map(in_order)
    )

    def row(organisation, label):
        return Row(organisation, label, [draw(cells(figure)) for figure in figures])

    rows = [row(draw(st.sampled_from(organisations)), draw(names)) for _ in range(draw(st.integers(0, 3)))]
    return Answer(
        question=Question(organisations, AUTUMN, By.COHORT),
        as_of=NOW,
        columns=[Column(figure) for figure in figures],
        rows=rows,
        totals=[row(one, str(one)) for one in organisations],
        before=[row(one, str(one)) for one in organisations],
        trend=lambda organisation, figure: [],
        left_out=[],
    )


def in_order(figures):
    return [figure for figure in FIGURES if figure in figures]


def cells(figure):
    decimals = figure.over or figure.unit == Unit.HOURS
    numbers = st.decimals(0, 99_999, places=1) if decimals else st.integers(0, 9_999_999)
    return st.just(HIDDEN) | (st.none() | numbers if figure.over else numbers).map(Cell)


@settings(max_examples=60, deadline=None)
@given(answers())
def test_four_outputs_show_the_same_cells(answer):
    same_everywhere(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("by", By)
def test_four_outputs_of_a_real_year_show_the_same_cells(year, organisation, by):
    same_everywhere(ask(Question([organisation], AUTUMN, by), now=NOW))


@pytest.mark.django_db
def test_what_is_hidden_is_hidden_in_all_of_them(year, organisation):
    answer = ask(Question([organisation], AUTUMN, By.LANGUAGE), now=NOW)
    place = [column.figure.id for column in answer.columns].index("came")
    expected = {"العربية": 8, "Українська": 5, "ትግርኛ": "hidden", "not said": "hidden", "Together": 19}

    assert {line[1]: line[2 + place] for line in in_xlsx(answer) if line[1] in expected} == expected
    assert {line[0]: line[1 + place] for line in on_screen(answer) if line[0] in expected} == {
        name: str(value) for name, value in expected.items()
    }
    assert on_paper(answer) == on_screen(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("figure", ["came", "rate", "attended"])
def test_the_picture_is_on_the_screen_and_on_paper_and_shows_the_months(year, organisation, figure):
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    [chart] = charts(answer, figure)
    place = [column.figure.id for column in answer.columns].index(figure)
    rows = ask(Question([organisation], AUTUMN, By.MONTH), now=NOW).rows
    months = [[row.label, str(tables.written(row.cells[place]))] for row in rows]
    paper = rendering.html_of(papers.paper_of(answer, "en", figure=figure))

    assert chart.says in paper
    for html in (render_to_string("reports/chart.html", {"chart": chart}), paper):
        head, *body = Cells(html).tables[0]
        assert head[0] == "Month"
        assert [[" ".join(text.split()) for text in row] for row in body] == months


@pytest.mark.django_db
def test_several_organisations_stand_side_by_side(year, organisation):
    """The same cells as in the rows of the totals."""
    answer = ask(Question([organisation, OrganisationFactory(name="Alter")], AUTUMN), now=NOW)

    beside = side_by_side(tiles(answer))

    assert [[tile.cell for tile in line] for _subject, lines in beside for line in lines] == [
        list(cells) for cells in zip(*[row.cells for row in answer.totals], strict=True)
    ]


@pytest.mark.django_db
def test_the_paper_is_tagged_and_has_the_cells(year, organisation):
    answer = ask(Question([organisation], AUTUMN, By.COHORT), now=NOW)
    pdf = PdfReader(BytesIO(rendering.render(papers.paper_of(answer, "en", figure="")).content))
    words = "\n".join(page.extract_text() for page in pdf.pages).split()

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title == "Report: September 2026 – November 2026"
    assert f"1/{len(pdf.pages)}" in "".join(words)
    for line in tables.lines(answer):
        assert [str(value) for value in line[2:] if str(value) not in words] == []


def test_a_spreadsheet_computes_nothing_that_was_typed():
    dangerous = ["=1", "+1", "-1", "@x", "\t=1", "\r=1"]

    assert [spreadsheets.harmless(text) for text in dangerous] == [f"'{text}" for text in dangerous]
    assert [spreadsheets.harmless(value) for value in ("a=1", 5, -5)] == ["a=1", 5, -5]


@pytest.mark.django_db
def test_the_xlsx_has_a_frozen_head_and_numbers_that_are_numbers(year, organisation):
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    sheet = load_workbook(BytesIO(spreadsheets.xlsx(files.sheets_of(answer)))).worksheets[0]

    assert sheet.freeze_panes == "C2"
    assert not sheet.sheet_view.rightToLeft
    assert {cell.data_type: cell.value for cell in sheet[2][2:] if cell.data_type != "n"} == {"s": "hidden"}
    last = get_column_letter(sheet.max_column)
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions[last].width) == (28, 16)


@pytest.mark.django_db
def test_the_xlsx_runs_from_right_to_left_where_its_language_does(year, organisation):
    from django.utils import translation

    with translation.override("ar"):
        content = spreadsheets.xlsx(files.sheets_of(ask(Question([organisation], AUTUMN), now=NOW)))

    assert load_workbook(BytesIO(content)).worksheets[0].sheet_view.rightToLeft


@pytest.mark.django_db
def test_the_picture_says_in_words_what_it_shows(year, organisation):
    [chart] = charts(ask(Question([organisation], AUTUMN), now=NOW), "modules")

    assert [bar.named.cell.value for bar in chart.bars] == [0, 7, 7]
    assert chart.says == "Modules completed: most in October 2026 (7), fewest in September 2026 (0)."


@pytest.mark.django_db
def test_the_picture_of_a_share_says_per_cent_and_knows_months_without(year, organisation):
    [chart] = charts(ask(Question([organisation], AUTUMN), now=NOW), "cancelled_share")

    assert [bar.named.cell.value for bar in chart.bars] == [0, 50, 0]
    assert (
        chart.says
        == "Share called off: highest in October 2026 (50.0\u00a0%), lowest in November 2026 (0.0\u00a0%)."
    )
    assert "None" not in render_to_string("reports/chart.html", {"chart": chart})


@pytest.mark.django_db
def test_nothing_to_divide_by_is_a_dash_in_all_of_them(organisation):
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    place = 2 + [column.figure.id for column in answer.columns].index("rate")

    assert [line[place] for line in (in_csv(answer)[0], in_xlsx(answer)[0])] == ["–", "–"]
    assert on_screen(answer)[0][place - 1] == on_paper(answer)[0][place - 1] == "–"
    [chart] = charts(answer, "rate")
    assert chart.says == "Attendance rate: nothing to show."
    assert "None" not in render_to_string("reports/chart.html", {"chart": chart})


def test_notes_say_when_and_about_what():
    answer = Answer(
        Question([], AUTUMN),
        datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
        [],
        [],
        [],
        [],
        lambda organisation, figure: [],
        [],
    )

    assert dict(tables.notes(answer))["As of"].startswith("21 Nov")
