"""Who stopped, and is told by a letter. Whom none reaches stands on her trainer's call list (classrooms.needing)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils import timezone

from courses.models import Module, ModulePage
from learners.models import Cohort, Enrolment
from learners.standing import where_to_go_on
from people.models import User
from reminders import kinds
from reminders.actions import write_letter
from reminders.clock import BRUSSELS
from reminders.models import Letter

COME_BACK = "come_back"
# A site that starts with thousands who stopped long ago must leave its worker time for other work.
SWEEP_PEOPLE = 500
# Databases disagree where an enrolment without a try stands; here it is the oldest.
LATEST_LAST = F("last_attempt_at").asc(nulls_first=True)


def stopped_people(*, before: datetime) -> QuerySet[Any]:
    """People with something unfinished who did nothing anywhere since `before`; `last_at` is when they last
    did."""
    attempts = Enrolment.objects.filter(person=OuterRef("pk")).exclude(last_attempt_at=None)
    last_at = attempts.order_by("-last_attempt_at").values("last_attempt_at")[:1]
    return (
        User.objects.filter(is_active=True, merged_into=None)
        .filter(Exists(Enrolment.objects.unfinished().filter(person=OuterRef("pk"))))
        .annotate(last_at=Subquery(last_at, output_field=DateTimeField()))
        .filter(last_at__lte=before)
    )


def write_come_back_letters(now: datetime) -> None:
    """Write to who stopped two weeks ago, and to who stopped a month ago.

    The occasion is the day she stopped and how long ago that is. So there are two letters a silence at the
    most, and none more until she was active again; who is past the month already gets that letter only.
    """
    latest = None
    for days in sorted(settings.REMINDER_AFTER_DAYS, reverse=True):
        stopped = stopped_people(before=now - timedelta(days=days)).exclude(email="")
        if latest:
            stopped = stopped.filter(last_at__gt=latest)
        for person in _without_letter(stopped, days)[:SWEEP_PEOPLE]:
            write_letter(
                person,
                COME_BACK,
                period_of(person.last_at, days),
                last_attempt_at=person.last_at.isoformat(),
                after_days=days,
            )
        latest = now - timedelta(days=days)


def period_of(last_at: datetime, days: int) -> str:
    return f"{last_at.astimezone(BRUSSELS).date().isoformat()}+{days}"


def _without_letter(stopped: QuerySet[Any], days: int) -> QuerySet[Any]:
    """Spares the sweep those who got theirs long ago; that nobody gets two is the constraint's work."""
    day = Cast(TruncDate("last_at", tzinfo=BRUSSELS), CharField())
    hers = Letter.objects.filter(person=OuterRef("pk"), kind=COME_BACK, period=OuterRef("period"))
    stopped = stopped.filter(Q(letter_preference=None) | Q(letter_preference__email_stopped_at=None))
    period = Concat(day, Value(f"+{days}"), output_field=CharField())
    return stopped.annotate(period=period).filter(~Exists(hers))


def still_wanted(letter: Letter) -> str | None:
    """Dropped when she finished, was active since, or the next letter is due already."""
    now = letter.claimed_at or timezone.now()
    person = stopped_people(before=now).filter(pk=letter.person_id).first()
    if person is None:
        return "finished"
    if period_of(person.last_at, letter.params["after_days"]) != letter.period:
        return "active-since"
    silent_days = (now - person.last_at).days
    if any(letter.params["after_days"] < days <= silent_days for days in settings.REMINDER_AFTER_DAYS):
        return "overtaken"
    return None


def context(letter: Letter) -> dict[str, Any]:
    spot = where_to_go_on(letter.person)
    enrolment = latest_unfinished(letter.person)
    last_at = datetime.fromisoformat(letter.params["last_attempt_at"])
    cohorts = Cohort.objects.running().exclude(trainers=None)
    return {
        "module": title_in(enrolment.module, letter.language) if enrolment else "",
        "url": settings.BASE_URL + (spot.path(letter.language) if spot else "/me/"),
        "last_on": last_at.astimezone(BRUSSELS).date(),
        "is_last": letter.params["after_days"] == max(settings.REMINDER_AFTER_DAYS),
        "has_trainer": cohorts.filter(learners=letter.person).exists(),
    }


def latest_unfinished(person: User) -> Enrolment | None:
    """The module she was last at, of those she has not finished."""
    enrolments = Enrolment.objects.unfinished().filter(person=person).select_related("module")
    return enrolments.order_by(LATEST_LAST, "pk").last()


def title_in(module: Module, language: str) -> str:
    pages = ModulePage.objects.live().filter(translation_key=module.key, locale__language_code=language)
    page = pages.first()
    return page.title if page else module.title


kinds.register(kinds.Kind(COME_BACK, still_wanted, context))
