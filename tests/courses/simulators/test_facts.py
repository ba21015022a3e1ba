from datetime import UTC, datetime

import pytest
from django.utils import timezone

from courses.simulators.facts import public_holidays


def test_the_public_holidays_of_this_year_and_the_next_come_from_a_library(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

    days = public_holidays()

    assert days == sorted(days)
    assert {day[:4] for day in days} == {"2026", "2027"}
    # National Day, Easter Monday, Ascension Day: fixed and moving ones.
    assert {"2026-07-21", "2026-04-06", "2026-05-14", "2027-12-25"} <= set(days)


@pytest.mark.parametrize("ordinary", ["2026-11-23", "2027-03-05"])
def test_an_ordinary_day_is_none(monkeypatch, ordinary):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

    assert ordinary not in public_holidays()
