"""Secret addresses: a calendar program cannot sign in, so whoever has the address reads that calendar.

The secret is in the database and the signature is made with SECRET_KEY: a copy of one of them opens nothing.
"""

from datetime import datetime

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from classrooms.calendar_models import CalendarAddress, new_secret
from classrooms.enums import Feed
from people.models import User


def _signer(feed: Feed) -> Signer:
    # A salt each: who knows the address of one feed does not know that of the other.
    return Signer(salt=f"classrooms.calendar.{feed.value}", sep=".")


def address_of(person: User, feed: Feed) -> str:
    """Empty until she has asked for one."""
    kept = CalendarAddress.objects.filter(person=person).first()
    if kept is None:
        return ""
    path = reverse(f"classrooms:{feed.value}_calendar", args=[_signer(feed).sign(kept.secret)])
    return settings.BASE_URL + path


def renew(person: User, *, now: datetime) -> None:
    """A new address for each of her calendars. The old ones end, also those she made as a guest."""
    CalendarAddress.objects.filter(person__merged_into=person).delete()
    CalendarAddress.objects.update_or_create(person=person, defaults={"secret": new_secret(), "made_at": now})


def holder_of(token: str, feed: Feed) -> User | None:
    try:
        secret = _signer(feed).unsign(token)
    except BadSignature:
        return None
    person = User.objects.filter(calendar_address__secret=secret).first()
    while person and person.merged_into:
        person = person.merged_into
    return person if person and person.is_active else None
