"""What can happen to a schedule. The letters themselves are made in telling.py when they go out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from people.models import User
from reminders.actions import reason_not_to_write, write_letter
from reminders.enums import State
from reminders.models import Letter
from reminders.tasks import send_letter
from reports import rhythms
from reports.enums import By, Obstacle, Rhythm
from reports.periods import Period
from reports.questions import Question
from reports.schedule_models import UNDO_FOR, Delivery, Recipient, Schedule

SCHEDULED_REPORT = "scheduled_report"


@transaction.atomic
def schedule(
    question: Question,
    *,
    figure: str,
    rhythm: Rhythm,
    people: Iterable[User],
    by: User,
    key: UUID,
    now: datetime,
) -> Schedule:
    """From the next month on; what is over already she has just read. The same form sent twice makes one."""
    made, is_new = Schedule.objects.get_or_create(
        key=key,
        defaults={
            "by": question.by,
            "figure": figure,
            "rhythm": rhythm,
            "next_month": rhythms.following(rhythm, now),
            "made_by": by,
            "made_at": now,
        },
    )
    if is_new:
        made.organisations.set(question.organisations)
        _send_to(made, people)
    return made


@transaction.atomic
def change(schedule_id: int, *, rhythm: Rhythm, people: Iterable[User], now: datetime) -> None:
    """Another rhythm begins with its own next period; nothing is sent for what is over."""
    changed = Schedule.objects.select_for_update().get(pk=schedule_id)
    if changed.rhythm != rhythm:
        Schedule.objects.filter(pk=schedule_id).update(
            rhythm=rhythm, next_month=rhythms.following(rhythm, now)
        )
    _send_to(changed, people)


def _send_to(changed: Schedule, people: Iterable[User]) -> None:
    chosen = {person.pk for person in people}
    changed.recipients.exclude(person__in=chosen).delete()
    Recipient.objects.bulk_create(
        [Recipient(schedule=changed, person_id=person) for person in sorted(chosen)], ignore_conflicts=True
    )


def pause(schedule_id: int, *, now: datetime) -> None:
    Schedule.objects.filter(pk=schedule_id, paused_at=None).update(paused_at=now)


@transaction.atomic
def go_on(schedule_id: int, *, now: datetime) -> None:
    """With the next period: nobody gets what went by meanwhile."""
    paused = Schedule.objects.select_for_update().get(pk=schedule_id)
    if paused.paused_at is not None:
        paused.next_month = max(paused.next_month, rhythms.following(Rhythm(paused.rhythm), now))
        paused.paused_at = None
        paused.save(update_fields=["next_month", "paused_at"])


def delete(schedule_id: int, *, now: datetime) -> None:
    Schedule.objects.filter(pk=schedule_id, deleted_at=None).update(deleted_at=now)


@transaction.atomic
def undo_delete(schedule_id: int) -> None:
    """As if nothing had happened: what should have gone out meanwhile goes out, unless the next report is due already."""
    Schedule.objects.filter(pk=schedule_id).update(deleted_at=None)
    of_schedule = Delivery.objects.filter(schedule=schedule_id).values("letter")
    dropped = Letter.objects.filter(state=State.DROPPED, dropped_reason=Obstacle.DELETED)
    dropped.filter(pk__in=of_schedule).update(state=State.DUE, dropped_reason="")


def send_now(asked: Schedule, person: User, *, key: UUID, now: datetime) -> Letter | None:
    """The latest report to who asks, as a test: it is no delivery. None when no letter reaches her."""
    period = rhythms.latest(Rhythm(asked.rhythm), now)
    letter = write_letter(
        person, SCHEDULED_REPORT, f"{asked.pk}?{key}", is_test=True, **_params(asked, period)
    )
    if letter:
        transaction.on_commit(lambda: send_letter.delay(letter.pk), robust=True)
    return letter


def write_due(now: datetime) -> int:
    """The sweep: for each schedule whose period is over, the letters about it; how many schedules these were.

    Safe to run twice and at once. After some time without it only the latest period is told.
    """
    Schedule.objects.filter(deleted_at__lte=now - UNDO_FOR).delete()
    return sum(_write(due, now) for due in Schedule.objects.due(now=now).order_by("pk"))


@transaction.atomic
def _write(due: Schedule, now: datetime) -> bool:
    """All of its letters or none: a worker that is killed has done nothing.

    The database lets one UPDATE through; whoever comes second finds another `next_month` or, after a change of the
    rhythm, another schedule than it had read.
    """
    rhythm = Rhythm(due.rhythm)
    still_due = Schedule.objects.due(now=now).filter(pk=due.pk, rhythm=due.rhythm, next_month=due.next_month)
    if not still_due.update(next_month=rhythms.following(rhythm, now)):
        return False
    period = rhythms.latest(rhythm, now)
    for recipient in due.recipients.with_obstacles():
        _deliver(due, recipient, period, now)
    return True


def _deliver(due: Schedule, recipient: Recipient, period: Period, now: datetime) -> None:
    obstacle: str = recipient.obstacle or ""
    letter = None
    if not obstacle:
        occasion = f"{due.pk}@{period.first}-{period.last}"
        letter = write_letter(recipient.person, SCHEDULED_REPORT, occasion, **_params(due, period))
        if letter is None:  # this very moment she stopped them, or lost her address
            obstacle = reason_not_to_write(recipient.person) or Obstacle.STOPPED
    Delivery.objects.get_or_create(
        schedule=due,
        person=recipient.person,
        first_month=period.first,
        last_month=period.last,
        defaults={"letter": letter, "obstacle": obstacle, "at": now},
    )


def _params(about: Schedule, period: Period) -> dict[str, Any]:
    return {"schedule": about.pk, "months": [period.first, period.last]}


def question_of(about: Schedule, period: Period) -> Question:
    return Question(list(about.organisations.order_by("name", "pk")), period, By(about.by))
