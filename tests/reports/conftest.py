"""A year of Wegwijs vzw, small enough to be counted by hand and large enough to be shown."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from certificates.enums import Kind
from certificates.models import Credential
from classrooms.models import Attendance, Session
from learners.models import Enrolment
from people.models import User
from tests.factories.certificates import CredentialFactory
from tests.factories.classrooms import AttendanceFactory, PlaceFactory, SessionFactory
from tests.factories.courses import lesson_with_steps
from tests.factories.learners import CohortFactory, finish_module
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LANGUAGES = ["ar"] * 8 + ["uk"] * 6 + ["ti"] * 2 + [""] * 5


@dataclass
class Year:
    """What happened, as plain lists: the tests count in them."""

    learners: list[User] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)


@pytest.fixture
def year(organisation, bram) -> Year:
    year = Year()
    lesson = lesson_with_steps()
    year.learners = [
        UserFactory(username=f"learner{n}", help_language=language) for n, language in enumerate(LANGUAGES)
    ]
    mornings = CohortFactory(name="Mornings", organisation=organisation, learners=year.learners[:11])
    evenings = CohortFactory(name="Evenings", organisation=organisation, learners=year.learners[11:])
    house = PlaceFactory(organisation=organisation, name="Blue house")
    for month in (7, 9, 10, 11):
        for cohort, people in ((mornings, year.learners[:11]), (evenings, year.learners[11:])):
            year.sessions.append(hold(year, cohort, people, month, house if cohort == mornings else None))
    call_off(mornings, datetime(2026, 10, 12, 8, tzinfo=UTC))
    for n, person in enumerate(year.learners[:14]):
        at = datetime(2026, 10 if n < 7 else 11, 3, 10, tzinfo=UTC) + timedelta(hours=n)
        enrolment = finish_module(person, lesson.module, at=at)
        year.enrolments.append(enrolment)
        Credential.objects.filter(completion=enrolment.completion).update(issued_at=at)
    for person in year.learners[:6]:
        CredentialFactory(
            person=person,
            module=None,
            kind=Kind.ATTENDANCE,
            cohort=mornings,
            minutes_attended=600,
            sessions_attended=4,
            issued_at=datetime(2026, 11, 10, tzinfo=UTC),
        )
    return year


def hold(year, cohort, people, month, place):
    """Everybody but the last comes, the first one late; the mornings are planned and have places, the evenings
    have childcare and an interpreter."""
    is_evening = place is None
    at = datetime(2026, month, 5, 17 if is_evening else 8, tzinfo=UTC)
    session = SessionFactory(
        cohort=cohort,
        place=place,
        starts_at=None if is_evening else at,
        ends_at=None if is_evening else at + timedelta(hours=2),
        seats=None if is_evening else 12,
        opened_at=at,
        minutes=125,
        childcare_places=6 if is_evening else 0,
        children_came=5 if is_evening and month != 11 else None,
        mediator_language="ar" if is_evening else "",
        mediator_minutes=90 if is_evening and month != 7 else None,
        is_women_only=is_evening,
    )
    for n, person in enumerate(people):
        status, late = (
            ("late", 20) if n == 0 else ("absent", None) if n == len(people) - 1 else ("present", None)
        )
        year.attendances.append(
            AttendanceFactory(session=session, person=person, status=status, minutes_late=late)
        )
    return session


def call_off(cohort, at):
    """It was planned, booked and offered, and did not take place."""
    return SessionFactory(
        cohort=cohort,
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        opened_at=None,
        closes_at=None,
        closed_at=None,
        cancelled_at=at - timedelta(days=1),
        seats=12,
        childcare_places=4,
        mediator_minutes=120,
    )


@pytest.fixture
def coordinator(celia) -> Client:
    client = Client()
    client.force_login(celia)
    return client
