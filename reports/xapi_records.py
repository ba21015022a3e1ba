"""The rows behind the statements of one organisation: tries at steps, finished lessons, finished modules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from learners.events import LATE_COMMIT
from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion

ENROLMENTS_AT_ONCE = 50
OF_ORGANISATION = "enrolment__cohort__organisation"


class Record(NamedTuple):
    """`thing` is the id of the step, lesson or module. The last three are known of tries only."""

    received_at: datetime
    rank: int
    id: int
    happened_at: datetime
    person: UUID
    thing: int
    key: UUID
    kind: str = ""
    mark: float = 1.0
    seconds: int = 0

    @property
    def place(self) -> "Place":
        return Place(self.received_at, self.rank, self.id)


class Place(NamedTuple):
    """Of a record among all: by when it came in, then by what it is, then by its id. None of these ever changes."""

    received_at: datetime
    rank: int
    id: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises ValueError."""
        moment, rank, id_ = text.split(",")
        if not (rank.isdecimal() and id_.isdecimal() and len(id_) < 19):
            raise ValueError(text)
        return cls(as_moment(moment), int(rank), int(id_))

    def __str__(self) -> str:
        return f"{stamp(self.received_at)},{self.rank},{self.id}"


@dataclass(frozen=True)
class Source:
    rank: int
    model: type[Model]
    fields: tuple[str, ...]

    def rows(self, organisation: int, *, until: datetime) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{OF_ORGANISATION: organisation}, received_at__lte=until)

    def after(self, place: Place) -> Q:
        """Written so that an index on (received_at, id) begins to read where the page begins."""
        if self.rank < place.rank:
            return Q(received_at__gt=place.received_at)
        if self.rank > place.rank:
            return Q(received_at__gte=place.received_at)
        return Q(received_at__gte=place.received_at) & ~Q(received_at=place.received_at, pk__lte=place.id)

    def records(self, rows: QuerySet[Any]) -> list[Record]:
        found = rows.values_list("received_at", "pk", "happened_at", "enrolment__person__key", *self.fields)
        return [Record(moment, self.rank, *rest) for moment, *rest in found]


TRIES, LESSONS, MODULES = SOURCES = (
    Source(0, Attempt, ("step", "key", "kind", "mark", "seconds")),
    Source(1, LessonCompletion, ("lesson", "key")),
    Source(2, ModuleCompletion, ("enrolment__module", "key")),
)


def settled(now: datetime) -> datetime:
    """All that came in until then can be read by now."""
    return now - LATE_COMMIT


def page(
    organisation: int,
    *,
    since: datetime | None,
    after: Place | None,
    until: datetime,
    limit: int,
) -> tuple[list[Record], bool]:
    """(at most `limit` records in order, whether there are more). `since` is exclusive, `until` is not.

    A page ends where a moment ends, if it can: whoever goes on from the last moment she was told loses nothing.
    """
    found: list[Record] = []
    for source in SOURCES:
        rows = source.rows(organisation, until=until)
        if since is not None:
            rows = rows.filter(received_at__gt=since)
        if after is not None:
            rows = rows.filter(source.after(after))
        found += source.records(rows.order_by("received_at", "pk")[: limit + 1])
    found.sort(key=lambda record: record.place)
    if len(found) <= limit:
        return found, False
    whole = [record for record in found[:limit] if record.received_at < found[limit].received_at]
    return whole or found[:limit], True


def count(organisation: int, *, since: datetime, until: datetime) -> int:
    return sum(
        source.rows(organisation, until=until).filter(received_at__gte=since).count() for source in SOURCES
    )


def batches(organisation: int, *, since: datetime, until: datetime) -> Iterator[list[Record]]:
    """All of them, enrolment by enrolment: no index on moments is needed, and no query stays open.

    Here `since` is inclusive, as periods are.
    """
    last = 0
    while True:
        mine = Enrolment.objects.filter(cohort__organisation=organisation, pk__gt=last).order_by("pk")
        ids = list(mine.values_list("pk", flat=True)[:ENROLMENTS_AT_ONCE])
        if not ids:
            return
        last = ids[-1]
        found = [
            record
            for source in SOURCES
            for record in source.records(
                source.rows(organisation, until=until).filter(enrolment__in=ids, received_at__gte=since)
            )
        ]
        found.sort(key=lambda record: record.place)
        yield found


def stamp(moment: datetime) -> str:
    """ISO 8601 with microseconds: a moment read back is the same moment."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def as_moment(text: str) -> datetime:
    """Raises ValueError; a time without zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:
        raise ValueError(text) from None
