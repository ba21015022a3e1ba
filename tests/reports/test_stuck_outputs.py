"""Screen, CSV, XLSX and PDF say the same, and all of them together give nothing back that is hidden."""

import csv
from io import BytesIO, StringIO
from math import inf

from django.template.loader import render_to_string
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses import spreadsheets
from courses.models import Lesson, Module, Step
from courses.reading import StepText
from courses.spreadsheets import Sheet
from papers import rendering
from reports.stuck import papers, tables, wording
from reports.stuck.comparing import remarks
from reports.stuck.counts import Scope, Tried
from reports.stuck.efforts import effort
from reports.stuck.funnels import funnel, languages, of_one_module, part_of
from reports.stuck.page import page_context
from reports.stuck.questions import Answer, Finding, LessonLine, Question, StepLine
from reports.stuck.spreads import Part
from tests.reports.conftest import NOW
from tests.reports.test_outputs import Cells

STEPS = 3
BARS = 4  # further ones are empty in these tests
LANGUAGES = ("ar", "uk", "ti")
EVERYBODY = "everybody"


PLACES = [None, *(10 + n for n in range(1, STEPS + 1))]


def funnel_of_world(stopped):
    """`stopped` {language: [stopped at step 1, …, finished]}."""
    return funnel(
        PLACES[1:], {code: dict(zip(PLACES, people, strict=True)) for code, people in stopped.items()}
    )


def answer_of(stopped, bars, at_once, found=None):
    """`bars` {(language, step): people by time}; `found` is the funnel, where it is not that of a lesson alone."""
    found = found or funnel_of_world(stopped)
    lesson = Lesson(pk=5, number="1.1", title="Start", slug="start")
    rows = [Step(pk=pk, lesson_id=5, title=f"Do {n}") for n, pk in enumerate(PLACES[1:], 1)]
    steps = [
        StepLine(n, row, StepText(str(n), "instruction", row.title), "en") for n, row in enumerate(rows, 1)
    ]
    efforts = {
        n: effort(n, found, {code: Tried((*bars[code, n], 0, 0), at_once[code, n]) for code in stopped})
        for n in range(1, STEPS + 1)
    }
    finding = Finding(Scope(), LessonLine(lesson, "Start", rows), found, efforts, {}, remarks(found, efforts))
    question = Question([Scope()], Module(pk=1, number="1", slug="m"), lesson)
    return Answer(question, "1 Module", NOW, [], [finding], steps, {"en": 7})


def module_answer_of(funnels):
    lines = [LessonLine(Lesson(pk=n, number=str(n)), "", []) for n in range(len(funnels))]
    findings = [Finding(Scope(), line, one) for line, one in zip(lines, funnels, strict=True)]
    return Answer(Question([Scope()], Module(pk=1, number="1", slug="m")), "1 Module", NOW, [], findings)


@st.composite
def worlds(draw):
    """Everybody takes one step after the other, so that who came through a step is who came that far."""
    stopped, bars, at_once = {}, {}, {}
    for code in LANGUAGES[: draw(st.integers(1, 3))]:
        stopped[code] = draw(st.lists(st.integers(0, 9), min_size=STEPS + 1, max_size=STEPS + 1))
        for step in range(1, STEPS + 1):
            left, bars[code, step] = sum(stopped[code][step:]), []
            for _bar in range(BARS - 1):
                bars[code, step].append(draw(st.integers(0, left)))
                left -= bars[code, step][-1]
            bars[code, step].append(left)
            at_once[code, step] = draw(st.integers(0, sum(bars[code, step])))
    return stopped, bars, at_once


def in_csv(answer):
    """{title of a table: its lines, without the column of the organisation}."""
    text = "".join(spreadsheets.csv_lines(tables.lines(answer))).removeprefix("\ufeff")
    found, title = {}, ""
    for line in csv.reader(StringIO(text, newline="")):
        if not line:
            title = ""
        elif not title and len(line) == 1:
            title = line[0]
            found[title] = []
        elif title:
            found[title].append(line[1:])
    return {title: lines[1:] for title, lines in found.items()}


def in_xlsx(answer):
    book = spreadsheets.xlsx(
        Sheet(title, [head, *lines], (20,), "C2") for title, head, lines in tables.merged(answer)
    )
    return {
        sheet.title: [
            ["" if cell.value is None else str(cell.value) for cell in row[1:]]
            for row in sheet.iter_rows(min_row=2)
        ]
        for sheet in load_workbook(BytesIO(book)).worksheets
    }


def texts(html):
    """Without the ways to each step."""
    [table] = Cells(html).tables
    width = len([name for name in table[0] if name != "Go there"])
    return [[" ".join(text.split()) for text in row[:width]] for row in table[1:]]


def on_screen(answer):
    [section] = page_context(answer, edits=True, language="en")["sections"]
    return {
        shown.table.title: texts(render_to_string("reports/stuck/table_scroll.html", {"shown": shown}))
        for shown in section.tables
    }


def on_paper(answer):
    html = rendering.html_of(papers.paper_of(answer, "en"))
    shown = [table for _scope, its in tables.shown_parts(answer) for table in its]
    funnel, *its_tables = Cells(html).tables
    assert [row[0] for row in funnel[1:]] == [bar.named.label for bar in funnel_of(answer).bars]
    return {
        one.title: [
            [" ".join(text.split()) for text in row]
            # On paper that of languages lies on its side.
            for row in (list(zip(*table, strict=True)) if one.id == "languages" else table)[1:]
        ]
        for one, table in zip(shown, its_tables, strict=True)
    }


def funnel_of(answer):
    [section] = page_context(answer, edits=True, language="en")["sections"]
    return section.funnel


def read_aloud(wanted):
    """Thousands apart."""
    return {
        title: [[f"{int(cell):,}" if cell.isdecimal() else cell for cell in line] for line in lines]
        for title, lines in wanted.items()
    }


@settings(max_examples=25, deadline=None)
@given(worlds())
def test_four_outputs_show_the_same_cells(world):
    answer = answer_of(*world)
    wanted = in_csv(answer)

    assert in_xlsx(answer) == wanted
    assert on_paper(answer) == read_aloud(wanted)
    assert on_screen(answer) == {
        title: lines for title, lines in read_aloud(wanted).items() if title != "What stands out"
    }


# What somebody knows who reads everything ───────────────────────────────────

PRIME = (1 << 61) - 1
BAR_NAMES = {
    wording.time_name(Part(start, end, None)): (start, end)
    for start in range(6)
    for end in range(start + 1, 7)
}
NAMES = {wording.language_name(code): code for code in languages({})}
LIMITS = {wording.duration(seconds): bar for bar, seconds in enumerate(wording.BOUNDS) if bar}


class Unknowns:
    """The numbers behind an answer, each a column of an equation."""

    def __init__(self, world, languages):
        """`languages` are those with a line of their own; who has none has nobody."""
        stopped, bars, at_once = world
        self.codes = list(dict.fromkeys([*stopped, *languages]))
        steps = [(code, step) for code in self.codes for step in range(1, STEPS + 1)]
        self.stopped = {code: stopped.get(code, [0] * (STEPS + 1)) for code in self.codes}
        self.bars = {place: bars.get(place, [0] * BARS) for place in steps}
        self.at_once = {place: at_once.get(place, 0) for place in steps}
        names = [("stopped", code, place) for code in self.codes for place in range(STEPS + 1)]
        for code, step in self.bars:
            names += [("bar", code, step, bar) for bar in range(BARS)] + [("at once", code, step)]
        self.columns = {name: n for n, name in enumerate(names)}

    def who(self, code):
        return self.codes if code == EVERYBODY else [code]

    def equation(self, names):
        row = [0] * len(self.columns)
        for name in names:
            row[self.columns[name]] += 1
        return row

    def stops(self, code, start, end):
        return self.equation(("stopped", one, place) for one in self.who(code) for place in range(start, end))

    def times(self, code, step, start, end):
        bars = range(start, min(end, BARS))
        return self.equation(("bar", one, step, bar) for one in self.who(code) for bar in bars)

    def firsts(self, code, step):
        return self.equation(("at once", one, step) for one in self.who(code))

    def one_step_after_the_other(self):
        for code, step in self.bars:
            came, through = self.stops(code, step, STEPS + 1), self.times(code, step, 0, BARS)
            yield [one - other for one, other in zip(came, through, strict=True)]

    def value(self, row):
        return sum(times * self._value(name) for name, times in zip(self.columns, row, strict=True))

    def _value(self, name):
        kind, code, place, *bar = name
        if kind == "stopped":
            return self.stopped[code][place]
        return self.bars[code, place][bar[0]] if bar else self.at_once[code, place]


def known(unknowns, shown):
    """What the tables say, as equations; each is checked to be true."""

    def told(row, cell):
        if cell in ("hidden", ""):
            return
        assert unknowns.value(row) == int(cell)
        yield row

    codes = NAMES | {"All languages": EVERYBODY}
    for steps, _title, came, stopped in shown["How far people come"]:
        if steps == "end":
            yield from told(unknowns.stops(EVERYBODY, STEPS, STEPS + 1), came)
            continue
        first, last = int(steps.split("–")[0]), int(steps.split("–")[-1])
        yield from told(unknowns.stops(EVERYBODY, first - 1, STEPS + 1), came)
        yield from told(unknowns.stops(EVERYBODY, first - 1, last), stopped)
    for name, *cells in shown["By language of the learner"]:
        for place, cell in enumerate(cells):
            yield from told(unknowns.stops(codes[name], place, STEPS + 1), cell)
    for step, _title, time, people in shown.get("How long a step takes", ()):
        yield from told(unknowns.times(EVERYBODY, int(step), *BAR_NAMES[time]), people)
    for step, name, limit, through, firsts, slow in shown.get("First tries and long times", ()):
        code = codes[name]
        yield from told(unknowns.times(code, int(step), 0, BARS), through)
        yield from told(unknowns.firsts(code, int(step)), firsts)
        if limit:
            yield from told(unknowns.times(code, int(step), LIMITS[limit], BARS), slow)


def few(unknowns):
    """Every number of people from one to four that should stay hidden."""
    for code in (*unknowns.codes, EVERYBODY):
        for start in range(STEPS + 1):
            for end in range(start + 1, STEPS + 2):
                yield ("stopped", code, start, end), unknowns.stops(code, start, end)
        for step in range(1, STEPS + 1):
            for start in range(BARS):
                for end in range(start + 1, BARS + 1):
                    yield ("bars", code, step, start, end), unknowns.times(code, step, start, end)
            through, firsts = unknowns.times(code, step, 0, BARS), unknowns.firsts(code, step)
            yield ("at once", code, step), firsts
            yield ("later", code, step), [a - b for a, b in zip(through, firsts, strict=True)]


class Solved:
    """Equations, so far solved that one more is seen to follow from them or not."""

    def __init__(self, rows):
        self._rows = {}
        for row in rows:
            left = self._left_of(row)
            pivot = next((n for n, times in enumerate(left) if times), None)
            if pivot is not None:
                inverse = pow(left[pivot], -1, PRIME)
                self._rows[pivot] = [times * inverse % PRIME for times in left]

    def _left_of(self, row):
        row = [times % PRIME for times in row]
        for n in range(len(row)):
            if row[n] and n in self._rows:
                times, known = row[n], self._rows[n]
                row = [(one - times * other) % PRIME for one, other in zip(row, known, strict=True)]
        return row

    def follows(self, row):
        return not any(self._left_of(row))


def given_back(world):
    outputs = [read(answer_of(*world)) for read in (in_csv, in_xlsx, on_paper)]
    lines = outputs[0]["By language of the learner"][:-1]
    unknowns = Unknowns(world, [NAMES[name] for name, *_cells in lines])
    rows = [row for shown in outputs for row in known(unknowns, shown)]
    solved = Solved([*rows, *unknowns.one_step_after_the_other()])
    return [
        (name, unknowns.value(row))
        for name, row in few(unknowns)
        if 0 < unknowns.value(row) < 5 and solved.follows(row)
    ]


def quick(stopped):
    """A world in which nobody needs long, and everybody one try."""
    through = {(code, n): sum(people[n:]) for code, people in stopped.items() for n in range(1, STEPS + 1)}
    return stopped, {place: [people, 0, 0, 0] for place, people in through.items()}, dict(through)


@settings(max_examples=60, deadline=None)
@given(worlds())
@example(quick({"ar": [0, 3, 4, 20]}))
@example(quick({"ar": [5, 5, 5, 20], "uk": [5, 5, 5, 9], "ti": [0, 0, 0, 3]}))
@example(quick({"ar": [0, 0, 3, 30], "uk": [0, 0, 5, 20], "ti": [9, 0, 2, 6]}))
def test_no_hidden_number_follows_from_all_outputs_together(world):
    assert given_back(world) == []


def test_the_attack_finds_what_is_not_hidden(monkeypatch):
    """It is no proof while it could not succeed."""
    monkeypatch.setattr("reports.stuck.efforts.is_apart", lambda number, others=(): True)

    assert given_back(quick({"ar": [0, 0, 3, 20]})) != []


# What somebody knows who reads the report too ────────────────────────────────


class Side:
    """One lesson's columns among those of all lessons of a module."""

    def __init__(self, unknowns, before, all_columns):
        self._unknowns, self._before, self._all = unknowns, before, all_columns

    def row(self, row):
        after = self._all - self._before - len(row)
        return [*[0] * self._before, *row, *[0] * after]

    @property
    def finished(self):
        return self.row(self._unknowns.stops(EVERYBODY, STEPS, STEPS + 1))


def given_back_with_the_report(worlds):
    """From the pages of all lessons of a module, that of the module, and the report by module for any period: how
    often its lessons were finished. A report that tells of fewer than five, or of one lesson alone, needs no pages."""
    funnels = of_one_module([funnel_of_world(stopped) for stopped, _bars, _at_once in worlds])
    outputs = [in_csv(answer_of(*world, found)) for world, found in zip(worlds, funnels, strict=True)]
    lessons = in_csv(module_answer_of(funnels))["Lessons"]
    pages = [
        Unknowns(world, [NAMES[name] for name, *_cells in shown["By language of the learner"][:-1]])
        for world, shown in zip(worlds, outputs, strict=True)
    ]
    width, before, rows, secrets = sum(len(one.columns) for one in pages), 0, [], []
    report = [0] * width
    for unknowns, shown, line in zip(pages, outputs, lessons, strict=True):
        side = Side(unknowns, before, width)
        before += len(unknowns.columns)
        told = [*known(unknowns, shown), *in_lessons(unknowns, line), *unknowns.one_step_after_the_other()]
        rows += [side.row(row) for row in told]
        secrets += [(name, unknowns.value(row), side.row(row)) for name, row in few(unknowns)]
        report = [one + other for one, other in zip(report, side.finished, strict=True)]
    finished = [sum(people[-1] for people in stopped.values()) for stopped, _bars, _at_once in worlds]
    tells = sum(finished) >= 5 and sum(map(bool, finished)) > 1
    solved = Solved([*rows, *([report] if tells else [])])
    return [(name, value) for name, value, row in secrets if 0 < value < 5 and solved.follows(row)]


def in_lessons(unknowns, line):
    stops = [0, *(part_of(STEPS, quarters) for quarters in (1, 2, 3)), STEPS]
    for stop, cell in zip(stops, line[1:], strict=True):
        row = unknowns.stops(EVERYBODY, stop, STEPS + 1)
        if cell != "hidden":
            assert unknowns.value(row) == int(cell)
            yield row


MODULE = [quick({"ar": [0, 0, 0, people]}) for people in (30, 28, 25)]


@settings(max_examples=30, deadline=None)
@given(st.lists(worlds(), min_size=2, max_size=4))
@example([*MODULE, quick({"ar": [0, 0, 9, 3]})])
@example([*MODULE, quick({"ar": [0, 0, 5, 20], "uk": [0, 0, 0, 7]}), quick({"ar": [0, 0, 3, 24]})])
def test_no_hidden_number_follows_from_all_lessons_and_the_report(worlds):
    assert given_back_with_the_report(worlds) == []


def test_the_attack_with_the_report_finds_what_each_lesson_hides_alone(monkeypatch):
    monkeypatch.setattr("reports.stuck.funnels._Company.companions", lambda company: {})

    found = given_back_with_the_report([*MODULE, quick({"ar": [0, 0, 9, 3]})])

    assert (("stopped", "ar", STEPS, STEPS + 1), 3) in found


def test_the_attack_with_the_report_finds_what_the_last_step_tells(monkeypatch):
    monkeypatch.setattr("reports.stuck.funnels.Funnel.withholds", lambda funnel, step: False)

    assert given_back_with_the_report([*MODULE, quick({"ar": [0, 0, 9, 3]})]) != []


def told_of_finish(shown):
    """At least and at most how many finished a lesson, as its page says."""
    whole, languages = [], {}

    def take(name, cells):
        known = [int(cell) for cell in cells if cell != "hidden"]
        if name == "All languages":
            whole.extend(known)
        else:
            languages.setdefault(name, []).extend(known)

    take("All languages", [line[2] for line in shown["How far people come"]])
    finishes = {}
    for name, *cells in shown["By language of the learner"]:
        take(name, cells)
        finishes[name] = 0 if cells[-1] == "hidden" else int(cells[-1])
    for _step, name, _limit, through, *_more in shown.get("First tries and long times", ()):
        take(name, [through])
    for step in range(1, STEPS + 1):
        bars = [line[3] for line in shown.get("How long a step takes", ()) if line[0] == str(step)]
        if bars and "hidden" not in bars:
            take("All languages", [sum(map(int, bars))])
    of_all = finishes.pop("All languages")
    most = sum(min(known, default=inf) for known in languages.values())
    return of_all or sum(finishes.values()), min([*whole, most])


def narrowed(worlds):
    """Small numbers of people for which the sum in the report leaves less open than from one to five, though the page
    of their own lesson leaves more: (lesson, what, from, up to)."""
    alone = [funnel_of_world(stopped) for stopped, _bars, _at_once in worlds]
    told = [
        told_of_finish(in_csv(answer_of(*world, found)))
        for world, found in zip(worlds, of_one_module(alone), strict=True)
    ]
    finished = [one.finished for one in alone]
    # How many completed the module; who reads the pages knows which lessons few began.
    least = min(finished) if min(finished) >= 5 else 0
    told = [
        (max(low, least), min(high, 4) if sum(one.total.people) < 5 else high)
        for (low, high), one in zip(told, alone, strict=True)
    ]
    lows, highs = zip(*told, strict=True)
    found = []
    for n, one in enumerate(alone):
        if one.came(STEPS) is not None or not finished[n] or finished[n] == least:
            continue
        low, high = lows[n], highs[n]
        at_least = max(low, sum(finished) - sum(highs) + high)
        at_most = min(high, sum(finished) - sum(lows) + low)
        numbers = {"finished": (finished[n], at_least, at_most, low, high)}
        if (rest := one.total.rest) < inf:
            numbers["stopped"] = (
                rest - finished[n],
                rest - at_most,
                rest - at_least,
                rest - high,
                rest - low,
            )
        found += [
            (n, what, at_least, at_most)
            for what, (people, at_least, at_most, low, high) in numbers.items()
            if 0 < people < 5 and (at_least > max(1, low) or at_most < min(5, high))
        ]
    return found


def test_the_sum_and_what_each_lesson_can_be_at_most_give_nothing_back():
    assert narrowed([quick({"ar": [0, 0, 0, 12]}), quick({"ar": [0, 0, 0, 4]})]) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(worlds(), min_size=1, max_size=2),
    st.sampled_from([[0, 0, 0], [5, 0, 0], [0, 6, 0], [9, 0, 7]]),
    st.integers(20, 24),
    st.integers(30, 40),
)
@example([quick({"ar": [0, 0, 9, 3]})], [0, 0, 0], 20, 30)
@example([quick({"ar": [0, 0, 3, 24]})], [5, 0, 0], 20, 30)
@example([quick({"ar": [0, 0, 0, 4]}), quick({"ar": [0, 0, 0, 4]})], [0, 0, 0], 20, 30)
def test_the_sum_leaves_open_what_is_small(worlds, stopped, fewer, more):
    """Where there are two other lessons that many finished."""
    large = [quick({"ar": [*stopped, fewer], "uk": [0, 0, 0, 7]}), quick({"ar": [*stopped, more]})]

    assert narrowed([*worlds, *large]) == []


def test_the_attack_by_what_each_lesson_can_be_at_most_finds_what_the_sum_gives_back(monkeypatch):
    monkeypatch.setattr("reports.stuck.funnels.Funnel.can_be_more", 9)

    assert narrowed([quick({"ar": [0, 0, 0, 12]}), quick({"ar": [0, 0, 0, 4]})]) == [(1, "finished", 4, 4)]
