"""Whose the steps are that wait on a phone: what a page tells the phone, and what the phone can prove without us."""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from people.models import User

# As long as browsers keep a guest's cookie, and longer than an outbox may be old.
TICKET_MAX_AGE = 400 * 24 * 3600
_signer = signing.TimestampSigner(salt="learners.ticket")


def tag_of(person: User | None) -> str:
    """Tells people on one phone apart, and says nothing else about them; empty for a visitor who is nobody yet."""
    return salted_hmac("learners.devices", str(person.key)).hexdigest()[:24] if person else ""


def is_of(tag: str, person: User | None) -> bool:
    """Whether what waits under this tag is hers: done as herself, or as a guest who has been merged into her."""
    if _same(tag, tag_of(person)):
        return True
    guests = list(person.merged_guests.all()) if person and tag else []
    while guests:
        if any(_same(tag, tag_of(guest)) for guest in guests):
            return True
        guests = list(User.objects.filter(merged_into__in=guests))
    return False


def _same(one: str, other: str) -> bool:
    return constant_time_compare(one, other)


def ticket_of(person: User) -> str:
    """Goes with the steps that a learner hands to her trainer: only we can have written whose they are."""
    return _signer.sign(person.key.hex)


def owner_of(ticket: str) -> User | None:
    """Who the ticket speaks of, by now; None when she has deleted herself.

    Raises BadSignature when we did not write it, or longer ago than 400 days.
    """
    owner = User.objects.filter(key=_signer.unsign(ticket, max_age=TICKET_MAX_AGE)).first()
    while owner and owner.merged_into:
        owner = owner.merged_into
    return owner
