"""Every number of a known year, counted once more in plain Python over lists."""

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations_with_replacement
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certificates.models import Credential
from classrooms.models import Attendance, Session
from learners.models import Attempt, LessonCompletion, ModuleCompletion
from reports.enums import By
from reports.periods import Period, preset, read_month
from reports.questions import Question, ask
from tests.factories.classrooms import AttendanceFactory, SessionFactory
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, finish_module
from tests.factories.people import OrganisationFactory, UserFactory
from tests.reports.conftest import NOW

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
AUTUMN = Period(read_month("2026-09"), read_month("2026-11"))
YEAR = Period(read_month("2026-01"), read_month("2026-12"))


def numbers(row, answer):
    return {column.figure.id: cell.value for column, cell in zip(answer.columns, row.cells, strict=True)}


def totals(organisation, period=AUTUMN, **more):
    answer = ask(Question([organisation], period, **more), now=NOW)
    return numbers(answer.totals[0], answer)


def by(organisation, dimension, period=AUTUMN):
    answer = ask(Question([organisation], period, dimension), now=NOW)
    return {row.label: numbers(row, answer) for row in answer.rows}


def counted(first: date, last: date) -> dict:
    """The same by hand: every row, one after the other."""

    def is_in(moment):
        return first <= moment.astimezone(BRUSSELS).date() <= last

    planned = [one for one in Session.objects.exclude(starts_at=None) if is_in(one.starts_at)]
    sessions = [one for one in Session.objects.exclude(opened_at=None) if is_in(one.opened_at)]
    length = {one.pk: int((one.closed_at - one.opened_at).total_seconds() // 60) for one in sessions}
    ticks = [one for one in Attendance.objects.select_related("session") if one.session_id in length]
    visits = [one for one in ticks if one.status in ("present", "late")]
    away = {one.person_id for one in ticks if one.status in ("absent", "excused")}
    # Visits less visits expected would tell how often a few people were away.
    may_tell_who_is_away = not away or len(away) >= 5
    counted_children = [one for one in sessions if one.children_came is not None]
    attempts = [one for one in Attempt.objects.select_related("enrolment") if is_in(one.received_at)]
    came = {one.person_id for one in visits if one.person_id}
    began = {one.enrolment.person_id for one in attempts if is_in(one.enrolment.started_at)}
    papers = [one for one in Credential.objects.all() if is_in(one.issued_at)]
    return {
        "reached": len(came | began),
        "active": len({one.enrolment.person_id for one in attempts}),
        "came": len(came),
        "lessons": len([one for one in LessonCompletion.objects.all() if is_in(one.received_at)]),
        "modules": len([one for one in ModuleCompletion.objects.all() if is_in(one.received_at)]),
        "achievements": len([one for one in papers if one.kind == "achievement"]),
        "attestations": len([one for one in papers if one.kind == "attendance"]),
        "planned": len(planned),
        "cancelled": len([one for one in planned if one.cancelled_at]),
        "cancelled_share": rate(len([one for one in planned if one.cancelled_at]), len(planned), 100),
        "classes": len(sessions),
        "offered": hours(sum(length.values())),
        "visits": len(visits),
        "expected": len(ticks) if may_tell_who_is_away else None,
        "rate": rate(len(visits), len(ticks), 100) if may_tell_who_is_away else None,
        "average": rate(len(visits), len(sessions)),
        "places": sum(one.seats or 0 for one in sessions),
        "filled": rate(
            len([one for one in visits if one.session.seats]), sum(one.seats or 0 for one in sessions), 100
        ),
        "attended": hours(sum(length[one.session_id] - (one.minutes_late or 0) for one in visits)),
        "childcare": sum(one.childcare_places for one in sessions),
        "children": sum(one.children_came or 0 for one in sessions),
        "childcare_used": rate(
            sum(one.children_came for one in counted_children),
            sum(one.childcare_places for one in counted_children),
            100,
        ),
        "interpreter": hours(sum(one.mediator_minutes or 0 for one in sessions)),
        "interpreter_held": hours(sum(one.mediator_minutes or 0 for one in sessions)),
    }


def rate(of, over, times=1):
    return (Decimal(of * times) / over).quantize(Decimal("0.1"), ROUND_HALF_UP) if over else None


def hours(minutes):
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_totals_are_those_counted_by_hand(year, organisation):
    assert totals(organisation) == counted(date(2026, 9, 1), date(2026, 11, 30))
    assert totals(organisation, YEAR) == counted(date(2026, 1, 1), date(2026, 12, 31))


def test_the_numbers_are_the_ones_we_expect(year, organisation):
    assert totals(organisation) == {
        "reached": 20, "active": 14, "came": 19, "lessons": 14, "modules": 14, "achievements": 14, "attestations": 6,
        "classes": 6, "offered": Decimal("12.5"), "visits": 57, "attended": Decimal("116.8"), "childcare": 18,
        "children": 10, "interpreter": Decimal("4.5"),
        "planned": 4, "cancelled": 1, "cancelled_share": Decimal("25.0"), "average": Decimal("9.5"), "places": 36,
        "filled": Decimal("83.3"), "childcare_used": Decimal("83.3"), "interpreter_held": Decimal("4.5"),
        # Two people were away: these would tell it.
        "expected": None, "rate": None,
    }  # fmt: skip


def test_by_cohort(year, organisation):
    rows = by(organisation, By.COHORT)

    assert {name: row["came"] for name, row in rows.items()} == {"Evenings": 9, "Mornings": 10}
    assert {name: row["visits"] for name, row in rows.items()} == {"Evenings": 27, "Mornings": 30}
    assert {name: row["offered"] for name, row in rows.items()} == dict.fromkeys(rows, hours(375))


def test_by_language_with_those_who_did_not_say(year, organisation):
    rows = by(organisation, By.LANGUAGE)

    assert {name: row["came"] for name, row in rows.items() if row["came"] != 0} == {
        "العربية": 8, "Українська": 5, "ትግርኛ": None, "not said": None,
    }  # fmt: skip


def test_a_figure_without_meaning_in_a_dimension_is_left_out_with_a_reason(year, organisation):
    answer = ask(Question([organisation], AUTUMN, By.PLACE), now=NOW)

    assert [figure.id for figure in answer.left_out] == [
        "reached", "active", "lessons", "modules", "achievements", "attestations",
    ]  # fmt: skip
    assert "no place" in answer.why_left_out


def test_a_class_of_several_kinds_counts_in_each_and_once_in_the_total(year, organisation):
    answer = ask(Question([organisation], AUTUMN, By.KIND), now=NOW)
    classes = {row.label: numbers(row, answer)["classes"] for row in answer.rows}

    assert classes == {
        "with childcare": 3, "with a mediator or interpreter": 3, "for women only": 3, "none of these": 3,
        "during school hours": 0,
    }  # fmt: skip
    assert numbers(answer.totals[0], answer)["classes"] == 6


def test_visits_to_a_class_of_two_kinds_do_not_follow_from_those_of_each(organisation):
    """Nine with childcare, ten for women, eleven of neither: 27, so that three are of both."""
    cohort = CohortFactory(organisation=organisation)
    for people, places, is_women_only in ((6, 4, False), (7, 0, True), (3, 4, True), (11, 0, False)):
        session = SessionFactory(
            cohort=cohort,
            opened_at=datetime(2026, 10, 5, tzinfo=UTC),
            childcare_places=places,
            is_women_only=is_women_only,
        )
        for _n in range(people):
            AttendanceFactory(session=session, person=UserFactory())

    rows = by(organisation, By.KIND)

    assert {name: row["visits"] for name, row in rows.items()} == {
        "with childcare": None, "for women only": 10, "none of these": 11,
    }  # fmt: skip
    assert rows["with childcare"]["classes"] == 2
    assert totals(organisation)["visits"] == 27


def test_the_months_of_the_period(year, organisation):
    rows = by(organisation, By.MONTH)

    assert {name: row["visits"] for name, row in rows.items()} == {
        "September 2026": 19, "October 2026": 19, "November 2026": 19,
    }  # fmt: skip


def test_the_period_before_is_as_long(year, organisation):
    answer = ask(Question([organisation], AUTUMN), now=NOW)

    assert numbers(answer.before[0], answer) == counted(date(2026, 6, 1), date(2026, 8, 31))
    assert numbers(answer.before[0], answer)["came"] == 19


def test_how_many_are_unknown_stands_beside_the_number(year, organisation):
    hold_on_paper = SessionFactory(
        cohort__organisation=organisation, opened_at=datetime(2026, 10, 7, tzinfo=UTC)
    )
    AttendanceFactory(session=hold_on_paper, person=UserFactory(), status="")
    gone = year.sessions[2]
    gone.attendances.filter(person=year.learners[3]).update(person=None)

    answer = ask(Question([organisation], AUTUMN), now=NOW)
    unknown = {
        column.figure.id: column.unknown.get(organisation.pk, "")[:3]
        for column in answer.columns
        if column.unknown
    }

    assert unknown == {"came": "1 v", "classes": "1 c", "children": "For", "places": "For"}


def test_who_has_left_still_counts_in_visits_and_hours(year, organisation):
    before = totals(organisation)
    Attendance.objects.filter(person=year.learners[8]).update(person=None)
    after = totals(organisation)

    assert after["came"] == before["came"] - 1
    assert (after["visits"], after["attended"]) == (before["visits"], before["attended"])


def test_a_month_ends_at_midnight_in_brussels(organisation):
    """23:30 UTC on the last of September is 1:30 on the first of October there."""
    session = SessionFactory(
        cohort__organisation=organisation, opened_at=datetime(2026, 9, 30, 23, 30, tzinfo=UTC)
    )
    for _ in range(5):
        AttendanceFactory(session=session, person=UserFactory())
    winter = SessionFactory(
        cohort__organisation=organisation, opened_at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC)
    )
    AttendanceFactory(session=winter, person=UserFactory())

    rows = by(organisation, By.MONTH)

    assert {name: row["classes"] for name, row in rows.items()} == {
        "September 2026": 0, "October 2026": 2, "November 2026": 0,
    }  # fmt: skip


def test_what_was_taken_back_or_replaced_does_not_count(year, organisation):
    one, other = Credential.objects.filter(kind="achievement").order_by("pk")[:2]
    Credential.objects.filter(pk=one.pk).update(revoked_at=NOW)
    Credential.objects.filter(pk=other.pk).update(superseded_by=one, completion=None)

    assert totals(organisation)["achievements"] == 12


def test_a_class_that_is_on_does_not_count_yet(organisation):
    session = SessionFactory(
        cohort__organisation=organisation, opened_at=NOW - timedelta(hours=1), closed_at=None
    )
    AttendanceFactory(session=session, person=UserFactory())

    assert totals(organisation)["classes"] == 0


def test_another_organisation_changes_nothing(year, organisation):
    before = totals(organisation)
    stranger = OrganisationFactory()
    session = SessionFactory(cohort=CohortFactory(organisation=stranger), opened_at=NOW - timedelta(days=1))
    for person in year.learners:
        AttendanceFactory(session=session, person=person)

    assert totals(organisation) == before
    assert totals(stranger)["came"] == 21


def test_several_organisations_stand_side_by_side(year, organisation):
    other = OrganisationFactory(name="Aan zet")

    answer = ask(Question([organisation, other], AUTUMN), now=NOW)

    assert [(row.label, numbers(row, answer)["classes"]) for row in answer.totals] == [
        ("Wegwijs vzw", 6),
        ("Aan zet", 0),
    ]


@pytest.mark.parametrize("dimension", By)
def test_the_rows_of_one_organisation_are_those_it_has_among_others(year, organisation, dimension):
    other = OrganisationFactory(name="Aan zet")
    session = SessionFactory(cohort=CohortFactory(organisation=other), opened_at=NOW - timedelta(days=30))
    for person in year.learners[:9]:
        AttendanceFactory(session=session, person=person)
    whole = ask(Question([organisation, other], AUTUMN, dimension), now=NOW)

    for one in (organisation, other):
        alone = ask(Question([organisation, other], AUTUMN, dimension, rows_of=one), now=NOW)
        assert alone.rows == [row for row in whole.rows if row.organisation == one]
        assert (alone.totals, alone.before, alone.columns) == (whole.totals, whole.before, whole.columns)


@pytest.mark.parametrize("dimension", By)
def test_questions_to_the_database_do_not_grow(year, organisation, dimension):
    with CaptureQueriesContext(connection) as few:
        ask(Question([organisation], AUTUMN, dimension), now=NOW)
    for _ in range(2):
        cohort = CohortFactory(organisation=organisation)
        for language in ("fr", "nl", "tr"):
            session = SessionFactory(cohort=cohort, opened_at=NOW - timedelta(days=3))
            AttendanceFactory(session=session, person=UserFactory(help_language=language))

    with CaptureQueriesContext(connection) as many:
        ask(Question([organisation], AUTUMN, dimension), now=NOW)

    assert len(many) == len(few)
    assert not any('"people_user"."name"' in query["sql"] for query in many)


@pytest.fixture
def absences(organisation):
    """Two classes of nine people: three were away from the first, three others from the second, one of them excused."""
    cohort = CohortFactory(organisation=organisation)
    people = [UserFactory() for _ in range(9)]
    for month, away in ((9, people[:3]), (10, people[3:6])):
        session = SessionFactory(cohort=cohort, opened_at=datetime(2026, month, 5, tzinfo=UTC), seats=10)
        for person in people:
            status = "present" if person not in away else "excused" if person is people[3] else "absent"
            AttendanceFactory(session=session, person=person, status=status)
    return people


def test_the_attendance_rate_is_visits_over_visits_expected(absences, organisation):
    found = totals(organisation)

    assert [found[name] for name in ("visits", "expected", "rate", "average", "filled")] == [
        12, 18, Decimal("66.7"), Decimal("6.0"), Decimal("60.0"),
    ]  # fmt: skip


def test_how_often_a_few_people_were_away_is_hidden(absences, organisation):
    """Six came each month: that is shown. Three were away each month: what would tell it is not."""
    months = by(organisation, By.MONTH)
    september, october = months["September 2026"], months["October 2026"]

    assert [(row["visits"], row["expected"], row["rate"]) for row in (september, october)] == [
        (6, None, None),
        (6, None, None),
    ]


def test_where_nobody_was_away_the_rate_is_a_hundred(organisation):
    session = SessionFactory(cohort__organisation=organisation, opened_at=datetime(2026, 9, 5, tzinfo=UTC))
    for _ in range(5):
        AttendanceFactory(session=session, person=UserFactory())

    assert totals(organisation)["rate"] == Decimal("100.0")


def test_a_rate_of_nothing_is_no_number(organisation):
    answer = ask(Question([organisation], AUTUMN), now=NOW)
    rates = {
        column.figure.id: cell
        for column, cell in zip(answer.columns, answer.totals[0].cells, strict=True)
        if column.figure.over
    }

    assert set(rates) == {"cancelled_share", "rate", "average", "filled", "childcare_used"}
    assert {(cell.value, cell.is_hidden) for cell in rates.values()} == {(None, False)}


def test_a_rate_is_shown_only_where_both_its_parts_are(year, organisation):
    for dimension in By:
        answer = ask(Question([organisation], AUTUMN, dimension), now=NOW)
        places = {column.figure.id: n for n, column in enumerate(answer.columns)}
        for row in [*answer.rows, *answer.totals]:
            visits, expected, rate = (
                row.cells[places[name]].is_hidden for name in ("visits", "expected", "rate")
            )
            assert rate == (visits or expected)


def test_where_places_are_not_written_down_few_people_keep_the_share_hidden(organisation):
    """All eight came; two of them to the class without places: visits less those in the share would tell it."""
    cohort = CohortFactory(organisation=organisation)
    people = [UserFactory() for _ in range(8)]
    for day, seats, came in ((5, 10, people[2:]), (6, None, people[:2])):
        session = SessionFactory(cohort=cohort, opened_at=datetime(2026, 9, day, tzinfo=UTC), seats=seats)
        for person in came:
            AttendanceFactory(session=session, person=person)

    found = totals(organisation)

    assert (found["visits"], found["places"], found["filled"]) == (8, 10, None)


def test_what_one_person_did_often_is_hidden_like_herself(organisation, amina):
    """Five modules finished by one learner are not five learners."""
    cohort = CohortFactory(organisation=organisation, learners=[amina])
    at = datetime(2026, 9, 5, tzinfo=UTC)
    for module in [lesson_with_steps().module for _ in range(5)]:
        finish_module(amina, module, at=at)
    Credential.objects.update(issued_at=at)

    found = totals(cohort.organisation)

    assert [found[name] for name in ("active", "lessons", "modules", "achievements")] == [None] * 4


def test_who_has_left_counts_as_one_person_at_most(organisation):
    """Nobody we know came in this cohort: two visits of somebody who has left stay hidden."""
    cohort = CohortFactory(organisation=organisation)
    for day in (5, 6):
        session = SessionFactory(cohort=cohort, opened_at=datetime(2026, 9, day, tzinfo=UTC))
        AttendanceFactory(session=session, person=None)

    found = totals(organisation)

    assert (found["came"], found["visits"], found["attended"]) == (0, None, None)


def test_mediators_booked_for_a_class_that_was_not_held(organisation):
    SessionFactory(
        cohort__organisation=organisation, opened_at=datetime(2026, 9, 5, tzinfo=UTC), mediator_minutes=90
    )

    found = totals(organisation)

    assert (found["interpreter"], found["interpreter_held"]) == (hours(90), hours(0))


def test_a_class_ticked_and_called_off_was_held(organisation, amina):
    at = datetime(2026, 9, 5, tzinfo=UTC)
    session = SessionFactory(
        cohort__organisation=organisation,
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        opened_at=at,
        cancelled_at=at,
    )
    AttendanceFactory(session=session, person=amina)

    found = totals(organisation)

    assert (found["planned"], found["cancelled"], found["classes"]) == (1, 0, 1)


def test_presets_are_whole_months_until_now():
    months = {
        chosen: (period.first_month.isoformat(), period.last_month.isoformat())
        for chosen in ("this-month", "last-month", "this-quarter", "this-year", "all")
        for period in [preset(chosen, NOW, earliest=lambda: read_month("2025-03"))]
    }

    assert months == {
        "this-month": ("2026-11-01", "2026-11-01"),
        "last-month": ("2026-10-01", "2026-10-01"),
        "this-quarter": ("2026-10-01", "2026-11-01"),
        "this-year": ("2026-01-01", "2026-11-01"),
        "all": ("2025-03-01", "2026-11-01"),
    }


def test_what_is_shown_does_not_depend_on_the_question(organisation):
    """Three people in April, three others in May: the quarter shows six, whichever months are asked about."""
    cohort = CohortFactory(organisation=organisation)
    for month in (4, 5):
        session = SessionFactory(cohort=cohort, opened_at=datetime(2026, month, 5, tzinfo=UTC))
        for _ in range(3):
            AttendanceFactory(session=session, person=UserFactory())
    months = [read_month(f"2026-0{month}") for month in (4, 5, 6)]

    came = {
        (first, last): totals(organisation, Period(first, last), compares=compares)["came"]
        for first, last in combinations_with_replacement(months, 2)
        for compares in (False, True)
    }

    april, may, june = months
    assert came == {
        (april, april): None, (april, may): 6, (april, june): 6, (may, may): None, (may, june): None, (june, june): 0,
    }  # fmt: skip


def test_a_year_that_is_not_over_shows_as_much_as_the_whole_of_it(organisation):
    cohort = CohortFactory(organisation=organisation)
    for month in (10, 11):
        session = SessionFactory(cohort=cohort, opened_at=datetime(2026, month, 5, tzinfo=UTC))
        for _ in range(3):
            AttendanceFactory(session=session, person=UserFactory())

    assert totals(organisation, Period(YEAR.first, YEAR.last - 1), compares=False)["came"] == 6
    assert totals(organisation, YEAR, compares=False)["came"] == 6
