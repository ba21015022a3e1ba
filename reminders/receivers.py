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
    stops = ("email_stopped_at", "letters_stopped_at"), ("calls_stopped_at", "calls_stopped_at")
    return [
        {shown: row[field].isoformat()}
        for row in Preference.objects.filter(person=person).values(*dict(stops))
        for field, shown in stops
        if row[field]
    ]


portability.offer("letters", _("Letters we sent you"), letters_of)
portability.offer("letter_wishes", _("Letters and calls you stopped"), wishes_of)
