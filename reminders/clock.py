"""When a letter may go out: in the daytime of Brussels, whatever the season and the server's own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

BRUSSELS = ZoneInfo("Europe/Brussels")
SHORTEST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


def is_open(now: datetime) -> bool:
    opens, closes = settings.LETTER_HOURS
    return opens <= now.astimezone(BRUSSELS).hour < closes


def next_open(now: datetime) -> datetime:
    """`now` itself in daytime, else the next morning it opens."""
    if is_open(now):
        return now
    here = now.astimezone(BRUSSELS)
    opens, closes = settings.LETTER_HOURS
    day = here.date() + timedelta(days=here.hour >= closes)
    # Built from the wall clock, so that the night the clocks change is an hour shorter or longer.
    return datetime.combine(day, time(opens), tzinfo=BRUSSELS)


def wait_after(tries: int) -> timedelta:
    """How long to leave the mail server alone after so many tries: 5 minutes, doubling up to 6 hours."""
    return min(SHORTEST_WAIT * 2 ** min(max(tries, 1) - 1, 10), LONGEST_WAIT)
