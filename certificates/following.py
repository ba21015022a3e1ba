"""What became of a person or a completion must be true of her credentials too."""

from django.db import transaction

from certificates.enums import Kind
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
    _leave_cohorts_of(guest, person)
    Credential.objects.filter(person=guest).update(person=person)
    hers = Credential.objects.select_for_update().current().filter(person=person).order_by("pk")
    alike: dict[tuple[str, int | None], list[Credential]] = {}
    for credential in hers:
        about = credential.cohort_id if credential.is_of_attendance else credential.module_id
        alike.setdefault((credential.kind, about), []).append(credential)
    for credentials in alike.values():
        keep_earliest(credentials)


def _leave_cohorts_of(guest: User, person: User) -> None:
    """One current attestation of attendance a cohort; the sessions are the person's by now."""
    hers = Credential.objects.current().filter(person=person, kind=Kind.ATTENDANCE)
    for own in hers.exclude(cohort=None):
        for other in Credential.objects.current().filter(
            person=guest, kind=Kind.ATTENDANCE, cohort=own.cohort
        ):
            keep_earliest([own, other])


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
