"""Who may see whose work."""

from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from learners.models import Cohort
from people.access import organisations_coordinated_by
from people.enums import Role
from people.models import User


def is_trainer(person: User | None) -> bool:
    return bool(
        person
        and not person.is_guest
        and (person.memberships.filter(role=Role.TRAINER).exists() or person.cohorts_led.exists())
    )


def may_record(person: User) -> bool:
    """Trainers, and whoever may edit lessons: what they record is heard by everybody."""
    return is_trainer(person) or page_permission_policy.user_has_permission(person, "change")


def may_write_notes(person: User) -> bool:
    """Who sees learners struggle: trainers and coordinators."""
    return is_trainer(person) or organisations_coordinated_by(person).exists()


def cohorts_of(trainer: User) -> QuerySet[Cohort]:
    """The cohorts she leads; everyone else's is a 404."""
    return Cohort.objects.running().led_by(trainer).select_related("organisation").order_by("name")


def cohorts_coordinated_by(person: User) -> QuerySet[Cohort]:
    """Those of her organisations; everyone else's is a 404."""
    rows = Cohort.objects.running().filter(organisation__in=organisations_coordinated_by(person))
    return rows.select_related("organisation").order_by("name")


def leads(trainer: User, learner: User) -> bool:
    return Cohort.objects.led_by(trainer).filter(learners=learner).exists()


def learners_of(trainer: User) -> QuerySet[User]:
    """Whom she teaches now."""
    return User.objects.filter(cohorts__in=cohorts_of(trainer)).distinct().order_by("name", "pk")


def may_collect_for(trainer: User, learner: User) -> bool:
    """Her own learners, and a guest in no cohort at all: whoever stands before a trainer with her phone is helped.

    Nothing of the learner is shown to the trainer by it, and steps only ever add to what she has done.
    """
    if learner.is_guest and not learner.cohorts.exists():
        return True
    return cohorts_of(trainer).filter(learners=learner).exists()
