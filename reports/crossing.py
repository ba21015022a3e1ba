"""Which cells of a table by two things may be shown, when its totals are shown elsewhere (docs/decisions/the-funder-sheet.md).

Whoever has the totals computes from what is shown how many are in the hidden cells of each row and each column. What a
hidden cell can then be lies between two bounds, which are found exactly, as flows: people may change places in circles
of hidden cells as long as nobody is missing. A small number must stay possible to be one, and five or more; while it
is not, the corners of another rectangle around it are hidden too, those with the fewest people.
"""

from collections.abc import Collection, Mapping
from itertools import product

from reports.suppression import FEWEST

Place = tuple[str, str]
Grid = Mapping[Place, int]
# The rows, or columns, whose totals are hidden: of them only the sum is known. No name of a group.
THE_HIDDEN = "*"


def shown_cells(cells: Grid, rows: Mapping[str, bool], columns: Mapping[str, bool]) -> set[Place]:
    """Of all rows and columns; each says whether its total is shown."""
    grid = _merged(cells, rows, columns)
    hidden = _hidden(grid)
    # Where a total says that nobody is, all is known.
    filled_rows = {row for (row, _column), n in grid.items() if n}
    filled_columns = {column for (_row, column), n in grid.items() if n}
    return {
        (row, column)
        for (row, row_is_shown), (column, column_is_shown) in product(rows.items(), columns.items())
        if (row_is_shown and row not in filled_rows)
        or (column_is_shown and column not in filled_columns)
        or (row_is_shown and column_is_shown and (row, column) not in hidden)
    }


def _merged(cells: Grid, rows: Mapping[str, bool], columns: Mapping[str, bool]) -> dict[Place, int]:
    """What somebody knows who adds and subtracts: groups whose total is hidden are one."""
    found: dict[Place, int] = {}
    for (row, row_is_shown), (column, column_is_shown) in product(rows.items(), columns.items()):
        place = (row if row_is_shown else THE_HIDDEN, column if column_is_shown else THE_HIDDEN)
        found[place] = found.get(place, 0) + cells.get((row, column), 0)
    return found


def _hidden(grid: Grid) -> set[Place]:
    small = sorted((n, place) for place, n in grid.items() if 0 < n < FEWEST)
    hidden = {place for _n, place in small}
    for _n, place in small:
        while not _is_safe(grid, hidden, place):
            corners = _next_corners(grid, hidden, place)
            if not corners:
                return set(grid)
            hidden |= corners
    return hidden


def _next_corners(grid: Grid, hidden: Collection[Place], place: Place) -> set[Place]:
    """Of the rectangles around this cell the one that hides the fewest people more; first those with somebody in its
    row and in its column, who could be here instead. Empty when all is hidden."""
    row, column = place
    found = []
    for other_row, other_column in grid:
        if other_row == row or other_column == column:
            continue
        corners = {(row, other_column), (other_row, column), (other_row, other_column)}
        more = corners - set(hidden)
        is_useful = grid[row, other_column] > 0 and grid[other_row, column] > 0
        if more:
            found.append((not is_useful, sum(grid[one] for one in more), len(more), sorted(more)))
    return set(min(found)[3]) if found else set()


def _is_safe(grid: Grid, hidden: Collection[Place], place: Place) -> bool:
    most = grid[place] + _flow(grid, hidden, place, FEWEST - grid[place])
    least = grid[place] - _flow(grid, hidden, place, grid[place] - 1, comes_in=False)
    return most >= FEWEST and least <= 1


def _flow(grid: Grid, hidden: Collection[Place], place: Place, enough: int, *, comes_in: bool = True) -> int:
    """How many people more (or fewer) this cell could hold, looking no further than `enough`.

    A circle through the cell takes people from one cell and adds as many to the next; one step of it goes from a row
    to a column or back, and each second one takes.
    """
    taken = dict.fromkeys(hidden, 0)
    found = 0
    while found < enough and (path := _path(grid, taken, place, comes_in)):
        for cell, takes in path:
            taken[cell] += 1 if takes else -1
        found += 1
    return found


def _path(
    grid: Grid, taken: Mapping[Place, int], place: Place, comes_in: bool
) -> list[tuple[Place, bool]] | None:
    """Hidden cells that lead from the row of this one to its column: [(cell, whether one is taken from it)]."""
    row, column = place
    start, goal = ("row", row), ("column", column)
    ways: dict[tuple[str, str], list[tuple[Place, bool]]] = {start: []}
    waiting = [start]
    for node in waiting:
        for cell in sorted(taken):
            from_row = node == ("row", cell[0])
            if cell == place or not (from_row or node == ("column", cell[1])):
                continue
            takes = from_row == comes_in
            onward = ("column", cell[1]) if from_row else ("row", cell[0])
            if onward in ways or (takes and taken[cell] >= grid[cell]):
                continue
            ways[onward] = [*ways[node], (cell, takes)]
            waiting.append(onward)
    return ways.get(goal)
