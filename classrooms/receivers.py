from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.dispatch import receiver

from classrooms import supervising
from classrooms.call_models import Call
from classrooms.joining import forget_person
from classrooms.models import Attendance, HelpRequest
from people.models import User
from people.signals import people_merged, person_leaving


@receiver(people_merged)
def take_over(sender: Any, guest: User, person: User, **kwargs: Any) -> None:
    """Where both were, the earlier arrival stays; a tick of her trainer is never lost."""
    hers = {row.session_id: row for row in Attendance.objects.select_for_update().filter(person=person)}
    for row in Attendance.objects.select_for_update().filter(person=guest):
        kept = hers.get(row.session_id)
        if kept is None:
            row.person = person
            row.save(update_fields=["person"])
            continue
        kept.joined_at = min(filter(None, (kept.joined_at, row.joined_at)), default=None)
        if not kept.status:
            kept.status, kept.minutes_late = row.status, row.minutes_late
        kept.save(update_fields=["joined_at", "status", "minutes_late"])
        row.changes.update(attendance=kept)
        row.delete()
    supervising.take_over(guest, person)
    asked = HelpRequest.objects.filter(person=guest)
    both = HelpRequest.objects.waiting().filter(person=person, session=OuterRef("session"))
    asked.filter(Exists(both), ended_at=None).delete()
    asked.update(person=person)
    called = Call.objects.filter(person=guest)
    hers_too = Q(session=OuterRef("session")) | Q(day=OuterRef("day"))
    called.filter(Exists(Call.objects.filter(hers_too, person=person))).delete()
    called.update(person=person)


@receiver(person_leaving)
def forget(sender: Any, person: User, **kwargs: Any) -> None:
    forget_person(person)
    rows = Attendance.objects.filter(person=person)
    rows.filter(status="").delete()
    rows.update(person=None, step=None, joined_at=None)
    HelpRequest.objects.filter(person=person).delete()
