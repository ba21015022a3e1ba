from datetime import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from reminders.clock import BRUSSELS
from reports.enums import By, Rhythm
from reports.models import RecordStore, RecordStoreKey
from reports.schedule_models import Recipient, Schedule
from tests.factories.people import OrganisationFactory

MADE_AT = datetime(2026, 11, 20, 12, tzinfo=BRUSSELS)
DECEMBER_2026 = 2026 * 12 + 11


class ScheduleFactory(DjangoModelFactory):
    """Every month, made in November 2026: the first report is about that month, in December. Give `organisations` and
    `recipients`."""

    class Meta:
        model = Schedule
        skip_postgeneration_save = True

    by = By.NOTHING
    figure = "came"
    rhythm = Rhythm.MONTH
    next_month = DECEMBER_2026
    made_at = MADE_AT

    @factory.post_generation
    def organisations(self, create, organisations, **kwargs):
        self.organisations.set(organisations or [])

    @factory.post_generation
    def recipients(self, create, people, **kwargs):
        for person in people or []:
            Recipient.objects.create(schedule=self, person=person)


class RecordStoreFactory(DjangoModelFactory):
    class Meta:
        model = RecordStore

    organisation = factory.SubFactory(OrganisationFactory)
    keeper = "Office of Wegwijs"


class RecordStoreKeyFactory(DjangoModelFactory):
    """A key that nobody knows the password of."""

    class Meta:
        model = RecordStoreKey

    store = factory.SubFactory(RecordStoreFactory)
    name = factory.Sequence(lambda n: f"key{n}")
    digest = "unknown"
    made_at = factory.LazyFunction(timezone.now)
