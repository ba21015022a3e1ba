"""Who leads a cohort: a trainer invites a colleague, and only her own yes makes her one of its trainers."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from learners.models import Cohort, Invitation
from people.enums import Role
from people.models import Organisation, User


class NotOfOrganisation(Exception):
    """She is no trainer of the cohort's organisation any more."""


class LastTrainer(Exception):
    """Without her nobody leads the cohort."""


def trainers_of(organisation: Organisation) -> QuerySet[User]:
    members = User.objects.filter(
        memberships__organisation=organisation, memberships__role=Role.TRAINER, is_active=True
    )
    return members.distinct().order_by("name", "pk")


def colleagues_to_invite(cohort: Cohort) -> QuerySet[User]:
    """Who could lead it too, and was not asked yet."""
    asked = Invitation.objects.open().filter(cohort=cohort)
    return trainers_of(cohort.organisation).exclude(cohorts_led=cohort).exclude(invitations__in=asked)


def invitations_to(person: User) -> QuerySet[Invitation]:
    """What she may still say yes to."""
    rows = Invitation.objects.open().filter(
        person=person,
        cohort__organisation__memberships__user=person,
        cohort__organisation__memberships__role=Role.TRAINER,
    )
    return rows.select_related("cohort__organisation", "invited_by").distinct().order_by("invited_at", "pk")


def invite(cohort: Cohort, colleague: User, *, by: User, now: datetime) -> Invitation:
    """Asking twice is one invitation."""
    invitation, _ = Invitation.objects.get_or_create(
        cohort=cohort,
        person=colleague,
        answered_at=None,
        defaults={"invited_by": by, "invited_at": now},
    )
    return invitation


def take_back(cohort: Cohort, colleague: User) -> None:
    """What she answered already stays answered."""
    Invitation.objects.open().filter(cohort=cohort, person=colleague).delete()


@transaction.atomic
def answer(invitation: Invitation, *, is_accepted: bool, now: datetime) -> bool:
    """False when it was answered or taken back before. Raises NotOfOrganisation, and then it stays open."""
    cohort = _locked(invitation.cohort)
    if is_accepted and not trainers_of(cohort.organisation).filter(pk=invitation.person_id).exists():
        raise NotOfOrganisation
    still_open = Invitation.objects.open().filter(pk=invitation.pk)
    if not still_open.update(answered_at=now, is_accepted=is_accepted):
        return False
    if is_accepted:
        cohort.trainers.add(invitation.person_id)
    return True


@transaction.atomic
def step_back(cohort: Cohort, trainer: User) -> None:
    """Raises LastTrainer; an account that is closed leads nobody."""
    cohort = _locked(cohort)
    if not cohort.trainers.filter(is_active=True).exclude(pk=trainer.pk).exists():
        raise LastTrainer
    cohort.trainers.remove(trainer)


def _locked(cohort: Cohort) -> Cohort:
    rows = Cohort.objects.select_for_update(of=("self",), no_key=True).select_related("organisation")
    return rows.get(pk=cohort.pk)
