"""A region of made-up people to measure with (`manage.py demo_data`): the same seed makes the same region.

A region is written part by part: an organisation with its cohorts, and learners of its town who learn alone. A part is
one transaction, so that a run that was stopped leaves whole parts, and the next run writes those that are missing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from time import monotonic

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from operations import demo
from operations.models import RegionPart
from operations.region_content import Content
from operations.region_part import write_part
from operations.region_people import KEY_OF_ALL, LARGEST_SEED, MOST_PARTS, keys_between
from operations.region_writing import Writer
from operations.region_year import end_of_clock
from people.models import User

LEARNERS_A_PART = 400
SECONDS_BETWEEN_LINES = 3.0


class CannotMake(Exception):
    """Says why in words for the operator."""


@dataclass(frozen=True, slots=True)
class Made:
    """`rows` by table, what was written now; nothing when the region was there already."""

    rows: Counter[str]
    seconds: float


def people_of_its_own() -> QuerySet[User]:
    """Neither of a region nor of the demo."""
    return User.objects.exclude(key__range=keys_between(KEY_OF_ALL)).exclude(pk__in=demo.made().values("pk"))


def sizes(learners: int) -> list[int]:
    """How many learners each part has."""
    parts = max(1, round(learners / LEARNERS_A_PART))
    return [learners // parts + (number < learners % parts) for number in range(parts)]


def make(
    *, learners: int, seed: int, until: date | None, today: date, is_beside: bool, say: Callable[[str], None]
) -> Made:
    """Write the parts that are missing. Without `until` the clock of the data stops today, or where it did before.

    Raises CannotMake, before anything is written, when this database is not the place or the seed is taken.
    """
    there = {part.number: part for part in RegionPart.objects.filter(seed=seed)}
    until = _when(learners, seed, until, today, list(there.values()), is_beside=is_beside)
    content = Content(seed)
    if not content.modules:
        raise CannotMake("there are no lessons yet: run `manage.py starter_content` first.")
    written: Counter[str] = Counter()
    begun = told = monotonic()
    done = 0
    for number, size in enumerate(sizes(learners)):
        done += size
        if number in there:
            continue
        try:
            with transaction.atomic():
                writer = Writer()
                write_part(writer, content, number, size, seed=seed, learners=learners, until=until)
                writer.flush()
        except IntegrityError as error:
            if not RegionPart.objects.filter(seed=seed, number=number).exists():
                raise
            raise CannotMake("another run writes the same region at this moment.") from error
        written += writer.written
        if monotonic() - told > SECONDS_BETWEEN_LINES:
            told = monotonic()
            say(_line(done, learners, written.total(), told - begun))
    if written:
        _analyse(written)
    return Made(written, monotonic() - begun)


def _when(
    learners: int, seed: int, until: date | None, today: date, there: list[RegionPart], *, is_beside: bool
) -> date:
    """Where the clock of the data stops. Raises CannotMake for what must not be written."""
    if not 0 < learners <= MOST_PARTS * LEARNERS_A_PART or not 0 <= seed <= LARGEST_SEED:
        raise CannotMake(
            f"--learners is from 1 to {MOST_PARTS * LEARNERS_A_PART}, --seed from 0 to {LARGEST_SEED}."
        )
    if until and end_of_clock(until) > end_of_clock(today):
        raise CannotMake("--until lies in the future: nobody has learned there yet.")
    if there:
        known = there[0]
        if known.learners != learners or until not in (None, known.until):
            raise CannotMake(
                f"seed {seed} has made a region of {known.learners} learners until {known.until}. "
                "Take another seed, or --remove it first."
            )
        return known.until
    if not is_beside and people_of_its_own().exists():
        raise CannotMake(
            "this database has people of its own. Made-up people would stand among them, in every list and report; "
            "if that is what you want, say --beside."
        )
    return until or today


def _analyse(written: Counter[str]) -> None:
    """Without knowing how much there is now, PostgreSQL would plan for empty tables."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(written))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {names}")


def _line(done: int, learners: int, rows: int, seconds: float) -> str:
    return f"{done:,} of {learners:,} learners, {rows:,} rows, {rows / seconds:,.0f} a second"
