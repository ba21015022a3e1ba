"""SQL that each database writes in its own way gives the same numbers on both."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from people.enums import Role
from reports import counting
from reports.classes import classes_of, lines
from reports.enums import By
from reports.periods import Period, read_month
from reports.questions import Question, ask
from tests.factories.classrooms import AttendanceFactory, SessionFactory
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory
from tests.reports.conftest import NOW, call_off
from tests.reports.test_outputs import AUTUMN


@pytest.fixture(scope="module")
def organisation(scratch):
    """Six who came and six who were away, one who has left, and a class that was called off."""
    bram = MembershipFactory(role=Role.TRAINER).user
    cohort = CohortFactory(trainers=[bram])
    opened_at = datetime(2026, 9, 5, 8, 0, 30, tzinfo=UTC)
    session = SessionFactory(
        cohort=cohort, opened_at=opened_at, closed_at=opened_at + timedelta(minutes=90, seconds=59), seats=12
    )
    for n in range(12):
        status = "present" if n < 6 else "absent" if n < 9 else "excused"
        AttendanceFactory(session=session, person=UserFactory(), status=status)
    AttendanceFactory(session=session, person=None, status="late", minutes_late=30)
    call_off(cohort, datetime(2026, 10, 12, 8, tzinfo=UTC))
    return cohort.organisation


def test_figures_are_the_same(organisation):
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    found = {
        one.figure.id: cell.value for one, cell in zip(answer.columns, answer.totals[0].cells, strict=True)
    }

    assert {name: found[name] for name in ("came", "visits", "expected", "planned", "cancelled", "places")} == {
        "came": 6, "visits": 7, "expected": 13, "planned": 1, "cancelled": 1, "places": 12,
    }  # fmt: skip
    assert {name: str(found[name]) for name in ("rate", "filled", "average", "offered", "attended")} == {
        "rate": "53.8", "filled": "58.3", "average": "7.0", "offered": "1.5", "attended": "10.0",
    }  # fmt: skip


@pytest.mark.parametrize("by", By)
def test_every_dimension_can_be_asked_for(organisation, by):
    assert ask(Question([organisation], AUTUMN, by), now=NOW).rows or by == By.NOTHING


def test_classes_are_the_same(organisation):
    rows = lines(classes_of([organisation], AUTUMN, NOW).iterator(chunk_size=1))

    assert [[str(value) for value in line[1:5]] + line[8:] for line in rows] == [
        ["2026-09-05", "10:00:00", "11:31:00", "held", 90, 12, 0, "–", "–"],
        ["2026-10-12", "10:00:00", "12:00:00", "called off", "–", 12, 4, "–", Decimal("2.0")],
    ]


@pytest.mark.parametrize(
    ("began", "ended", "minutes"),
    [
        ("08:00:00", "09:00:00", 60),
        ("08:00:00.9", "08:01:00.1", 0),
        ("08:00:00.000001", "08:01:00", 0),
        ("08:00:00.000001", "08:01:00.000001", 1),
        ("08:00:59.999999", "09:30:59.999998", 89),
    ],
)
def test_minutes_are_whole_to_the_last_microsecond(scratch, began, ended, minutes):
    session = SessionFactory(
        opened_at=datetime.fromisoformat(f"2026-09-05T{began}+00:00"),
        closed_at=datetime.fromisoformat(f"2026-09-05T{ended}+00:00"),
    )

    [found] = classes_of([session.cohort.organisation], AUTUMN, NOW)
    assert found.minutes == minutes


def test_ten_years_and_the_ten_before_are_counted_like_one(organisation):
    year = Period(read_month("2026-01"), read_month("2026-12"))
    decade = Period(read_month("2017-01"), read_month("2026-12"))
    long, short = (ask(Question([organisation], period, By.COHORT), now=NOW) for period in (decade, year))

    assert [row.cells for row in long.totals] == [row.cells for row in short.totals]
    assert [row.cells for row in long.rows] == [row.cells for row in short.rows]
    assert len(long.trend(organisation, long.columns[0].figure)) == 120
    assert {cell.value for row in long.before for cell in row.cells} <= {0, None}


def test_a_statement_is_written_once_and_asked_again_and_again(organisation):
    ask(Question([organisation], AUTUMN, By.PLACE), now=NOW)
    written = counting._compiled.cache_info().misses
    for month in ("2026-09", "2026-10"):
        ask(Question([organisation], Period(read_month(month), read_month(month)), By.PLACE), now=NOW)

    assert counting._compiled.cache_info().misses == written


def test_no_statement_is_divided_among_processes(organisation):
    """PostgreSQL decides that anew for each; SQLite never does."""
    if connection.vendor != "postgresql":
        return
    settings = []

    def look(execute, sql, params, many, context):
        if sql.startswith("WITH"):
            settings.append(processes())
        return execute(sql, params, many, context)

    def processes():
        return connection.connection.execute("SHOW max_parallel_workers_per_gather").fetchone()[0]

    before = processes()
    with connection.execute_wrapper(look):
        ask(Question([organisation], AUTUMN, By.KIND), now=NOW)

    assert set(settings) == {"0"}
    assert processes() == before != "0"
