"""Records as xAPI statements: of version 1.0.3, and good in 2.0 (IEEE 9274.1.1).

Which fields there are, which are left out, and why: docs/decisions/learning-records.md.
"""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.conf import settings

from learners.enums import AttemptKind
from reports.xapi_activities import Activities, Json, as_json
from reports.xapi_names import Pseudonyms
from reports.xapi_records import TRIES, Record, stamp

# Of the vocabulary that ADL keeps.
VERBS = "http://adlnet.gov/expapi/verbs/"
# Of UUIDs, by the specification (RFC 4122).
KNOWN_VERSIONS = range(1, 6)
MARKED = (AttemptKind.ANSWER, AttemptKind.PRACTICE)


class Writer:
    """Writes the statements of one organisation."""

    def __init__(self, organisation: int) -> None:
        self._names = Pseudonyms(organisation)
        self._activities = Activities()

    def statements(self, records: Sequence[Record]) -> list[str]:
        """Each as JSON."""
        self._activities.read(records)
        return [self._statement(record) for record in records]

    def _statement(self, record: Record) -> str:
        hers: Json = {
            "id": str(_id(record.key)),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": settings.BASE_URL, "name": self._names.of(record.person)},
            },
            "verb": _verb(record),
            "result": _result(record),
            "timestamp": stamp(record.happened_at),
            "stored": stamp(record.received_at),
        }
        # What is the same for everybody is longer than what is hers, and written once.
        return f"{as_json(hers)[:-1]},{self._activities.about(record)[1:]}"


def _id(key: UUID) -> UUID:
    """A browser may send any 128 bits. Of a key that stores would refuse, and all that came with it, one is made that
    they take: always the same."""
    return key if key.version in KNOWN_VERSIONS else uuid5(key, "xapi")


def _verb(record: Record) -> Json:
    word = _word(record)
    return {"id": VERBS + word, "display": {"en": word}}


def _word(record: Record) -> str:
    if record.rank != TRIES.rank or record.kind == AttemptKind.REAL:
        return "completed"
    if record.kind == AttemptKind.READ:
        return "experienced"
    if record.kind == AttemptKind.ANSWER:
        return "answered"
    return "passed" if record.mark >= 1 else "failed"


def _result(record: Record) -> Json:
    result: Json = {}
    if record.kind in MARKED:
        result |= {"score": {"scaled": record.mark}, "success": record.mark >= 1}
    else:
        result["completion"] = record.mark >= 1
    if record.seconds:
        result["duration"] = f"PT{record.seconds}S"
    return result
