"""Sign-in cards: made by a trainer, opened with a PIN, cancelled when lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from people import classes, codes, pins, seeds
from people.enums import CardEnd, PinKind
from people.models import SignInCard, User
from people.resuming import may_have_code

# The letter of the kind, then 54 bits.
TOKEN_LENGTH = 12
TRIES_BEFORE_REST = 5
REST = timedelta(minutes=10)
MOST_TRIES = 15


@dataclass(frozen=True)
class NewCard:
    """A card with the PIN that opens it, which nobody can read afterwards."""

    card: SignInCard
    pin: pins.Pin


@transaction.atomic
def issue(
    *, learners: Iterable[User], by: User, kind: PinKind, works_at_home: bool, seed: str, now: datetime
) -> list[NewCard]:
    """A card for each who may have one; the card she had is cancelled.

    The same seed makes the same cards, once: sent again it changes nothing, and leaves out what was cancelled since.
    """
    ids = sorted(learner.pk for learner in learners)
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    made = [_issue(person, by, kind, works_at_home, seed, now) for person in locked if may_have_card(person)]
    return [new for new in made if new.card.cancelled_at is None]


def _issue(person: User, by: User, kind: PinKind, works_at_home: bool, seed: str, now: datetime) -> NewCard:
    about = (kind.value, works_at_home, person.pk)
    signs = seeds.spelled(seeds.number_from(seed, "card", *about), codes.ALPHABET, TOKEN_LENGTH - 1)
    token = kind.value + "".join(signs)
    pin = pins.pin_from(kind, seeds.number_from(seed, "pin", *about))
    card = SignInCard.objects.filter(token=token).first()
    if card is None:
        _end(person, CardEnd.REPLACED, now)
        card = SignInCard.objects.create(
            person=person,
            token=token,
            pin_digest=pins.digest(token, pin),
            works_at_home=works_at_home,
            issued_at=now,
            issued_by=by,
        )
    return NewCard(card, pin)


def may_have_card(person: User) -> bool:
    """As for a code: a card never opens what belongs to those who work with learners."""
    return person.merged_into_id is None and may_have_code(person)


@transaction.atomic
def cancel_lost(person: User, *, now: datetime) -> None:
    """Her card is lost: it opens nothing any more, and who is signed in as her, on whatever device, is signed out.

    Of a guest the key changes, which her cookies carry; so her own phone too needs a new card or her resume code.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not _end(person, CardEnd.LOST, now):
        return
    if person.is_guest:
        person.key = User._meta.get_field("key").get_default()
    person.session_round += 1
    person.save(update_fields=["key", "session_round"])


def end_by_merge(guest: User, *, now: datetime) -> None:
    """What she did is another's now: the paper that opened it opens nothing."""
    _end(guest, CardEnd.MERGED, now)


def _end(person: User, why: CardEnd, now: datetime) -> int:
    return SignInCard.objects.active().filter(person=person).update(cancelled_at=now, cancelled_because=why)


@transaction.atomic
def open_card(token: str, pin: pins.Pin, *, now: datetime) -> User | None:
    """Whose card this is, when the PIN is right and the card works now; else None, for whatever reason.

    A card that would not open in any case (cancelled, resting, at home without being for home) looks at no PIN and
    counts no try: nobody learns a PIN from it. The row is locked, so that tries at once are counted one by one.
    """
    card = (
        SignInCard.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(token=token)
        .first()
    )
    is_right = constant_time_compare(card.pin_digest if card else "", pins.digest(token, pin))
    if card is None or not _works_now(card, now):
        return None
    if not is_right:
        _count_wrong_try(card, now)
        return None
    card.wrong_tries, card.rests_until, card.last_used_at = 0, None, now
    card.save(update_fields=["wrong_tries", "rests_until", "last_used_at"])
    return card.person


def _works_now(card: SignInCard, now: datetime) -> bool:
    return (
        card.cancelled_at is None
        and not card.rests(now)
        and may_have_card(card.person)
        and (card.works_at_home or classes.is_class_on(card.person))
    )


def _count_wrong_try(card: SignInCard, now: datetime) -> None:
    card.wrong_tries += 1
    if card.wrong_tries >= MOST_TRIES:
        card.cancelled_at, card.cancelled_because = now, CardEnd.TRIES
    elif card.wrong_tries % TRIES_BEFORE_REST == 0:
        card.rests_until = now + REST
    card.save(update_fields=["wrong_tries", "rests_until", "cancelled_at", "cancelled_because"])


def kind_of(token: str) -> PinKind:
    """What a card's page asks for: the code alone decides, whether there is such a card or not."""
    return PinKind.DIGITS if token.startswith(PinKind.DIGITS) else PinKind.PICTURES
