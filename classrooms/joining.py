"""Into the room: with the code, under the eyes of the trainer. A code alone makes nobody anybody."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from classrooms.actions import SessionClosed, join, touch
from classrooms.models import JoinRequest, Session
from people import codes
from people.actions import merge_guest
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
    joined = session.attendances.exclude(joined_at=None)
    absent = session.cohort.learners.who_may_have_card().exclude(attendances__in=joined)
    return list(absent.exclude(name="").order_by("name", "pk"))


@transaction.atomic
def ask_to_join(
    session: Session,
    *,
    person: User | None,
    guest: User | None,
    name: str,
    browser: UUID | None = None,
    now: datetime,
) -> JoinRequest:
    """The same browser asking the same again stands at the door once, and has the answer it was given meanwhile.

    Asking something else it is another request, so that nobody is let in for whom her trainer has not seen. `browser`
    is None for a client without cookies. Raises SessionClosed, also when too many wait.
    """
    session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not session.is_open(now):
        raise SessionClosed
    name = "" if person else name
    before = JoinRequest.objects.filter(session=session).by(guest, browser)
    same = before.filter(person=person, guest=guest, name=name, used_at=None).order_by("pk").last()
    if same and (same.decided_at is None or still_holds(same, now=now)):
        return same
    before.undecided().delete()
    if JoinRequest.objects.undecided().filter(session=session).count() >= MOST_WAITING:
        raise SessionClosed
    asked = JoinRequest.objects.create(
        session=session, person=person, guest=guest, name=name, browser=browser, asked_at=now
    )
    touch(session)
    return asked


@transaction.atomic
def decide(asked: JoinRequest, *, is_let_in: bool, by: User, now: datetime) -> None:
    """The first answer counts."""
    still_open = JoinRequest.objects.undecided().filter(pk=asked.pk)
    if still_open.update(decided_at=now, decided_by=by, is_let_in=is_let_in):
        touch(asked.session)


def still_holds(asked: JoinRequest, *, now: datetime) -> bool:
    """She was let in, not too long ago, to a class that is on."""
    if not asked.is_let_in or asked.decided_at is None:
        return False
    return now <= asked.decided_at + ANSWER_HOLDS and asked.session.is_open(now)


def may_come_in(
    asked: JoinRequest, *, person: User | None, browser: UUID | None = None, now: datetime
) -> bool:
    """Whether this browser, which `person` uses now, may take the answer: while it is in the same hands as when it
    asked. Once; and again with the same `browser`, for its way in may have been lost on a weak network."""
    if not still_holds(asked, now=now):
        return False
    if asked.used_at is None:
        return person == asked.guest
    return browser is not None and browser == asked.browser and person in (None, asked.guest, asked.person)


@transaction.atomic
def take_answer(
    key: UUID, *, person: User | None, browser: UUID | None = None, now: datetime
) -> tuple[Session, User] | None:
    """Who this browser becomes in which session; None when it may not come in (`may_come_in`).

    Raises SessionClosed when the class ends in this moment.
    """
    rows = JoinRequest.objects.select_for_update(of=("self",), no_key=True)
    asked = rows.filter(key=key).select_related("session__cohort", "person", "guest").first()
    if asked is None or not may_come_in(asked, person=person, browser=browser, now=now):
        return None
    if asked.used_at is None or asked.person is None:
        asked.person = _learner_of(asked)
        # Her row tells her name from here on, and is found when she leaves.
        asked.name, asked.used_at = "", now
        asked.save(update_fields=["person", "name", "used_at"])
    join(asked.session, asked.person, now=now)
    return asked.session, asked.person


def _learner_of(asked: JoinRequest) -> User:
    """A guest's earlier work comes along: merged into the learner she said she is, or, for somebody new, as her own in
    this cohort."""
    guest = asked.brings
    if asked.person:
        if guest and guest.is_guest:
            merge_guest(guest, into=asked.person)
        return asked.person
    learner = guest or create_guest()
    if not learner.name:
        learner.name = asked.name
        learner.save(update_fields=["name"])
    asked.session.cohort.learners.add(learner)
    return learner


def waiting_at(session: Session) -> list[JoinRequest]:
    """In the order in which they came."""
    rows = session.join_requests.undecided().select_related("person", "guest")
    return list(rows.order_by("asked_at", "pk"))


def forget_person(person: User) -> None:
    JoinRequest.objects.filter(Q(person=person) | Q(guest=person)).delete()


def forget_names(now: datetime) -> None:
    """What was typed at the door of a class that is over: nobody needs it any more."""
    rows = JoinRequest.objects.exclude(name="").exclude(session__in=Session.objects.open_at(now))
    rows.update(name="")
