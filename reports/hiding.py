"""Which numbers of an answer may be shown: the stops of each figure's people, by organisation, year and group."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from reports.counting import Place, Tally
from reports.counts import Count
from reports.periods import Period
from reports.suppression import Stops, is_shown, stops_alone, stops_together

NOBODY = Tally(adds_up=True)


class Shown:
    """Which guards let a number of this organisation, group (None: the total) and period be shown."""

    def __init__(self, guards: Iterable[Count]) -> None:
        self._guards = [guard.id for guard in guards]
        self._stops: dict[tuple[str, int, str | None], dict[int, Stops]] = {}

    def learn(self, guard: Count, organisation: int, group: str | None, year: int, stops: Stops) -> None:
        self._stops.setdefault((guard.id, organisation, group), {})[year] = stops

    def of(self, organisation: int, group: str | None, period: Period) -> set[str]:
        """Their ids. What has several guards is shown where each of them lets it be."""
        parts = list(period.parts())
        return {id_ for id_ in self._guards if is_shown(parts, self._stops[id_, organisation, group])}


def shown_of(
    guards: Collection[Count],
    tallies: Mapping[str, Mapping[Place, Tally]],
    names: Mapping[int, Mapping[str, str]],
    periods: Sequence[Period],
) -> Shown:
    shown = Shown(guards)
    years = sorted({year for period in periods for year, _from, _to in period.parts()})
    for guard in guards:
        for organisation, its_groups in names.items():
            for year in years:
                total = stops_alone(tallies[guard.id].get((organisation, None), NOBODY).within(year))
                shown.learn(guard, organisation, None, year, total)
                lines = {
                    group: tallies[guard.id].get((organisation, group), NOBODY).within(year)
                    for group in its_groups
                }
                for group, stops in stops_together(lines, total).items() if lines else ():
                    shown.learn(guard, organisation, group, year, stops)
    return shown
