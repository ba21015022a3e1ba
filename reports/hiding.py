"""Which numbers of an answer may be shown: the stops of each figure's people, by organisation, year and group."""

from collections.abc import Collection, Mapping, Sequence

from reports.counting import Line, Place, Tally
from reports.counts import Count
from reports.enums import By
from reports.periods import Period
from reports.sources import is_combination, kinds_of
from reports.suppression import Stops, is_shown, stops_alone, stops_overlapping, stops_together

NOBODY = Tally(adds_up=True)


class Shown:
    """Whether a guard lets a number of this place (its group None: the total) and period be shown."""

    def __init__(self) -> None:
        self._stops: dict[tuple[str, Place], dict[int, Stops]] = {}
        self._found: dict[tuple[str, Place, Period], bool] = {}

    def learn(self, guard: Count, place: Place, year: int, stops: Stops) -> None:
        self._stops.setdefault((guard.id, place), {})[year] = stops

    def lets(self, guard: Count, place: Place, period: Period) -> bool:
        asked = (guard.id, place, period)
        if asked not in self._found:
            self._found[asked] = is_shown(list(period.parts()), self._stops[guard.id, place])
        return self._found[asked]


def shown_of(
    guards: Collection[Count],
    tallies: Mapping[str, Mapping[Place, Tally]],
    names: Mapping[int, Mapping[str, str]],
    periods: Sequence[Period],
    by: By,
) -> Shown:
    shown = Shown()
    years = sorted({year for period in periods for year, _from, _to in period.parts()})
    for guard in guards:
        for organisation, its_groups in names.items():
            for year in years:
                total = stops_alone(tallies[guard.id].get((organisation, None), NOBODY).within(year))
                shown.learn(guard, (organisation, None), year, total)
                if its_groups:
                    found = _stops(tallies[guard.id], organisation, its_groups, year, total, by)
                    for group, stops in found.items():
                        shown.learn(guard, (organisation, group), year, stops)
    return shown


def _stops(
    tallies: Mapping[Place, Tally],
    organisation: int,
    groups: Collection[str],
    year: int,
    total: Stops,
    by: By,
) -> Mapping[str, Stops]:
    def line(group: str) -> Line:
        return tallies.get((organisation, group), NOBODY).within(year)

    if not by.overlaps:
        return stops_together({group: line(group) for group in groups}, total)
    parts = {
        group: line(group)
        for one, group in tallies
        if one == organisation and group is not None and is_combination(group)
    }
    consist_of = {group: {part for part in parts if group in kinds_of(part)} for group in groups}
    return stops_overlapping(parts, consist_of, total)
