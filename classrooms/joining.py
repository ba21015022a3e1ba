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
from people.names import is_same

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
    # Before its requests, as who asks does: else the two could wait for each other.
    Session.objects.select_for_update(no_key=True).get(pk=asked.session_id)
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
    asked. Once; and again with the same `browser`, for its way in may have been lost on a weak network.

    A visitor who has done her first step meanwhile is in the same hands too.
    """
    if not still_holds(asked, now=now):
        return False
    is_same_browser = browser is not None and browser == asked.browser
    if is_same_browser and _began_meanwhile(asked, person):
        return True
    if asked.used_at is None:
        return person == asked.guest
    return is_same_browser and person in (None, asked.guest, asked.person)


def _began_meanwhile(asked: JoinRequest, person: User | None) -> bool:
    """She was nobody when she asked, and is a guest now; with a name of its own her trainer would have to see her."""
    is_new = person is not None and person.is_guest and not person.name and person.merged_into_id is None
    return is_new and asked.guest_id is None


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
    has_more = _began_meanwhile(asked, person)
    if has_more:
        asked.guest = person
    if asked.used_at is None or asked.person is None or has_more:
        asked.person = _learner_of(asked)
        # Her row tells her name from here on, and is found when she leaves.
        asked.name, asked.used_at = "", now
        asked.save(update_fields=["person", "guest", "name", "used_at"])
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
    # Who is let in works under the name that her trainer has seen.
    if not learner.name or (learner.is_guest and not is_same(learner.name, asked.name)):
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
    """What was typed at the door of a class that is over, and in which browser: nobody needs it any more."""
    over = JoinRequest.objects.exclude(session__in=Session.objects.open_at(now))
    over.exclude(name="", browser=None).update(name="", browser=None)
