"""Calls to learners, whatever they were about: who was reached last by whom, so that nobody is called twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from classrooms.call_models import Call
from classrooms.reasons import Why
from learners.models import Cohort
from people.models import User
from reminders.clock import BRUSSELS

# She is left in peace for so long when nothing has changed.
PEACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Contact:
    """`by` is empty when a colleague of another house called her."""

    call: int
    at: datetime
    by: str

    def settles(self, reasons: Iterable[Why], *, now: datetime) -> bool:
        """Whether no reason is left to call her again."""
        return all(now - self.at < PEACE if one.is_lasting else self.at >= one.since for one in reasons)


def last_contacts(people: QuerySet, cohorts: Iterable[Cohort]) -> dict[int, Contact]:
    """{person id: her last call}; `people` chooses ids. Two queries."""
    calls = {
        call.person_id: call
        for call in Call.objects.filter(person__in=people).order_by("at", "pk").only("person", "at", "by")
    }
    colleagues = User.objects.filter(pk__in={call.by_id for call in calls.values()}).filter(
        Q(cohorts_led__in=cohorts) | Q(memberships__organisation__in={one.organisation_id for one in cohorts})
    )
    names = {person.pk: str(person) for person in colleagues.distinct()}
    return {person: Contact(call.pk, call.at, names.get(call.by_id, "")) for person, call in calls.items()}


def reached(person: User, *, by: User, now: datetime) -> None:
    """Two who call her on one day write one row."""
    Call.objects.update_or_create(
        person=person, day=now.astimezone(BRUSSELS).date(), defaults={"by": by, "at": now}
    )


def take_back(person: User, call: int | None, cohorts: Iterable[Cohort]) -> None:
    """It was no call to her after all. One about a class of other cohorts stays."""
    about = Q(session=None) | Q(session__cohort__in=cohorts)
    Call.objects.filter(about, pk=call, person=person).delete()
