"""What can happen to progress: it is recorded, merged, and rebuilt. It only rises."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, FilteredRelation, Q

from courses import contents
from courses.models import Lesson, Module, Step
from learners.enums import Refusal
from learners.events import KIND_OF_STEP, Event, clamp
from learners.models import (
    Attempt,
    Enrolment,
    LessonCompletion,
    ModuleCompletion,
    RefusedEvent,
    StepCompletion,
)
from learners.querysets import insert_new, without_open_step
from learners.signals import module_completed
from people.models import User

# A broken client shows itself in a few; nobody fills the disk with more.
MOST_REFUSED_KEPT = 500


@dataclass
class Outcome:
    """Which events were new, which were there already, and which cannot be taken (with why)."""

    accepted: list[UUID] = field(default_factory=list)
    known: list[UUID] = field(default_factory=list)
    refused: dict[UUID, Refusal] = field(default_factory=dict)
    modules_completed: list[int] = field(default_factory=list)


def judge(events: Iterable[Event]) -> tuple[list[tuple[Event, contents.Place]], dict[UUID, Refusal]]:
    """Split into (event, its place) and what is refused; the same id twice in one call is one event."""
    by_key = {event.key: event for event in reversed(list(events))}
    found = contents.places({(event.lesson, event.step) for event in by_key.values()})
    good, refused = [], {}
    for event in reversed(by_key.values()):
        place = found.get((event.lesson, event.step))
        if place is None:
            refused[event.key] = Refusal.UNKNOWN_STEP
        elif KIND_OF_STEP[event.kind] != place.kind:
            refused[event.key] = Refusal.WRONG_KIND
        else:
            good.append((event, place))
    return good, refused


def refuse_of_nobody(events: list[Event]) -> dict[UUID, Refusal]:
    """Why each of these does not make a visitor a person; what others did already does not either."""
    good, refused = judge(events)
    taken = Attempt.objects.filter(key__in=[event.key for event, _ in good]).values_list("key", flat=True)
    return refused | dict.fromkeys(taken, Refusal.NOT_YOURS)


def is_worth_a_person(events: list[Event]) -> bool:
    return len(refuse_of_nobody(events)) < len({event.key for event in events})


def record_events(person: User, events: list[Event], *, received_at: datetime) -> Outcome:
    """Store tries at steps and all that follows from them, in one transaction: steps, lessons, modules, rollups.

    An event id that is known already changes nothing, time spent included. Refused events are kept with the reason.
    """
    outcome = Outcome()
    good, outcome.refused = judge(events)
    lessons = {place.lesson for _, place in good}
    with transaction.atomic():
        enrolments = _locked_enrolments(person, lessons)
        if lessons == enrolments.keys():
            _record(person, good, enrolments, received_at, outcome)
            return outcome
    # She begins a module, or has just been merged into somebody: now her own row is locked first, as a merge does.
    with transaction.atomic():
        person = herself(person)
        for module_id, its_lessons in _by_module(lessons):
            moments = [
                clamp(event.happened_at, received_at) for event, place in good if place.lesson in its_lessons
            ]
            enrol(person, module_id, started_at=min(moments))
        _record(person, good, _locked_enrolments(person, lessons), received_at, outcome)
    return outcome


def _locked_enrolments(person: User, lessons: Iterable[int]) -> dict[int, Enrolment]:
    """{lesson id: her enrolment in the module it belongs to today}, locked until the transaction ends.

    Locked in one order, so that two calls of one person cannot wait for each other.
    """
    rows = Enrolment.objects.select_for_update(of=("self",)).filter(
        person=person, module__lessons__in=lessons
    )
    return {row.lesson: row for row in rows.annotate(lesson=F("module__lessons")).order_by("module_id")}


def _by_module(lessons: Iterable[int]) -> list[tuple[int, set[int]]]:
    by_module: dict[int, set[int]] = defaultdict(set)
    for lesson, module in Lesson.objects.filter(pk__in=lessons).values_list("pk", "module_id"):
        by_module[module].add(lesson)
    return sorted(by_module.items())


def herself(person: User) -> User:
    """Who this is by now, her row locked: what a guest sends while she is being merged belongs to whom she became."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    return herself(person.merged_into) if person.merged_into else person


def _record(
    person: User,
    tries: list[tuple[Event, contents.Place]],
    enrolments: dict[int, Enrolment],
    received_at: datetime,
    outcome: Outcome,
) -> None:
    by_module: dict[int, list[tuple[Event, contents.Place]]] = defaultdict(list)
    of_module = {enrolment.module_id: enrolment for enrolment in enrolments.values()}
    for event, place in tries:
        by_module[enrolments[place.lesson].module_id].append((event, place))
    for module_id in sorted(by_module):
        _record_in_module(person, of_module[module_id], by_module[module_id], received_at, outcome)


def _record_in_module(
    person: User,
    enrolment: Enrolment,
    tries: list[tuple[Event, contents.Place]],
    received_at: datetime,
    outcome: Outcome,
) -> None:
    new_keys = insert_new(
        [
            Attempt(
                key=event.key,
                enrolment=enrolment,
                step_id=place.step,
                kind=event.kind,
                mark=event.mark,
                seconds=event.seconds,
                practice=event.practice,
                helped=event.helped,
                happened_at=clamp(event.happened_at, received_at),
                received_at=received_at,
            )
            # In one order, so that the same events from two people cannot wait for each other.
            for event, place in sorted(tries, key=lambda pair: pair[0].key)
        ],
        returning="key",
    )
    _sort_repeats(person, [event.key for event, _ in tries if event.key not in new_keys], outcome)
    new = [(event, place) for event, place in tries if event.key in new_keys]
    if not new:
        return
    outcome.accepted += [event.key for event, _ in new]
    passed: dict[int, tuple[int, datetime]] = {}
    for event, place in sorted(new, key=lambda pair: clamp(pair[0].happened_at, received_at), reverse=True):
        if event.mark >= 1:
            passed[place.step] = (place.lesson, clamp(event.happened_at, received_at))
    new_steps = insert_new(
        [
            StepCompletion(enrolment=enrolment, step_id=step, happened_at=moment, received_at=received_at)
            for step, (_, moment) in passed.items()
        ],
        returning="step",
    )
    moments = [clamp(event.happened_at, received_at) for event, _ in new]
    # The row is locked, so counting in Python is safe, and costs half of what expressions do.
    enrolment.attempts_made += len(new)
    enrolment.seconds_spent += sum(event.seconds for event, _ in new)
    enrolment.steps_completed += len(new_steps)
    enrolment.started_at = min(enrolment.started_at, *moments)
    enrolment.last_attempt_at = max(enrolment.last_attempt_at or moments[0], *moments)
    enrolment.save(
        update_fields=["attempts_made", "seconds_spent", "steps_completed", "started_at", "last_attempt_at"]
    )
    if new_steps and settle(enrolment, {passed[step][0] for step in new_steps}, received_at=received_at):
        outcome.modules_completed.append(enrolment.module_id)


def _sort_repeats(person: User, keys: list[UUID], outcome: Outcome) -> None:
    """Ids the database has already: hers are known, somebody else's are refused."""
    if not keys:
        return
    hers = set(Attempt.objects.filter(key__in=keys, enrolment__person=person).values_list("key", flat=True))
    outcome.known += [key for key in keys if key in hers]
    outcome.refused.update({key: Refusal.NOT_YOURS for key in keys if key not in hers})


def enrol(person: User, module_id: int, *, started_at: datetime) -> Enrolment:
    """Her enrolment in the module, locked until the transaction ends; made when she has none yet."""
    locked = Enrolment.objects.select_for_update().filter(person=person, module_id=module_id)
    if enrolment := locked.first():
        return enrolment
    insert_new(
        [Enrolment(person=person, module_id=module_id, started_at=started_at, cohort=_cohort(person))], "id"
    )
    return locked.get()


def _cohort(person: User):
    return person.cohorts.running().order_by("-pk").first()


def settle(enrolment: Enrolment, lessons: Iterable[int], *, received_at: datetime) -> bool:
    """Note lessons, then the module, whose every step of today is complete. True when the module is newly complete.

    The date of a completion is that of the step that came last.
    """
    finished = _finished_lessons(enrolment, without_open_step(enrolment.pk, list(lessons)))
    new_lessons = insert_new(
        [
            LessonCompletion(
                enrolment=enrolment,
                lesson_id=lesson,
                title=title,
                steps=steps,
                happened_at=moment,
                received_at=received_at,
            )
            for lesson, title, steps, moment in finished
        ],
        returning="lesson",
    )
    if not new_lessons:
        return False
    Enrolment.objects.filter(pk=enrolment.pk).update(
        lessons_completed=F("lessons_completed") + len(new_lessons)
    )
    return settle_module(enrolment, received_at=received_at)


def _finished_lessons(enrolment: Enrolment, lessons: list[int]) -> list[tuple[int, str, int, datetime]]:
    """(lesson id, title, steps, when the last step was done) of those whose every step of today is complete."""
    if not lessons:
        return []
    by_lesson: dict[tuple[int, str], list[datetime | None]] = defaultdict(list)
    for lesson, title, moment in (
        Step.objects.live()
        .filter(lesson__in=lessons, lesson__retired_at=None)
        .order_by()
        .annotate(hers=FilteredRelation("completions", condition=Q(completions__enrolment=enrolment)))
        .values_list("lesson_id", "lesson__title", "hers__happened_at")
    ):
        by_lesson[lesson, title].append(moment)
    return [
        (lesson, title, len(moments), max(moment for moment in moments if moment))
        for (lesson, title), moments in by_lesson.items()
        if all(moments)
    ]


def settle_module(enrolment: Enrolment, *, received_at: datetime) -> bool:
    """Note the module as complete when each of its lessons of today is; True when this is new."""
    taught = Lesson.objects.live().filter(module=enrolment.module_id)
    taught = (
        taught.filter(Q(steps__retired_at=None)).annotate(live_steps=Count("steps")).filter(live_steps__gt=0)
    )
    done = dict(enrolment.lesson_completions.values_list("lesson_id", "happened_at"))
    lessons = list(taught)
    if not lessons or any(lesson.pk not in done for lesson in lessons):
        return False
    module = Module.objects.get(pk=enrolment.module_id)
    completion = ModuleCompletion(
        enrolment=enrolment,
        contents=snapshot(module, lessons),
        happened_at=max(done[lesson.pk] for lesson in lessons),
        received_at=received_at,
    )
    if not insert_new([completion], returning="id"):
        return False
    # Robust: what a room above makes of it must never cost her the step she has just done.
    module_completed.send_robust(
        ModuleCompletion, completion=ModuleCompletion.objects.get(enrolment=enrolment)
    )
    return True


def snapshot(module: Module, lessons: Sequence[Lesson]) -> dict[str, object]:
    """What the module was on the day it was finished (see ModuleCompletion)."""
    return {
        "number": module.number,
        "title": module.title,
        "minutes": sum(lesson.minutes for lesson in lessons),
        "digcomp": sorted({competence for lesson in lessons for competence in lesson.digcomp}),
        "lessons": [
            {"number": lesson.number, "title": lesson.title, "minutes": lesson.minutes} for lesson in lessons
        ],
    }


def keep_refused(
    person: User, refused: Iterable[tuple[str, Refusal, object]], *, received_at: datetime
) -> None:
    """Keep (id, reason, event as sent) for her trainer and the operators; the same one sent twice is kept once."""
    if person.refused_events.count() >= MOST_REFUSED_KEPT:
        return
    insert_new(
        [
            RefusedEvent(person=person, key=key[:64], reason=reason, event=event, received_at=received_at)
            for key, reason, event in refused
        ],
        returning="id",
    )
