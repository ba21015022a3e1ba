"""Somebody takes everything that a table and its totals show, and asks what a hidden number can be."""

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from funding.counting import Counts
from funding.questions import EDUCATION, GENDER, NOT_ASKED, QUESTIONS
from reports.crossing import shown_cells
from reports.funding import GENDERS, _rows

EVERYBODY = "everybody"


class Attacker:
    """All that is shown of gender, education and the two together, as a network: people flow from their gender to
    their education. `could_be` says whether every known number can be met when one cell is this number."""

    def __init__(self, counts: Counts) -> None:
        rows = list(_rows(counts))
        self.people = counts.people
        self.of_gender = {row.answer: row.everybody.value for row in rows if row.question is GENDER}
        self.of_education = {row.answer: row.everybody.value for row in rows if row.question is EDUCATION}
        self.cells = {
            (gender, row.answer): cell.value
            for row in rows
            if row.question is EDUCATION
            for gender, cell in zip(GENDERS, row.by_gender, strict=False)
        }
        # Who is silent is so in both, by what the words mean.
        for gender in GENDERS:
            self.cells[gender, NOT_ASKED] = 0
        for answer in EDUCATION.answers:
            self.cells[NOT_ASKED, answer] = 0
        self.cells[NOT_ASKED, NOT_ASKED] = self.of_gender[NOT_ASKED]

    def could_be(self, place: tuple[str, str], number: int) -> bool:
        known = {**self.cells, place: number}
        room: dict = defaultdict(int)
        self._sums(room, "from", self.of_gender, lambda gender: ("gender", gender), outward=True)
        self._sums(room, "to", self.of_education, lambda answer: ("education", answer), outward=False)
        must = self.people
        for (gender, answer), n in known.items():
            way = (("gender", gender), ("education", answer))
            if n is None:
                room[way] = self.people
                continue
            # What is known has flowed already, the way there and on.
            path = [*self._in[gender], *self._out[answer]]
            for step in path:
                room[step] -= n
                if room[step] < 0:
                    return False
            must -= n
        return greatest_flow(room, "from", "to") >= must

    def _sums(self, room, end, totals, node, *, outward):
        pool = f"{end} hidden"
        rest = self.people - sum(n for n in totals.values() if n is not None)
        ways = {}
        for name, n in totals.items():
            steps = [(end, node(name))] if n is not None else [(end, pool), (pool, node(name))]
            if not outward:
                steps = [(b, a) for a, b in steps]
            ways[name] = steps
            for step in steps:
                room[step] = n if n is not None else rest
        setattr(self, "_in" if outward else "_out", ways)


def greatest_flow(room, source, sink) -> int:
    room, total = defaultdict(int, room), 0
    while True:
        before, waiting = {source: None}, [source]
        for node in waiting:
            for a, b in list(room):
                if a == node and room[a, b] > 0 and b not in before:
                    before[b] = a
                    waiting.append(b)
        if sink not in before:
            return total
        path, node = [], sink
        while before[node] is not None:
            path.append((before[node], node))
            node = before[node]
        push = min(room[step] for step in path)
        for a, b in path:
            room[a, b] -= push
            room[b, a] += push
        total += push


def counts_of(cells: dict[tuple[str, str], int]) -> Counts:
    people = sum(cells.values())
    genders = Counter()
    for (gender, _answer), n in cells.items():
        genders[gender, gender] += n
    silent = {question.id: Counter({("", ""): people}) for question in QUESTIONS}
    return Counts(people, {**silent, "gender": genders, "education": Counter(cells)})


PLACES = [(gender, answer) for gender in GENDERS for answer in EDUCATION.answers if answer != NOT_ASKED]
few = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30])


@settings(max_examples=250, deadline=None)
@given(st.lists(few, min_size=len(PLACES), max_size=len(PLACES)), few)
def test_no_small_number_can_be_computed(numbers, silent):
    truth = {**dict(zip(PLACES, numbers, strict=True)), (NOT_ASKED, NOT_ASKED): silent}
    attacker = Attacker(counts_of(truth))
    shows_some = any(n for place, n in attacker.cells.items() if NOT_ASKED not in place)

    for place, n in attacker.cells.items():
        assert n is None or n == 0 or n >= 5, place
        assert n in (None, truth.get(place, 0)), place
        if n is None and 0 < truth.get(place, 0) < 5 and attacker.people >= 5:
            assert attacker.could_be(place, truth[place]), "the truth itself is ruled out"
            assert attacker.could_be(place, 5), place
            if shows_some:
                assert attacker.could_be(place, 1), place


def test_the_attacker_finds_what_is_not_hidden_well():
    """Woman and man of one school are hidden, and nothing else: one subtraction each gives them back."""
    attacker = Attacker(
        counts_of({("woman", "isced-0-2"): 20, ("man", "isced-0-2"): 20, ("woman", "isced-3-4"): 20})
    )
    attacker.cells["man", "isced-0-2"] = None

    assert attacker.could_be(("man", "isced-0-2"), 20)
    assert not attacker.could_be(("man", "isced-0-2"), 5)


def test_one_small_number_takes_three_others_with_it():
    cells = {
        ("woman", "a"): 3, ("woman", "b"): 20, ("woman", "c"): 8,
        ("man", "a"): 9, ("man", "b"): 30, ("man", "c"): 7,
    }  # fmt: skip
    rows, columns = dict.fromkeys(["woman", "man"], True), dict.fromkeys("abc", True)

    assert shown_cells(cells, rows, columns) == {("woman", "b"), ("man", "b")}


def test_where_nobody_is_small_everything_is_shown():
    cells = {("woman", "a"): 5, ("man", "b"): 7}
    rows, columns = dict.fromkeys(["woman", "man"], True), dict.fromkeys("ab", True)

    assert len(shown_cells(cells, rows, columns)) == 4


def test_a_group_whose_total_is_hidden_is_hidden_everywhere():
    cells = {("woman", "a"): 20, ("man", "a"): 20, ("non-binary", "a"): 3, ("not-said", "a"): 9}
    rows = {"woman": True, "man": True, "non-binary": False, "not-said": False}

    assert shown_cells(cells, rows, {"a": True}) == {("woman", "a"), ("man", "a")}
