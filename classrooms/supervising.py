"""Practice under the eyes of a trainer: what she ticked stands on the certificate."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from classrooms.models import Session, Supervision
from classrooms.signals import supervision_changed
from courses.models import Module
from people.models import User


def supervised(module: Module, people: Iterable[User]) -> dict[int, Supervision]:
    """{person id: what her trainer ticked}."""
    rows = Supervision.objects.standing().filter(module=module, person__in=people).select_related("by")
    return {row.person_id: row for row in rows}


@transaction.atomic
def tick(session: Session, person: User, module: Module, *, by: User, now: datetime) -> None:
    """Ticked already, by whomever, it stays as it is."""
    _, is_new = Supervision.objects.get_or_create(
        person=person, module=module, withdrawn_at=None, defaults={"session": session, "by": by, "at": now}
    )
    if is_new:
        supervision_changed.send_robust(Supervision, person=person, module=module)


@transaction.atomic
def withdraw(person: User, module: Module, *, by: User, now: datetime) -> None:
    rows = Supervision.objects.standing().filter(person=person, module=module)
    if rows.update(withdrawn_at=now, withdrawn_by=by):
        supervision_changed.send_robust(Supervision, person=person, module=module)


@transaction.atomic
def take_over(guest: User, person: User) -> None:
    """Of two for one module the person's own stays."""
    hers = Supervision.objects.standing().filter(person=person).values("module")
    Supervision.objects.standing().filter(person=guest, module__in=hers).delete()
    Supervision.objects.filter(person=guest).update(person=person)
