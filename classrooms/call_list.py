"""People who need a call, of some cohorts: with why, when she was reached last, and words in her language.

Names stand here because somebody must call: it is a page, and never a file, a report or a letter.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import get_language, override

from classrooms import needing
from classrooms.call_words import about, greeting
from classrooms.contacts import Contact, last_contacts
from classrooms.enums import CallOrder, Reason
from classrooms.reasons import Why
from learners.models import Cohort
from people.models import User
from people.phones import in_groups
from people.telephone import PhoneLine, phone_line
from reminders.actions import reading_language
from reminders.reaching import with_channel


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the list is wanted; None is all."""

    cohort: int | None = None
    reason: Reason | None = None
    language: str = ""
    order: CallOrder = CallOrder.URGENT

    @property
    def is_narrow(self) -> bool:
        return bool(self.cohort or self.reason or self.language)


@dataclass(frozen=True, slots=True)
class Row:
    """`cohorts` are those of the list that she is in, `reasons` begin with the most urgent."""

    person: User
    reasons: Sequence[Why]
    cohorts: Sequence[Cohort]
    language: str
    contact: Contact | None

    @property
    def since(self) -> datetime:
        return self.reasons[0].since

    @property
    def phone(self) -> PhoneLine | None:
        return phone_line(in_groups(self.person.phone))

    def told(self) -> list[str]:
        return [one.told() for one in self.reasons]

    def words(self, caller: User) -> str:
        """What to say, in the language of the moment."""
        hello = greeting(
            name=self.person.name, caller=str(caller), organisation=str(self.cohorts[0].organisation)
        )
        return f"{hello} {about(self.reasons)}"


@dataclass(frozen=True, slots=True)
class CallList:
    """Who wants no calls stands apart, and so does who was reached and has no newer reason; those by name."""

    to_call: list[Row] = field(default_factory=list)
    reached: list[Row] = field(default_factory=list)
    without_calls: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Card:
    """A row as it is read; `words` are in `language`, which is hers, `own_words` say the same in the caller's."""

    row: Row
    words: str
    own_words: str


def call_list(cohorts: Sequence[Cohort], wish: Wish, *, now: datetime) -> CallList:
    """A constant number of queries."""
    memberships = Cohort.learners.through.objects.filter(cohort__in=cohorts)
    members: dict[int, set[int]] = {cohort.pk: set() for cohort in cohorts}
    for cohort, person in memberships.values_list("cohort", "user"):
        members[cohort].add(person)
    ids = memberships.values("user")
    people = with_channel(User.objects.filter(pk__in=ids, is_active=True, merged_into=None))
    known = list(people.annotate(calls_stopped_at=F("letter_preference__calls_stopped_at")))
    reasons = needing.reasons(known, ids, members, now=now)
    contacts = last_contacts(ids, cohorts)
    hers: dict[int, list[Cohort]] = defaultdict(list)
    for one in cohorts:
        for learner in members[one.pk]:
            hers[learner].append(one)
    found = CallList()
    for person in known:
        if person.pk not in reasons:
            continue
        row = Row(
            person,
            reasons[person.pk],
            hers[person.pk],
            reading_language(person),
            contacts.get(person.pk),
        )
        if not _is_wanted(row, wish):
            continue
        if person.calls_stopped_at:
            found.without_calls.append(row)
        elif row.contact and row.contact.settles(row.reasons, now=now):
            found.reached.append(row)
        else:
            found.to_call.append(row)
    found.to_call.sort(key=_by(wish.order))
    found.reached.sort(key=_by(CallOrder.NAME))
    found.without_calls.sort(key=_by(CallOrder.NAME))
    return found


def _is_wanted(row: Row, wish: Wish) -> bool:
    return (
        wish.cohort in (None, *(cohort.pk for cohort in row.cohorts))
        and wish.reason in (None, *(one.reason for one in row.reasons))
        and wish.language in ("", row.language)
    )


def _by(order: CallOrder) -> Callable[[Row], Any]:
    """Of those with the same reason the latest stands first: she is the easiest to win back."""
    urgency = list(Reason)

    def key(row: Row) -> Any:
        name = row.person.name.casefold(), row.person.pk
        if order == CallOrder.NAME:
            return name
        if order == CallOrder.LONGEST:
            return min(one.since for one in row.reasons), *name
        first = row.reasons[0]
        return urgency.index(first.reason), -first.since.timestamp(), *name

    return key


def cards(rows: Iterable[Row], *, caller: User) -> list[Card]:
    """Sentences are made for those who are shown only."""
    return [_card(row, caller) for row in rows]


def _card(row: Row, caller: User) -> Card:
    with override(row.language):
        words = row.words(caller)
    return Card(row, words, "" if row.language == get_language() else row.words(caller))
