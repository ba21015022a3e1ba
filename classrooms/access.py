"""Who may see and run a session: those who lead its cohort; and its mediator may look and help."""

from django.db.models import Q

from classrooms.models import Session
from classrooms.querysets import SessionQuerySet
from people.access import organisations_where
from people.enums import Role
from people.models import User


def sessions_of(trainer: User) -> SessionQuerySet:
    """Of the cohorts she leads; everyone else's is a 404."""
    return Session.objects.led_by(trainer).select_related("cohort__organisation")


def sessions_open_to(person: User) -> SessionQuerySet:
    """Those she leads, and those for which she is booked as a mediator, of an organisation that has her as one."""
    booked = Session.objects.booked_for(person).filter(
        cohort__organisation__in=organisations_where(person, Role.MEDIATOR)
    )
    rows = Session.objects.filter(Q(pk__in=Session.objects.led_by(person)) | Q(pk__in=booked))
    return rows.select_related("cohort__organisation")


def leads_session(person: User, session: Session) -> bool:
    return session.cohort.trainers.filter(pk=person.pk).exists()


def is_mediator(person: User) -> bool:
    return bool(organisations_where(person, Role.MEDIATOR))
