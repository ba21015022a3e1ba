"""Which numbers of an answer may be shown: the stops of each figure's people, by organisation, year and group."""

from collections.abc import Collection, Mapping, Sequence

from reports.counting import Place, Tally
from reports.counts import Count
from reports.periods import Period
from reports.suppression import Stops, is_shown, stops_alone, stops_together

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
) -> Shown:
    shown = Shown()
    years = sorted({year for period in periods for year, _from, _to in period.parts()})
    for guard in guards:
        for organisation, its_groups in names.items():
            for year in years:
                total = stops_alone(tallies[guard.id].get((organisation, None), NOBODY).within(year))
                shown.learn(guard, (organisation, None), year, total)
                lines = {
                    group: tallies[guard.id].get((organisation, group), NOBODY).within(year)
                    for group in its_groups
                }
                for group, stops in stops_together(lines, total).items() if lines else ():
                    shown.learn(guard, (organisation, group), year, stops)
    return shown
