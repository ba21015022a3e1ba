"""What a browser sends to /progress/: parsed and judged before anything is written."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from courses.enums import StepKind
from courses.simulators import clean_result
from learners.enums import AttemptKind, Refusal

MOST_EVENTS = 200
LONGEST_STAY = 30 * 60  # seconds; a phone left on the table is not learning
# An outbox may be old; a time beyond that, or in the future, is a wrong clock and ours counts.
OLDEST_OUTBOX = timedelta(days=366)
# A network may hold a message for this long; a larger difference is the device's clock.
CLOCK_MAY_DIFFER = timedelta(minutes=2)
# A row carries the moment at which its request came in (`received_at`), and can be read when that is committed: no
# request lasts longer. Whoever reads by this moment waits, or looks back, for as long.
LATE_COMMIT = timedelta(minutes=2)

KIND_OF_STEP = {
    AttemptKind.READ: StepKind.INSTRUCTION,
    AttemptKind.ANSWER: StepKind.QUESTION,
    AttemptKind.PRACTICE: StepKind.PRACTICE,
    AttemptKind.REAL: StepKind.REAL,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One try at a step. `mark` 0.0–1.0, `seconds` on the step, `happened_at` as the device says.

    `practice` is what a simulator reports of it, in words of ours only. `helped`: somebody sat beside her.
    """

    key: UUID
    lesson: UUID
    step: UUID
    kind: AttemptKind
    mark: float
    seconds: int
    happened_at: datetime
    practice: dict[str, Any] | None = None
    helped: bool = False


class Refused(Exception):
    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(raw: Any) -> Event:
    """Raises Refused with the reason. `seconds` and `mark` may be left out (0 and 1)."""
    if not isinstance(raw, dict):
        raise Refused(Refusal.MALFORMED)
    key, step, lesson = (_uuid(raw.get(name)) for name in ("id", "step", "lesson"))
    if key is None:
        raise Refused(Refusal.MALFORMED)
    if step is None or lesson is None:
        raise Refused(Refusal.UNKNOWN_STEP)
    try:
        kind = AttemptKind(str(raw.get("kind")))
    except ValueError:
        raise Refused(Refusal.WRONG_KIND) from None
    mark, seconds = raw.get("mark", 1), raw.get("seconds", 0)
    if not _is_number(mark) or not 0 <= mark <= 1:
        raise Refused(Refusal.BAD_MARK)
    return Event(
        key=key,
        lesson=lesson,
        step=step,
        kind=kind,
        mark=float(mark),
        seconds=int(min(max(seconds, 0), LONGEST_STAY)) if _is_number(seconds) else 0,
        happened_at=_moment(raw.get("happened_at")),
        practice=clean_result(raw.get("practice")) if kind == AttemptKind.PRACTICE else None,
        helped=raw.get("helped") is True,
    )


def clamp(happened_at: datetime, received_at: datetime) -> datetime:
    """The device's time when it can be true, else ours."""
    if received_at - OLDEST_OUTBOX <= happened_at <= received_at:
        return happened_at
    return received_at


def clock_error(sent_at: Any, received_at: datetime) -> timedelta:
    """How far the device's clock is behind ours (negative: before it), when it said what time it was as it sent.

    Nothing when it did not say, said something unreadable, or differs by no more than a message may take.
    """
    try:
        difference = received_at - _moment(sent_at)
    except Refused:
        return timedelta(0)
    return difference if abs(difference) > CLOCK_MAY_DIFFER else timedelta(0)


def shifted(event: Event, slow: timedelta) -> Event:
    """The event at our time; one that no calendar holds is left for `clamp`."""
    if not slow:
        return event
    try:
        return replace(event, happened_at=event.happened_at + slow)
    except OverflowError:
        return event


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) <= 45 else None
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    # `value == value` is false for NaN, which JSON parsers let through.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        # A time without zone is the device's UTC: `toISOString()` writes a Z, older clients may drop it.
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise Refused(Refusal.BAD_TIME) from None
