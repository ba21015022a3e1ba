"""Who needs a call, and why: a constant number of queries (docs/decisions/who-needs-a-call.md)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Sum
from django.utils.translation import get_language

from classrooms.aftercare import absent_lately
from classrooms.board import STUCK_AFTER, STUCK_MISTAKES, spots_of
from classrooms.enums import Reason
from classrooms.models import HelpRequest
from classrooms.reasons import Absent, Asked, NoLetterReaches, Stopped, Stuck, Why
from classrooms.signs import Signs, signs_of
from courses import library
from learners.models import Attempt, StepCompletion
from people.models import User
from reminders.enums import NoLetter

# Sooner she may be about to try again.
STUCK_FOR = timedelta(days=3)
SILENT_FOR = timedelta(days=min(settings.REMINDER_AFTER_DAYS))
# By then who can be written to has had all our letters.
LETTERS_END = timedelta(days=max(settings.REMINDER_AFTER_DAYS))


@dataclass(frozen=True, slots=True)
class Scope:
    """`members` are {cohort id: ids of its learners}."""

    members: dict[int, set[int]]
    signs: dict[int, Signs]
    now: datetime


def reasons(
    people: Iterable[User], ids: QuerySet, members: dict[int, set[int]], *, now: datetime
) -> dict[int, list[Why]]:
    """{person id: all her reasons, the most urgent first}; who has none is left out.

    `ids` chooses `people`, as a query; they say why no letter reaches them (reminders.reaching). Of who came to class
    since, what was before is no reason.
    """
    scope = Scope(members, signs_of(ids), now)
    unreached = {person.pk: person for person in people if person.no_letter}  # type: ignore[attr-defined]
    found: dict[int, list[Why]] = defaultdict(list)
    for some in (_asked(scope), _absent(scope), _stuck(scope), _stopped(scope, unreached)):
        for person, why in some.items():
            found[person].append(why)
    for person, why in _without_letters(scope, unreached, found).items():
        found[person].append(why)
    order = list(Reason)
    return {person: sorted(hers, key=lambda one: order.index(one.reason)) for person, hers in found.items()}


def _asked(scope: Scope) -> dict[int, Why]:
    rows = HelpRequest.objects.unanswered(now=scope.now).filter(session__cohort__in=scope.members)
    asked = rows.order_by("asked_at", "pk").values_list("person", "session__cohort", "asked_at")
    return {
        person: Asked(at)
        for person, cohort, at in asked
        if person in scope.members[cohort] and not scope.signs[person].was_in_class_after(at)
    }


def _absent(scope: Scope) -> dict[int, Why]:
    pairs = sorted(absent_lately(scope.members), key=lambda one: one[1][1].began_at)
    return {
        person: Absent(before.began_at, last.began_at)
        for person, (before, last) in pairs
        if person in scope.members[last.cohort_id]
        and not scope.signs[person].was_in_class_after(last.began_at)
    }


def _stuck(scope: Scope) -> dict[int, Why]:
    """The rule of the live board, for the step of her last try: she has not passed it, nor tried it for days."""
    people = {
        hers.open_enrolment: person
        for person, hers in scope.signs.items()
        if hers.open_enrolment
        and hers.open_at
        and hers.open_at <= scope.now - STUCK_FOR
        and not hers.was_in_class_after(hers.open_at)
    }
    passed = StepCompletion.objects.filter(enrolment=OuterRef("enrolment"), step=OuterRef("step"))
    # Enrolments by their ids: asked for by their state, PostgreSQL would look at those of the whole region.
    tries = (
        Attempt.objects.filter(~Exists(passed), enrolment__in=list(people), mark__lt=1)
        .order_by()
        .values_list("enrolment", "step", "step__lesson")
        .annotate(
            mistakes=Count("pk"), seconds=Sum("seconds"), first=Min("happened_at"), last=Max("happened_at")
        )
        .filter(Q(mistakes__gte=STUCK_MISTAKES) | Q(seconds__gte=STUCK_AFTER.total_seconds()))
    )
    found = [
        (people[enrolment], step, lesson, mistakes, seconds, first)
        for enrolment, step, lesson, mistakes, seconds, first, last in tries
        if last == scope.signs[people[enrolment]].open_at
    ]
    spots = spots_of({lesson for _, _, lesson, *_ in found})
    return {
        person: Stuck(first, spots[step], mistakes, seconds)
        for person, step, _, mistakes, seconds, first in found
        if step in spots
    }


def _stopped(scope: Scope, unreached: dict[int, User]) -> dict[int, Why]:
    """As learners.reminding has it, but that a class she came to is no silence either.

    Who can be written to is called when letters have brought nothing.
    """
    titles = {
        entry.row.pk: f"{entry.row.number}. {entry.title}"
        for entry in library.modules(get_language() or settings.LANGUAGE_CODE)
    }
    found: dict[int, Why] = {}
    for person, hers in scope.signs.items():
        if hers.open_module is None or hers.step_at is None:
            continue
        since = max(filter(None, (hers.step_at, hers.seen_at)))
        has_letters = person not in unreached
        if since <= scope.now - (LETTERS_END if has_letters else SILENT_FOR):
            found[person] = Stopped(since, titles.get(hers.open_module, ""), has_letters)
    return found


def _without_letters(
    scope: Scope, unreached: dict[int, User], others: dict[int, list[Why]]
) -> dict[int, Why]:
    """Beside another reason always; alone when nothing was heard of her for long and there is something left to learn."""
    found: dict[int, Why] = {}
    for pk, person in unreached.items():
        hers = scope.signs[pk]
        since = hers.last_at or person.date_joined
        is_silent = pk not in others
        has_all = hers.has_finished and hers.open_module is None
        if is_silent and (has_all or since > scope.now - SILENT_FOR):
            continue
        why = NoLetter(person.no_letter)  # type: ignore[attr-defined]
        found[pk] = NoLetterReaches(since, why, is_silent, hers.last_at is not None)
    return found
