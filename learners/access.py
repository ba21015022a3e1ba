"""Who may see whose work."""

from django.db.models import QuerySet

from learners.models import Cohort
from people.enums import Role
from people.models import User


def is_trainer(person: User | None) -> bool:
    return bool(
        person
        and not person.is_guest
        and (person.memberships.filter(role=Role.TRAINER).exists() or person.cohorts_led.exists())
    )


def cohorts_of(trainer: User) -> QuerySet[Cohort]:
    """The cohorts she leads; everyone else's is a 404."""
    return Cohort.objects.running().led_by(trainer).select_related("organisation").order_by("name")


def leads(trainer: User, learner: User) -> bool:
    return Cohort.objects.led_by(trainer).filter(learners=learner).exists()
