"""What is counted in the database, and which people stand behind it."""

from dataclasses import dataclass

from reports import sources
from reports.enums import By
from reports.sources import Base, Source


@dataclass(frozen=True, eq=False)
class Count:
    """Of all `sources` together. `once`: each person once, in whatever period; else what one source holds, added up.

    `of_people`: a small one is hidden. `behind` are counts of people: where one of them is hidden, this is hidden too.
    What has neither tells nothing about anybody. Two sources have no rows in common.
    """

    id: str
    sources: tuple[Source, ...]
    once: bool = False
    of_people: bool = False
    behind: tuple["Count", ...] = ()

    @property
    def guards(self) -> tuple["Count", ...]:
        return (self,) if self.of_people else self.behind

    @property
    def bases(self) -> frozenset[Base]:
        return frozenset(source.base for source in self.sources)

    def can(self, by: By) -> bool:
        return all(source.can(by) for source in self.sources)


def _people(id_: str, *found: Source) -> Count:
    return Count(id_, found, once=True, of_people=True)


def _done(id_: str, what: Source, *who: Count) -> Count:
    return Count(id_, (what,), behind=who)


REACHED = _people("reached", sources.ENROLLED, sources.WHO_CAME)
ACTIVE = _people("active", sources.WAS_ACTIVE, sources.TRIED_SINCE)
CAME = _people("came", sources.WHO_CAME)

LESSONS = _done("lessons", sources.LESSONS, _people("who finished lessons", sources.LESSONS))
MODULES = _done("modules", sources.MODULES, _people("who finished modules", sources.MODULES))
ACHIEVEMENTS = _done("achievements", sources.ACHIEVEMENTS, _people("who achieved", sources.ACHIEVEMENTS))
ATTESTATIONS = _done("attestations", sources.ATTESTATIONS, _people("who was attested", sources.ATTESTATIONS))

_visitors = _people("visitors", sources.VISITS)
VISITS = _done("visits", sources.VISITS, _visitors)
MINUTES_ATTENDED = _done("minutes attended", sources.MINUTES_ATTENDED, _visitors)
# Less the visits it says how often somebody was away, so it also asks who was.
EXPECTED = _done("expected", sources.EXPECTED, _visitors, _people("who missed", sources.MISSED_VISITS))
# Less these, the visits say how many there were where places are not known.
VISITS_WHERE_PLACES_ARE_KNOWN = _done(
    "visits where places are known",
    sources.VISITS_WHERE_PLACES_ARE_KNOWN,
    _visitors,
    _people("visitors where places are known", sources.VISITS_WHERE_PLACES_ARE_KNOWN),
    _people("visitors elsewhere", sources.VISITS_ELSEWHERE),
)

PLANNED = _done("planned", sources.PLANNED)
CANCELLED = _done("cancelled", sources.CANCELLED)
CLASSES = _done("classes", sources.CLASSES)
MINUTES_OFFERED = _done("minutes offered", sources.MINUTES_OFFERED)
PLACES = _done("places", sources.PLACES)
CHILDCARE_PLACES = _done("childcare places", sources.CHILDCARE_PLACES)
CHILDCARE_PLACES_COUNTED = _done("childcare places counted", sources.CHILDCARE_PLACES_COUNTED)
CHILDREN = Count("children", (sources.CHILDREN,), of_people=True)
INTERPRETER_MINUTES = _done("interpreter minutes", sources.INTERPRETER_MINUTES)
INTERPRETER_MINUTES_HELD = _done("interpreter minutes held", sources.INTERPRETER_MINUTES_HELD)

# What cannot be in a number. These tell nothing about anybody either.
VISITS_OF_WHO_LEFT = _done("visits of who left", sources.VISITS_OF_WHO_LEFT)
NOT_TICKED = _done("not ticked", sources.NOT_TICKED)
PLACES_NOT_WRITTEN = _done("places not written", sources.PLACES_NOT_WRITTEN)
CHILDREN_NOT_WRITTEN = _done("children not written", sources.CHILDREN_NOT_WRITTEN)
INTERPRETER_NOT_WRITTEN = _done("interpreter not written", sources.INTERPRETER_NOT_WRITTEN)
INTERPRETER_NOT_WRITTEN_HELD = _done("interpreter not written, held", sources.INTERPRETER_NOT_WRITTEN_HELD)
