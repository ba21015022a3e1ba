"""From what a browser sent to what it is answered, whoever sends: JSON and the plain form end here."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from learners import actions
from learners.enums import Refusal
from learners.events import Event, Refused, parse, shifted
from people.models import User

LARGEST_KEPT_EVENT = 2000  # signs of JSON; a damaged event is kept as evidence, not as a store
MOST_BRACKETS = 20  # what is nested more deeply than Python or a database can follow is kept as text
TOO_DEEP = "nested too deeply"
LONGEST_ID = 64
UNKEEPABLE = re.compile(r"\\u0000|\\ud[89a-f]|NaN|Infinity", re.IGNORECASE)


@dataclass
class Answer:
    """The contract of POST /progress/."""

    accepted: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)
    modules_completed: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"accepted": self.accepted, "known": self.known, "refused": self.refused}


def take_events(
    raw_events: Sequence[Any],
    person: User | None,
    *,
    find_person: Callable[[], User | None] = lambda: None,
    make_person: Callable[[], User],
    received_at: datetime,
    slow: timedelta = timedelta(0),
) -> Answer:
    """Record what can be recorded. `make_person` is called for a visitor's first event that counts, not before;
    `find_person`, when what she sends is known already, says whether it was she who sent it.

    `slow` is how far the device's clock is behind ours (see events.clock_error).
    """
    events: list[Event] = []
    refused: list[tuple[str, Refusal, Any]] = []
    sent: dict[str, str] = {}
    for raw in raw_events:
        try:
            event = shifted(parse(raw), slow)
        except Refused as refusal:
            refused.append((id_of(raw), refusal.reason, raw))
        else:
            events.append(event)
            sent[str(event.key)] = raw["id"]
    answer = Answer()
    if person is None:
        person = make_person() if actions.is_worth_a_person(events) else find_person()
    if person is None:
        why = actions.refuse_of_nobody(events)
        refused += [(sent[str(key)], reason, None) for key, reason in why.items()]
    else:
        outcome = actions.record_events(person, events, received_at=received_at)
        # Ids go back spelled and ordered as they came, so that a client can compare text.
        places = {event.key: place for place, event in enumerate(events)}
        in_order = partial(sorted, key=places.__getitem__)
        answer.accepted = [sent[str(key)] for key in in_order(outcome.accepted)]
        answer.known = [sent[str(key)] for key in in_order(outcome.known)]
        answer.modules_completed = outcome.modules_completed
        raw_by_id = {
            raw["id"]: raw for raw in raw_events if isinstance(raw, dict) and isinstance(raw.get("id"), str)
        }
        refused += [
            (sent[str(key)], reason, raw_by_id.get(sent[str(key)])) for key, reason in outcome.refused.items()
        ]
        if refused:
            actions.keep_refused(
                person,
                [(_name_of(key, raw), reason, _small(raw)) for key, reason, raw in refused],
                received_at=received_at,
            )
    answer.refused = [{"id": key, "reason": str(reason.value)} for key, reason, _ in refused]
    return answer


def id_of(raw: Any) -> str:
    """As it was sent, so that the client can strike it out; a damaged one cut to a length we can keep."""
    given = raw.get("id", "") if isinstance(raw, dict) else ""
    return str(given)[:LONGEST_ID] if isinstance(given, (str, int, float)) else ""


def _name_of(key: str, raw: Any) -> str:
    """What a refused event is kept under: its id, or its fingerprint when no database can hold that."""
    return key if key.isprintable() and key else sha256(_text(raw).encode()).hexdigest()


def _small(raw: Any) -> Any:
    """The event as sent, when every database can keep it; half a character, NaN and NUL are not JSON there."""
    text = _text(raw)
    is_flat = text != TOO_DEEP and text.count("[") + text.count("{") <= MOST_BRACKETS
    if raw is not None and len(text) <= LARGEST_KEPT_EVENT and is_flat and not UNKEEPABLE.search(text):
        return raw
    return {"damaged": text[:LARGEST_KEPT_EVENT].replace("\\u", "u")}


def _text(raw: Any) -> str:
    try:
        return json.dumps(raw)
    except RecursionError:
        return TOO_DEEP
