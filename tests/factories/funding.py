from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from funding.models import Project
from tests.factories.people import OrganisationFactory


class ProjectFactory(DjangoModelFactory):
    """Of `cohorts`; switched on, begun a month ago, for half a year more."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Project {n}")
    programme = "ESF+ Flanders"
    begins_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=180))
    is_on = True

    @factory.post_generation
    def cohorts(self, create, cohorts, **kwargs):
        self.cohorts.set(cohorts or [])
