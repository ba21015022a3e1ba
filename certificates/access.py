"""Who may see a certificate. Anyone may check a code; that page shows no name."""

from certificates.models import Credential
from certificates.querysets import CredentialQuerySet
from people.models import User


def credentials_within_reach(person: User | None) -> CredentialQuerySet:
    return Credential.objects.visible_to(person) if person else Credential.objects.none()


def may_correct(person: User | None, credential: Credential) -> bool:
    return person is not None and credential.person_id == person.pk and credential.is_valid
