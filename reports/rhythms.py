"""When a scheduled report goes out, and about which months: the second of the month, when letters may go out.

By then trainers have ticked who came on the last evening, and what is counted ahead has been counted.
"""

from datetime import datetime, timedelta

from django.conf import settings

from reports.enums import Rhythm
from reports.periods import Period, month_of, starts_at

MONTHS = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3}
A_DAY = timedelta(days=1)


def goes_out_at(month: int) -> datetime:
    """In the month after its period; by the wall clock of Brussels."""
    day = starts_at(month) + A_DAY
    return day.replace(hour=settings.LETTER_HOURS[0])


def following(rhythm: Rhythm, now: datetime) -> int:
    """The next month in which a report goes out."""
    month, length = month_of(now), MONTHS[rhythm]
    if now < goes_out_at(month):
        month -= 1
    return month - month % length + length


def latest(rhythm: Rhythm, now: datetime) -> Period:
    """The last period whose report has gone out, or should have."""
    return told_in(rhythm, following(rhythm, now) - MONTHS[rhythm])


def told_in(rhythm: Rhythm, month: int) -> Period:
    return Period(month - MONTHS[rhythm], month - 1)
