import factory
from factory.django import DjangoModelFactory

from papers.models import PrintJob
from tests.factories.people import UserFactory


class PrintJobFactory(DjangoModelFactory):
    """Asked for and not made yet. Give it an `owner` and `params`."""

    class Meta:
        model = PrintJob

    owner = factory.SubFactory(UserFactory)
    kind = "list"
    language = "en"
    title = "Cohort 1"
