"""Which numbers of an answer may be shown: the stops of each figure's people, by organisation, year and group."""

from collections.abc import Iterable, Mapping, Sequence

from reports.counting import Place, Tally
from reports.counts import Count
from reports.periods import Period
from reports.suppression import Stops, is_shown, stops_alone, stops_together

NOBODY = Tally(adds_up=True)


class Shown:
    """Asked for each number: shown_of(…)(guards, organisation, group or None for the total, period).

    What has several guards is shown where each of them lets it be.
    """

    def __init__(self) -> None:
        self._stops: dict[tuple[str, int, str | None], dict[int, Stops]] = {}

    def learn(self, guard: Count, organisation: int, group: str | None, year: int, stops: Stops) -> None:
        self._stops.setdefault((guard.id, organisation, group), {})[year] = stops

    def __call__(self, guards: Iterable[Count], organisation: int, group: str | None, period: Period) -> bool:
        parts = list(period.parts())
        return all(is_shown(parts, self._stops[guard.id, organisation, group]) for guard in guards)


def shown_of(
    guards: Iterable[Count],
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
                shown.learn(guard, organisation, None, year, total)
                lines = {
                    group: tallies[guard.id].get((organisation, group), NOBODY).within(year)
                    for group in its_groups
                }
                for group, stops in stops_together(lines, total).items() if lines else ():
                    shown.learn(guard, organisation, group, year, stops)
    return shown
