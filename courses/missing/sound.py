"""Which lessons have a recorded voice in which language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from courses import recordings
from courses.recordings import Count, LessonCounts

NOTHING = Count(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sound:
    """`rows` as `recordings.counts` gives them, `sums` by language, in the order of `languages`."""

    languages: list[str]
    rows: list[LessonCounts]
    sums: dict[str, Count]

    @property
    def total(self) -> Count:
        return _together(list(self.sums.values()))

    @property
    def lines(self) -> list[tuple[LessonCounts, list[tuple[str, Count]]]]:
        return [(row, [(code, row.counts[code]) for code in self.languages]) for row in self.rows]

    @property
    def rare(self) -> list[str]:
        """Languages few telephones speak: here a recording is the only voice."""
        return [code for code in self.languages if code in settings.LANGUAGES_SELDOM_SPOKEN]


def sound() -> Sound:
    rows, codes = recordings.counts(), recordings.languages()
    return Sound(codes, rows, {code: _together([row.counts[code] for row in rows]) for code in codes})


def _together(counts: Sequence[Count]) -> Count:
    return Count(
        sum(count.total for count in counts),
        sum(count.recorded for count in counts),
        sum(count.stale for count in counts),
    )
