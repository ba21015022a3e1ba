"""An attestation of learning says whether a trainer saw the practice: ticked or taken back later, a new one says so."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from certificates.enums import Kind
from certificates.issuing import replace
from certificates.models import Credential
from certificates.querysets import CredentialQuerySet
from classrooms.models import Supervision
from courses.models import Module
from people.models import User


def follow_supervision(person: User, module: Module) -> None:
    for credential in _that_differ().filter(person=person, module=module):
        _follow(credential.pk)


def follow_all() -> None:
    """What no signal has told: the sweep that guarantees."""
    for credential in _that_differ():
        _follow(credential.pk)


def _that_differ() -> CredentialQuerySet:
    saw = Supervision.objects.standing().filter(person=OuterRef("person"), module=OuterRef("module"))
    held = Credential.objects.current().filter(kind=Kind.ACHIEVEMENT, revoked_at=None, person__isnull=False)
    return held.annotate(now_supervised=Exists(saw)).exclude(now_supervised=F("is_supervised"))


@transaction.atomic
def _follow(credential_id: int) -> None:
    credential = Credential.objects.select_for_update().current().filter(pk=credential_id).first()
    if credential and _that_differ().filter(pk=credential_id).exists():
        replace(credential, is_supervised=not credential.is_supervised)
