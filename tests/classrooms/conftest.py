from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions import new_session_code, open_session
from classrooms.models import Place, Session
from people.enums import Role
from reminders.clock import BRUSSELS
from tests.factories.learners import CohortFactory
from tests.factories.people import MembershipFactory, UserFactory


@pytest.fixture
def session(cohort, bram):
    return open_session(cohort, by=bram, now=timezone.now())


@pytest.fixture
def trainer(bram) -> Client:
    client = Client()
    client.force_login(bram)
    return client


@pytest.fixture
def learner(amina) -> Client:
    client = Client()
    client.force_login(amina)
    return client


# A Friday: on Sunday 25 October the clocks go back.
FRIDAY = datetime(2026, 10, 23, 10, 0, tzinfo=BRUSSELS)
# In no public answer: of a learner, a trainer, a mediator, and of their cohort.
NAMES = ("Geheimnaam", "Trainernaam", "Tolknaam", "Cohortnaam")


@pytest.fixture
def friday(set_clock) -> datetime:
    set_clock(FRIDAY)
    return FRIDAY


@pytest.fixture
def plan(organisation) -> Callable[..., Session]:
    """A class `at` some time for two hours, in the blue house; everybody in it has a name to be found."""
    learner = UserFactory(name="Geheimnaam")
    trainer = UserFactory(name="Trainernaam")
    mediator = MembershipFactory(
        user=UserFactory(name="Tolknaam"), organisation=organisation, role=Role.MEDIATOR
    ).user
    cohort = CohortFactory(
        name="Cohortnaam", organisation=organisation, trainers=[trainer], learners=[learner]
    )
    place = Place.objects.create(
        organisation=organisation, name="The blue house", address="Kaai 1", town="Gent", access="Ring twice."
    )
    organisation.contact_phone = "Onthaal: 02 000 00 00\nGSM van Trainernaam: 0400 00 00 15"
    organisation.save()

    def plan(at: datetime = FRIDAY + timedelta(days=3), **fields: Any) -> Session:
        shared = {
            "cohort": cohort, "place": place, "trainer": trainer, "mediator": mediator, "mediator_language": "ti",
            "languages": "ar fr", "is_public": True, "plan_changed_at": FRIDAY,
        }  # fmt: skip
        shared |= {"starts_at": at, "ends_at": at + timedelta(hours=2), "code": new_session_code(), **fields}
        return Session.objects.create(**shared)

    return plan
