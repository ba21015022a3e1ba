from datetime import UTC, datetime, timedelta

import pytest

from reminders.clock import BRUSSELS, is_open, next_open, wait_after


def brussels(*args: int) -> datetime:
    return datetime(*args, tzinfo=BRUSSELS)


@pytest.mark.parametrize("month", [1, 7], ids=["winter", "summer"])
@pytest.mark.parametrize(
    ("hour", "minute", "opened"),
    [(0, 0, False), (8, 59, False), (9, 0, True), (18, 59, True), (19, 0, False)],
)
def test_letters_go_out_from_nine_to_seven_in_brussels(month, hour, minute, opened):
    assert is_open(brussels(2026, month, 15, hour, minute)) == opened


@pytest.mark.parametrize(
    ("utc", "opened"),
    [
        (datetime(2026, 1, 15, 7, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 15, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 6, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 15, 7, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 17, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 15, 17, 30, tzinfo=UTC), True),
    ],
)
def test_the_clock_of_the_server_does_not_matter(utc, opened):
    assert is_open(utc) == opened


def test_in_daytime_a_letter_need_not_wait():
    noon = brussels(2026, 11, 20, 12, 0)

    assert next_open(noon) == noon


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (brussels(2026, 11, 20, 8, 59), brussels(2026, 11, 20, 9, 0)),
        (brussels(2026, 11, 20, 19, 0), brussels(2026, 11, 21, 9, 0)),
        (brussels(2026, 11, 20, 23, 59), brussels(2026, 11, 21, 9, 0)),
        (brussels(2026, 12, 31, 20, 0), brussels(2027, 1, 1, 9, 0)),
    ],
)
def test_at_night_a_letter_waits_for_the_next_morning(now, opens):
    assert next_open(now) == opens


@pytest.mark.parametrize(
    ("evening", "hours"),
    [
        (brussels(2026, 3, 28, 19, 0), 13),
        (brussels(2026, 10, 24, 19, 0), 15),
        (brussels(2026, 11, 20, 19, 0), 14),
    ],
    ids=["clocks go forward", "clocks go back", "any night"],
)
def test_the_night_the_clocks_change_letters_still_wait_until_nine(evening, hours):
    opens = next_open(evening)

    assert (opens.hour, opens.minute) == (9, 0)
    assert opens.astimezone(UTC) - evening.astimezone(UTC) == timedelta(hours=hours)


def test_a_mail_server_in_trouble_is_asked_less_and_less_often():
    waits = [wait_after(tries) / timedelta(minutes=1) for tries in (1, 2, 3, 4, 7, 8, 100)]

    assert waits == [5, 10, 20, 40, 320, 360, 360]
