"""Into the room: with the code, under the eyes of the trainer. A code alone makes nobody anybody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from classrooms.actions import SessionClosed, join, touch
from classrooms.models import JoinRequest, Session
from people import codes
from people.actions import merge_guest
from people.cards import may_have_card
from people.guests import create_guest
from people.models import User

# So many may wait for one answer: thirty learners, each twice, and nobody fills a board from outside with more.
MOST_WAITING = 60
# An answer is taken by a page that asks every few seconds.
ANSWER_HOLDS = timedelta(minutes=10)


def find_open(code: str, *, now: datetime) -> Session | None:
    """None for a code that is wrong, and for one whose session is over: nobody learns which."""
    rows = Session.objects.open_at(now).select_related("cohort__organisation")
    return rows.filter(code=codes.fold(code)).first()


def is_expected(session: Session, person: User | None) -> bool:
    """Of the cohort: she joins by herself."""
    return person is not None and session.cohort.learners.filter(pk=person.pk).exists()


def names_to_choose(session: Session) -> list[User]:
    """Learners of the cohort who have not joined yet and whom a card could let in too."""
    absent = session.cohort.learners.exclude(attendances__in=session.attendances.exclude(joined_at=None))
    return [learner for learner in absent.exclude(name="").order_by("name", "pk") if may_have_card(learner)]


@transaction.atomic
def ask_to_join(
    session: Session, *, person: User | None, guest: User | None, name: str, now: datetime
) -> JoinRequest:
    """The same browser asking again changes what it asked. Raises SessionClosed, also when too many wait."""
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    waiting = JoinRequest.objects.undecided().filter(session=session)
    if not session.is_open(now) or waiting.count() >= MOST_WAITING:
        raise SessionClosed
    if guest:
        waiting.of(guest).filter(guest=guest).delete()
    asked = JoinRequest.objects.create(
        session=session, person=person, guest=guest, name="" if person else name, asked_at=now
    )
    touch(session)
    return asked


@transaction.atomic
def decide(asked: JoinRequest, *, is_let_in: bool, by: User, now: datetime) -> None:
    """The first answer counts."""
    still_open = JoinRequest.objects.undecided().filter(pk=asked.pk)
    if still_open.update(decided_at=now, decided_by=by, is_let_in=is_let_in):
        touch(asked.session)


@transaction.atomic
def take_answer(key: UUID, *, person: User | None, now: datetime) -> tuple[Session, User] | None:
    """Who this browser becomes in which session, once; None when it was not let in, or too long ago.

    `person` is who uses the browser now. A guest's earlier work comes along: merged into the learner she said she is,
    or, for somebody new, as her own in this cohort.
    """
    rows = JoinRequest.objects.select_for_update(of=("self",), no_key=True)
    asked = (
        rows.filter(key=key, is_let_in=True, used_at=None).select_related("session__cohort", "person").first()
    )
    if asked is None or asked.decided_at is None or now > asked.decided_at + ANSWER_HOLDS:
        return None
    session = asked.session
    if not session.is_open(now):
        return None
    guest = person if person and person.is_guest and person.merged_into_id is None else None
    learner = asked.person
    if learner is None:
        learner = person or create_guest()
        if not learner.name:
            learner.name = asked.name
            learner.save(update_fields=["name"])
        session.cohort.learners.add(learner)
    elif guest:
        merge_guest(guest, into=learner)
    asked.used_at = now
    asked.save(update_fields=["used_at"])
    join(session, learner, now=now)
    return session, learner


def waiting_at(session: Session) -> list[JoinRequest]:
    """In the order in which they came."""
    rows = session.join_requests.undecided().select_related("person", "guest")
    return list(rows.order_by("asked_at", "pk"))


def forget_person(person: User) -> None:
    JoinRequest.objects.filter(Q(person=person) | Q(guest=person)).delete()
