from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from classrooms.actions import new_session_code
from classrooms.models import Attendance, Place, Session
from tests.factories.learners import CohortFactory
from tests.factories.people import OrganisationFactory


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"House {n}")
    town = "Gent"


class SessionFactory(DjangoModelFactory):
    """Held from `opened_at` for `minutes`, and closed."""

    class Meta:
        model = Session

    class Params:
        minutes = 120

    cohort = factory.SubFactory(CohortFactory)
    code = factory.LazyFunction(new_session_code)
    closes_at = factory.LazyAttribute(lambda one: one.opened_at + timedelta(hours=4))
    closed_at = factory.LazyAttribute(lambda one: one.opened_at + timedelta(minutes=one.minutes))


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    status = "present"
