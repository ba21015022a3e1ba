"""When a report goes out, and about which months: by the calendar and the clock of Brussels."""

from datetime import UTC, datetime

import pytest

from reminders.clock import BRUSSELS
from reports import rhythms
from reports.enums import Rhythm
from reports.periods import write_month


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("now", "month", "quarter"),
    [
        ("2026-11-20 12:00", "2026-12", "2027-01"),
        ("2026-12-01 23:59", "2026-12", "2027-01"),
        ("2026-12-02 08:59", "2026-12", "2027-01"),
        ("2026-12-02 09:00", "2027-01", "2027-01"),
        ("2027-01-02 08:59", "2027-01", "2027-01"),
        ("2027-01-02 09:00", "2027-02", "2027-04"),
    ],
)
def test_the_next_one_is_on_the_second_in_the_morning(now, month, quarter):
    assert write_month(rhythms.following(Rhythm.MONTH, at(now))) == month
    assert write_month(rhythms.following(Rhythm.QUARTER, at(now))) == quarter


@pytest.mark.parametrize(
    ("now", "rhythm", "first", "last"),
    [
        ("2026-11-20 12:00", Rhythm.MONTH, "2026-10", "2026-10"),
        ("2026-12-02 08:59", Rhythm.MONTH, "2026-10", "2026-10"),
        ("2026-12-02 09:00", Rhythm.MONTH, "2026-11", "2026-11"),
        ("2027-01-02 08:59", Rhythm.QUARTER, "2026-07", "2026-09"),
        ("2027-01-02 09:00", Rhythm.QUARTER, "2026-10", "2026-12"),
    ],
)
def test_the_latest_is_about_the_months_that_are_over(now, rhythm, first, last):
    period = rhythms.latest(rhythm, at(now))

    assert [write_month(period.first), write_month(period.last)] == [first, last]


@pytest.mark.parametrize(("month", "hour_utc"), [("2026-04", 7), ("2026-11", 8)])
def test_nine_in_the_morning_in_summer_and_in_winter(month, hour_utc):
    year, number = map(int, month.split("-"))
    assert rhythms.goes_out_at(year * 12 + number - 1) == datetime(year, number, 2, hour_utc, tzinfo=UTC)
