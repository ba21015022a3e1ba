"""Writing letters, and wanting them or not. Sending them is sending.py."""

from collections.abc import Container
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_supported_language_variant

from people import codes
from people.models import User
from reminders import clock
from reminders.enums import State
from reminders.models import Letter, Preference


def write_letter(person: User, kind: str, period: str, **params: Any) -> Letter | None:
    """Put a letter in the outbox, once an occasion; written again it is the same row.

    None when she has no channel: no address, letters stopped, or an account that is closed. `params` are
    plain values (JSON); the letter is made from them and from the state of the world when it goes out.
    """
    if reason_not_to_write(person):
        return None
    now = timezone.now()
    letter, _ = Letter.objects.get_or_create(
        person=person,
        kind=kind,
        period=period,
        defaults={
            "language": reading_language(person),
            "params": params,
            "written_at": now,
            "due_at": clock.next_open(now),
        },
    )
    return letter


def reason_not_to_write(person: User) -> str | None:
    if not person.is_active or person.merged_into_id:
        return "closed"
    if not person.email:
        return "no-address"
    if Preference.objects.filter(person=person).exclude(email_stopped_at=None).exists():
        return "stopped"
    return None


def reading_language(person: User, among: Container[str] | None = None) -> str:
    """Her own language when we write it, else the one of her forms, else the site's.

    `among`: those in which this letter exists; None: all languages of the site.
    """
    for code in (person.help_language, person.screen_language):
        try:
            language = get_supported_language_variant(code) if code else ""
        except LookupError:
            continue
        if language and (among is None or language in among):
            return language
    return settings.LANGUAGE_CODE


def preference_of(person: User) -> Preference:
    return Preference.objects.get_or_create(person=person)[0]


def holder_of(token: str) -> User | None:
    """Whose letters this token stops, copied in any case, with or without hyphens. A guest's token is good
    for the person she became."""
    person = User.objects.filter(letter_preference__token=codes.fold(token)).first()
    while person and person.merged_into:
        person = person.merged_into
    return person


def stop_letters(token: str) -> None:
    """No more letters to whoever this token belongs to; an unknown token changes nothing and says nothing."""
    if person := holder_of(token):
        preference_of(person)
        now = timezone.now()
        Preference.objects.filter(person=person, email_stopped_at=None).update(email_stopped_at=now)


def resume_letters(person: User) -> None:
    Preference.objects.filter(person=person).update(email_stopped_at=None)


def stop_calls(person: User) -> None:
    """No more calls to her, whichever list she stands on."""
    preference_of(person)
    Preference.objects.filter(person=person, calls_stopped_at=None).update(calls_stopped_at=timezone.now())


def resume_calls(person: User) -> None:
    Preference.objects.filter(person=person).update(calls_stopped_at=None)


@transaction.atomic
def take_over(guest: User, person: User) -> None:
    """The guest's letters become `person`'s; about one occasion she gets one letter; a stop stays a stop."""
    hers = {(letter.kind, letter.period): letter for letter in person.letters.select_for_update()}
    for letter in guest.letters.select_for_update():
        twin = hers.get((letter.kind, letter.period))
        if twin is None:
            Letter.objects.filter(pk=letter.pk).update(person=person)
            continue
        if letter.state == State.SENT and twin.state in (State.DUE, State.SENDING):
            # It has gone out already, to the other half of the same person.
            Letter.objects.filter(pk=twin.pk).update(state=State.DROPPED, dropped_reason="merged")
        letter.delete()
    for field in ("email_stopped_at", "calls_stopped_at"):
        stopped = Preference.objects.filter(person=guest).exclude(**{field: None}).first()
        if stopped:
            preference_of(person)
            Preference.objects.filter(person=person, **{field: None}).update(
                **{field: getattr(stopped, field)}
            )
