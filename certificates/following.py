"""What became of a person or a completion must be true of her credentials too."""

from django.db import transaction

from certificates.issuing import drop_paper, supersede
from certificates.models import Credential
from learners.models import Enrolment, ModuleCompletion
from people.models import User


@transaction.atomic
def follow_person(guest: User, person: User) -> None:
    """What the guest held is hers. Of two current ones for one module the earlier stays."""
    # Nothing new is issued for their work from here on; in the order in which progress is locked.
    for one in (person, guest):
        list(Enrolment.objects.select_for_update().filter(person=one).order_by("module_id").values_list("pk"))
    Credential.objects.filter(person=guest).update(person=person)
    hers = Credential.objects.select_for_update().current().filter(person=person).order_by("pk")
    by_module: dict[int, list[Credential]] = {}
    for credential in hers:
        by_module.setdefault(credential.module_id, []).append(credential)
    for credentials in by_module.values():
        keep_earliest(credentials)


@transaction.atomic
def follow_completion(gone: ModuleCompletion, kept: ModuleCompletion) -> None:
    """Two completions became one: at most one current credential may hold it."""
    current = Credential.objects.select_for_update().current().filter(completion__in=[gone, kept])
    keep_earliest(list(current.order_by("pk")))
    Credential.objects.filter(completion=gone).update(completion=kept)


def keep_earliest(credentials: list[Credential]) -> None:
    """A revoked one never takes the place of a good one."""
    in_order = sorted(credentials, key=lambda one: (one.revoked_at is not None, one.issued_at, one.pk))
    for credential in in_order[1:]:
        supersede(credential, by=in_order[0])


@transaction.atomic
def forget_name(person: User) -> None:
    """She leaves: no name and no paper remain. The code stays good: it says title, date, hours and issuer."""
    for credential in Credential.objects.select_for_update().filter(person=person).order_by("pk"):
        drop_paper(credential)
        credential.name, credential.person = "", None
        credential.save(update_fields=["name", "person", "pdf", "rendered_at"])
