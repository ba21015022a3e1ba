"""Who reads everything that is shown cannot compute what is hidden."""

from collections import defaultdict
from fractions import Fraction
from functools import partial
from itertools import combinations, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.suppression import FEWEST, stops_alone, stops_overlapping, stops_together

# A small year of three months; the ends of its months are looked at in this order.
MONTHS = 3
ORDER = (3, 1, 2)
PERIODS = list(combinations(range(MONTHS + 1), 2))
TOTAL = "total"


def line(numbers, start, end):
    return sum(numbers[start:end])


def decide(table, order=ORDER):
    """{group: its stops}, the total's too, of {group: numbers of its months}."""
    lines = {group: partial(line, numbers) for group, numbers in table.items()}
    total = stops_alone(partial(line, [sum(month) for month in zip(*table.values(), strict=True)]), order)
    return {**stops_together(lines, total, order), TOTAL: total}


def shown(table, stops):
    """{(group, period): number} of all that any question about this year would show."""
    with_total = {**table, TOTAL: [sum(month) for month in zip(*table.values(), strict=True)]}
    return {
        (group, period): line(numbers, *period)
        for group, numbers in with_total.items()
        for period in PERIODS
        if set(period) <= stops[group]
    }


def rows_of(groups):
    row = st.lists(st.integers(0, 9), min_size=MONTHS, max_size=MONTHS)
    return st.lists(row, min_size=groups, max_size=groups).map(
        lambda rows: {f"group {n}": row for n, row in enumerate(rows)}
    )


tables = st.integers(1, 4).flatmap(rows_of)
pairs = st.integers(1, 3).flatmap(lambda groups: st.tuples(rows_of(groups), rows_of(groups)))


@settings(max_examples=150, deadline=None)
@given(tables)
def test_no_number_from_one_to_four_is_shown(table):
    numbers = shown(table, decide(table)).values()

    assert [n for n in numbers if 0 < n < FEWEST] == []


@settings(max_examples=150, deadline=None)
@given(tables)
@example({"group 0": [3, 9, 9], "group 1": [9, 9, 9]})
@example({"group 0": [1, 1, 1], "group 1": [1, 1, 1], "group 2": [9, 0, 9]})
def test_no_hidden_number_follows_from_those_that_are_shown(table):
    """Rows, totals, and the same rows over every other period, as linear equations in the months of all groups."""
    known = shown(table, decide(table))
    groups = list(table)
    equations = [[*coefficients(group, period, groups)] for group, period in known]
    hidden = [
        (group, period) for group in (*groups, TOTAL) for period in PERIODS if (group, period) not in known
    ]

    given_back = [
        (group, period, line(table[group], *period))
        for group, period in hidden
        if group != TOTAL
        and 0 < line(table[group], *period) < FEWEST
        and follows(coefficients(group, period, groups), equations)
    ]

    assert given_back == []


@settings(max_examples=150, deadline=None)
@given(pairs)
@example(({"group 0": [9, 9, 9]}, {"group 0": [3, 9, 9]}))
@example(({"group 0": [9, 9, 9], "group 1": [2, 9, 9]}, {"group 0": [1, 7, 1], "group 1": [0, 0, 6]}))
def test_visits_and_visits_expected_together_do_not_give_back_who_was_away(pair):
    """Visits are shown where those who came let them be, visits expected where those who were away do so too.

    Rates are of the two, where both are shown. Nothing here is rounded: who knows more learns no more.
    """
    came, missed = pair
    stops_of = [decide(came), decide(missed)]
    groups, nobody = list(came), [0] * (MONTHS * len(came))
    is_shown = [
        {(group, period) for group in (*groups, TOTAL) for period in PERIODS if set(period) <= stops[group]}
        for stops in stops_of
    ]
    visits = [coefficients(*cell, groups) + nobody for cell in is_shown[0]]
    expected = [coefficients(*cell, groups) * 2 for cell in is_shown[0] & is_shown[1]]

    given_back = [
        (who, group, period)
        for n, who in enumerate(pair)
        for group, period in product(groups, PERIODS)
        if 0 < line(who[group], *period) < FEWEST
        and follows(
            [*nobody] * n + coefficients(group, period, groups) + [*nobody] * (1 - n), visits + expected
        )
    ]

    assert given_back == []


def coefficients(group, period, groups):
    start, end = period
    return [int(group in (one, TOTAL) and start <= month < end) for one in groups for month in range(MONTHS)]


def follows(wanted, equations):
    """Whether it is a sum of multiples of them."""
    return rank(equations) == rank([*equations, wanted])


def rank(rows):
    rows = [[Fraction(n) for n in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for n in range(found + 1, len(rows)):
            if rows[n][column]:
                times = rows[n][column] / rows[found][column]
                rows[n] = [one - times * other for one, other in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


KINDS = "abc"
COMBINATIONS = ["".join(some) for size in range(len(KINDS) + 1) for some in combinations(KINDS, size)]


def decide_overlapping(table):
    """As `decide`, of {combination of kinds: numbers of its months}; the group of none is ""."""
    parts = {one: partial(line, numbers) for one, numbers in table.items()}
    groups = {kind: {one for one in table if kind in one} for kind in KINDS} | {"": {""} & table.keys()}
    total = stops_alone(partial(line, [sum(month) for month in zip(*table.values(), strict=True)]), ORDER)
    return {TOTAL: set(table)} | groups, {TOTAL: total} | stops_overlapping(parts, groups, total, ORDER)


def of_combinations(some, period, table):
    start, end = period
    return [int(one in some and start <= month < end) for one in table for month in range(MONTHS)]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(COMBINATIONS),
        st.lists(st.integers(0, 9), min_size=MONTHS, max_size=MONTHS),
        min_size=1,
        max_size=5,
    )
)
@example({"a": [6, 0, 0], "b": [6, 0, 0], "ab": [3, 0, 0], "": [10, 0, 0]})
@example({"a": [3, 0, 0], "b": [3, 0, 0], "ab": [9, 9, 9]})
@example({"ab": [9, 9, 9], "c": [7, 7, 7], "abc": [5, 5, 0], "": [6, 6, 0]})
def test_no_small_number_of_any_combinations_follows_from_groups_that_overlap(table):
    groups, stops = decide_overlapping(table)
    known = [
        of_combinations(its, period, table)
        for group, its in groups.items()
        for period in PERIODS
        if set(period) <= stops[group]
    ]

    given_back = [
        (some, period)
        for size in range(1, len(table) + 1)
        for some in combinations(table, size)
        for period in PERIODS
        if 0 < sum(line(table[one], *period) for one in some) < FEWEST
        and follows(of_combinations(some, period, table), known)
    ]

    assert given_back == []


def test_groups_that_overlap_by_nobody_or_many_are_all_shown():
    table = {"a": [9, 9, 9], "ab": [5, 6, 7], "": [8, 8, 8]}

    _groups, stops = decide_overlapping(table)

    assert stops == {group: {0, 1, 2, 3} for group in (TOTAL, *KINDS, "")}


def test_of_groups_that_overlap_by_few_the_one_with_fewer_people_is_hidden():
    _groups, stops = decide_overlapping({"a": [6, 0, 0], "b": [7, 0, 0], "ab": [3, 0, 0], "": [11, 0, 0]})

    assert (stops["b"], stops[""], stops["a"]) == ({0, 1, 2, 3}, {0, 1, 2, 3}, {0})


def test_of_two_groups_and_two_months_no_small_number_follows_even_from_our_rule():
    """Every such table up to 8 people a cell, among all tables that would show the same and hide the same."""
    periods, alike = [(0, 1), (1, 2), (0, 2)], defaultdict(list)
    for numbers in product(range(8 + FEWEST), repeat=4):
        table = {"a": numbers[:2], "b": numbers[2:]}
        stops = decide(table, (2, 1))
        known = {key: n for key, n in shown(table, stops).items() if key[1] in periods}
        seen = (
            tuple(sorted(known.items())),
            tuple((group, *sorted(at)) for group, at in sorted(stops.items())),
        )
        alike[seen].append(table)

    given_back = [
        (tables[0], group, period)
        for tables in alike.values()
        for group, period in product("ab", periods)
        if len(could_be := {line(table[group], *period) for table in tables}) == 1
        and 0 < min(could_be) < FEWEST
        and max(map(max, tables[0].values())) <= 8
    ]

    assert len(alike) > 1000
    assert given_back == []


def test_large_numbers_are_all_shown():
    table = {"a": [5, 9, 7], "b": [6, 0, 8]}

    assert decide(table) == {group: {0, 1, 2, 3} for group in ("a", "b", TOTAL)}


def test_a_small_group_takes_a_second_one_with_it():
    table = {"a": [2, 2, 2], "b": [7, 7, 7], "c": [9, 9, 9]}

    stops = decide(table)

    assert stops == {"a": {0, 3}, "b": {0, 3}, "c": {0, 1, 2, 3}, TOTAL: {0, 1, 2, 3}}


def test_a_small_month_takes_its_neighbour_with_it():
    stops = stops_alone(partial(line, [9, 0, 3, 8, 9, 9, 9, 9, 9, 9, 9, 9]))

    assert set(range(13)) - stops == {1, 2}
