from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from people import portability
from people.models import User
from people.signals import people_merged, person_leaving
from reminders import actions, mailbox
from reminders.models import Preference


@receiver(people_merged)
def take_over_letters(sender: Any, guest: User, person: User, **kwargs: Any) -> None:
    actions.take_over(guest, person)


@receiver(person_leaving)
def forget_files(sender: Any, person: User, **kwargs: Any) -> None:
    """Her rows go with her; the files of the embedded outbox would stay."""
    if address := person.email:
        transaction.on_commit(lambda: mailbox.forget_letters_to(address))


def letters_of(person: User) -> list[dict[str, Any]]:
    fields = ("kind", "language", "state", "written_at", "sent_at")
    return [
        {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
        for row in person.letters.order_by("written_at", "pk").values(*fields)
    ]


def wishes_of(person: User) -> list[dict[str, Any]]:
    return [
        {"letters_stopped_at": stopped_at and stopped_at.isoformat()}
        for stopped_at in Preference.objects.filter(person=person)
        .exclude(email_stopped_at=None)
        .values_list("email_stopped_at", flat=True)
    ]


portability.offer("letters", _("Letters we sent you"), letters_of)
portability.offer("letter_wishes", _("Letters you stopped"), wishes_of)
