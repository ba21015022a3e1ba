from datetime import datetime

import factory
from factory.django import DjangoModelFactory

from reminders.clock import BRUSSELS
from reminders.enums import State
from reminders.models import Letter

FRIDAY_MORNING = datetime(2026, 11, 20, 10, 0, tzinfo=BRUSSELS)


class LetterFactory(DjangoModelFactory):
    """A letter that waits since Friday morning. Give it a `person`."""

    class Meta:
        model = Letter

    kind = "certificate_ready"
    period = factory.Sequence(lambda n: f"CODE-{n}")
    language = "en"
    written_at = due_at = FRIDAY_MORNING

    class Params:
        sent = factory.Trait(state=State.SENT, sent_at=FRIDAY_MORNING)
