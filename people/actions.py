"""What can happen to a person."""

from django.db import transaction
from django.utils import timezone

from people import cards
from people.languages import OFF, ON
from people.models import User
from people.signals import people_merged, person_leaving


@transaction.atomic
def merge_guest(guest: User, *, into: User) -> None:
    """Make the guest's work `into`'s: merged, never lost, never doubled; doing it again changes nothing.

    Raises ValueError when `guest` can sign in by itself: such a person is never swallowed.
    """
    if guest.pk == into.pk:
        return
    # Both rows are locked in one order, so that two merges at once cannot wait for each other; `no_key`, so that who
    # holds her work and writes a row that points at her (a credential) need not wait for us, who wait for her work.
    both = User.objects.filter(pk__in=[guest.pk, into.pk]).order_by("pk")
    locked = {user.pk: user for user in both.select_for_update(no_key=True)}
    guest = locked[guest.pk]
    if not guest.is_guest:
        raise ValueError("only a guest can be merged")
    if guest.merged_into_id not in (None, into.pk):
        return
    people_merged.send(User, guest=guest, person=into)
    cards.end_by_merge(guest, now=timezone.now())
    guest.merged_into = into
    guest.save(update_fields=["merged_into"])
    missing = [
        field
        for field in ("name", "help_language", "screen_language", "comfort")
        if not getattr(into, field) and getattr(guest, field)
    ]
    for field in missing:
        setattr(into, field, getattr(guest, field))
    if missing:
        into.save(update_fields=missing)


@transaction.atomic
def forget(person: User) -> None:
    """Delete a person and what is hers. What was issued stays, without her name."""
    for guest in person.merged_guests.all():
        person_leaving.send(User, person=guest)
    person_leaving.send(User, person=person)
    person.delete()


def choose_languages(
    person: User, *, help_language: str = "", screen_language: str = "", both: str = ""
) -> None:
    """What is empty stays; `both` is "on" or "off"."""
    person.help_language = help_language or person.help_language
    person.screen_language = screen_language or person.screen_language
    person.reads_both = both == ON if both in (ON, OFF) else person.reads_both
    person.save(update_fields=["help_language", "screen_language", "reads_both"])


def choose_comfort(person: User, comfort: str) -> None:
    """`comfort` as `people.comfort.tidy` writes it."""
    person.comfort = comfort
    person.save(update_fields=["comfort"])
