"""Whom to call about a class because no letter reaches her, and what to say in her language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from classrooms.call_models import Call
from classrooms.call_words import apart, greeting
from classrooms.models import Session
from people.models import User
from people.phones import in_groups
from people.telephone import PhoneLine, phone_line
from reminders.actions import reading_language
from reminders.clock import BRUSSELS
from reminders.reaching import with_channel


@dataclass(frozen=True, slots=True)
class CallRow:
    """`words` are in `language`, which is hers; `own_words` say the same in the trainer's."""

    person: User
    phone: PhoneLine | None
    language: str
    words: str
    own_words: str
    is_reached: bool
    wants_calls: bool


def call_rows(session: Session, *, trainer: User, now: datetime) -> list[CallRow]:
    """By name: learners without an address, who stopped letters, or whose last letter came back."""
    # Who was reached before it moved, or was called off, does not know yet.
    called = Call.objects.filter(session=session, person=OuterRef("pk"), at__gte=session.plan_changed_at)
    people = with_channel(session.cohort.learners.filter(is_active=True)).exclude(no_letter="")
    people = people.annotate(
        reached_at=Subquery(called.values("at")),
        calls_stopped_at=F("letter_preference__calls_stopped_at"),
    ).order_by("name", "pk")
    return [_row(session, person, trainer, now) for person in people]


def _row(session: Session, person: User, trainer: User, now: datetime) -> CallRow:
    language, today = reading_language(person), now.astimezone(BRUSSELS).date()
    with override(language):
        words = what_to_say(session, name=person.name, trainer=str(trainer), today=today)
    return CallRow(
        person=person,
        phone=phone_line(in_groups(person.phone)),
        language=language,
        words=words,
        own_words=""
        if language == get_language()
        else what_to_say(session, name=person.name, trainer=str(trainer), today=today),
        is_reached=person.reached_at is not None,  # type: ignore[attr-defined]
        wants_calls=person.calls_stopped_at is None,  # type: ignore[attr-defined]
    )


def what_to_say(session: Session, *, name: str, trainer: str, today: date) -> str:
    """In the language of the moment. `name` may be empty."""
    begins = session.began_at.astimezone(BRUSSELS)
    when = {
        "day": f"{date_format(begins.date(), 'l')} {date_format(begins.date())}",
        "time": apart(f"{begins:%H:%M}"),
    }
    said = [greeting(name=name, caller=trainer, organisation=str(session.cohort.organisation))]
    if session.cancelled_at:
        return " ".join(
            [*said, _("The class on %(day)s at %(time)s is called off. Please do not come.") % when]
        )
    if begins.date() == today + timedelta(days=1):
        said.append(_("Class is tomorrow, %(day)s at %(time)s.") % when)
    elif begins.date() == today:
        said.append(_("Class is today, %(day)s at %(time)s.") % when)
    else:
        said.append(_("Class is on %(day)s at %(time)s.") % when)
    if place := session.place:
        where = ", ".join(filter(None, (place.name, place.address, place.town)))
        said.append(_("The place is: %(place)s.") % {"place": apart(where)})
    return " ".join([*said, _("Will you come?")])


def reached(session: Session, person: User, *, by: User, now: datetime) -> None:
    Call.objects.update_or_create(session=session, person=person, defaults={"by": by, "at": now})


def not_reached(session: Session, person: User) -> None:
    Call.objects.filter(session=session, person=person).delete()
