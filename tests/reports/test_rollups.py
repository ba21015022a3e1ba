"""The rollups say what a recount of all facts says, whatever happened before, in whatever order."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from unittest.mock import Mock
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.models import F

from courses.enums import StepKind
from courses.models import Step
from learners.actions import record_events
from learners.events import Event
from learners.models import Attempt, Enrolment, LessonCompletion, StepCompletion
from people.actions import forget, merge_guest
from people.models import User
from reminders.clock import BRUSSELS
from reports import rollups, xapi_records
from reports.models import ActiveMonth, FurthestStep, GoalOutcome, Slice, StepEffort
from reports.periods import Period, month_of
from reports.questions import Question, ask
from tests.factories.courses import LessonFactory, ModuleFactory, StepFactory
from tests.factories.learners import CohortFactory, do, event
from tests.factories.people import OrganisationFactory, UserFactory

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LANGUAGES = ["ar", "uk", ""]
GOALS = [str(uuid4()) for _ in range(2)]
KINDS = [StepKind.INSTRUCTION, StepKind.QUESTION, StepKind.PRACTICE, StepKind.INSTRUCTION]


@pytest.fixture
def lessons(db):
    return three_lessons()


def three_lessons():
    modules = [ModuleFactory(), ModuleFactory()]
    lessons = [LessonFactory(module=module) for module in (modules[0], modules[0], modules[1])]
    for lesson in lessons:
        for position, kind in enumerate(KINDS):
            StepFactory(lesson=lesson, kind=kind, position=position)
    return lessons


class Region:
    """Anything that may happen to the people of two organisations, at random."""

    def __init__(self, seed: int) -> None:
        self.rng = Random(seed)
        self.cohorts = [CohortFactory(), CohortFactory(), None]
        self.people: list[User] = []
        self.at = datetime(2026, 8, 1, tzinfo=UTC)
        for _ in range(6):
            self.arrive()

    def happen(self) -> None:
        self.at += timedelta(hours=self.rng.randint(1, 60))
        what = self.rng.choices(
            [self.try_steps, self.arrive, self.speak, self.move, self.merge, self.leave, self.edit],
            [60, 8, 6, 6, 6, 4, 4],
        )
        what[0]()

    def arrive(self) -> None:
        person = UserFactory(help_language=self.rng.choice(LANGUAGES), is_guest=self.rng.random() < 0.4)
        if cohort := self.rng.choice(self.cohorts):
            cohort.learners.add(person)
        self.people.append(person)

    def try_steps(self) -> None:
        steps = list(Step.objects.select_related("lesson"))
        events = [self._try(self.rng.choice(steps)) for _ in range(self.rng.randint(1, 6))]
        record_events(self.rng.choice(self.people), events, received_at=self.at)

    def _try(self, step: Step) -> Event:
        practice = None
        if step.kind == StepKind.PRACTICE:
            practice = {"simulator": "cards", "goals": {goal: self._result() for goal in GOALS}}
        plain = event(
            step,
            mark=self.rng.choice([0.0, 0.5, 1.0, 1.0]),
            seconds=self.rng.randint(0, 500),
            happened_at=self.at,
        )
        return Event(
            plain.key,
            plain.lesson,
            plain.step,
            plain.kind,
            plain.mark,
            plain.seconds,
            plain.happened_at,
            practice,
        )

    def _result(self) -> dict:
        return {
            "goal": "cards.order-switch-on",
            "met": self.rng.random() < 0.6,
            "mistakes": {"order": 2} if self.rng.random() < 0.4 else {},
            "hints": self.rng.choice([0, 0, 2]),
            "shown": self.rng.choice([0, 0, 0, 1]),
        }

    def speak(self) -> None:
        User.objects.filter(pk=self.rng.choice(self.people).pk).update(
            help_language=self.rng.choice(LANGUAGES)
        )

    def move(self) -> None:
        Enrolment.objects.filter(person=self.rng.choice(self.people)).update(
            cohort=self.rng.choice(self.cohorts)
        )

    def merge(self) -> None:
        guests = [person for person in self.people if person.is_guest]
        if guests and len(self.people) > 2:
            guest = self.rng.choice(guests)
            self.people.remove(guest)
            merge_guest(guest, into=self.rng.choice(self.people))

    def leave(self) -> None:
        if len(self.people) > 3:
            person = self.people.pop(self.rng.randrange(len(self.people)))
            forget(person)

    def edit(self) -> None:
        step = self.rng.choice(list(Step.objects.all()))
        if step.lesson.steps.filter(retired_at=None).count() > 1:
            Step.objects.filter(pk=step.pk).update(retired_at=None if step.retired_at else self.at)


def written() -> dict[str, Counter]:
    """What the tables say, each row as plain values."""
    skipped = ("id", "slice", "people")
    found = {}
    for model in (FurthestStep, StepEffort, GoalOutcome):
        names = [one.name for one in model._meta.concrete_fields if one.name not in skipped]
        rows = model.objects.values_list("slice__organisation", "people", *names)
        found[model.__name__] = Counter(rows)
    found["ActiveMonth"] = Counter(ActiveMonth.objects.values_list("enrolment", "received_at"))
    return found


def counted_by_hand() -> dict[str, Counter]:
    """The same from every fact there is, one by one."""
    tries = list(Attempt.objects.select_related("step", "enrolment__cohort", "enrolment__person"))
    return {
        "FurthestStep": furthest_by_hand({(one.enrolment, one.step.lesson_id) for one in tries}),
        "StepEffort": efforts_by_hand([one for one in tries if not one.step.retired_at]),
        "GoalOutcome": outcomes_by_hand([one for one in tries if one.practice and not one.step.retired_at]),
        "ActiveMonth": months_by_hand(tries),
    }


def group_of(enrolment) -> tuple[int | None, str]:
    cohort = enrolment.cohort
    return (cohort.organisation_id if cohort else None), enrolment.person.help_language


def furthest_by_hand(began) -> Counter:
    passed, finished = defaultdict(set), set()
    for completion in StepCompletion.objects.all():
        passed[completion.enrolment_id].add(completion.step_id)
    for completion in LessonCompletion.objects.all():
        finished.add((completion.enrolment_id, completion.lesson_id))
    people: Counter = Counter()
    for enrolment, lesson in began:
        steps = list(
            Step.objects.filter(lesson=lesson, retired_at=None)
            .order_by("position")
            .values_list("pk", flat=True)
        )
        through = [step for step in steps if step in passed[enrolment.pk]]
        last = steps[-1] if (enrolment.pk, lesson) in finished else (through[-1] if through else None)
        people[*group_of(enrolment), lesson, last] += 1
    return Counter((place, n, *rest) for (place, *rest), n in people.items())


def efforts_by_hand(tries) -> Counter:
    each = defaultdict(list)
    for one in tries:
        each[group_of(one.enrolment), one.step_id, one.enrolment_id].append(one)
    sums: dict = defaultdict(Counter)
    for (group, step, _enrolment), hers in each.items():
        failed = sum(one.mark < 1 for one in hers)
        sums[*group, step].update(people=1, tries=len(hers), failed=failed)
        if any(one.mark >= 1 for one in hers):
            seconds = sum(one.seconds for one in hers)
            took = sum(seconds >= bound for bound in (10, 30, 60, 120, 300))
            sums[*group, step].update({"completed": 1, "at_once": int(failed == 0), f"took_{took}": 1})
    columns = ["completed", "at_once", "tries", "failed", *(f"took_{n}" for n in range(6))]
    return Counter(
        (place, one["people"], *rest, *(one[column] for column in columns))
        for (place, *rest), one in sums.items()
    )


def outcomes_by_hand(tries) -> Counter:
    people = defaultdict(set)
    for one in tries:
        for goal, result in one.practice["goals"].items():
            told = [("tried", ""), *(("mistake", kind) for kind in result["mistakes"])]
            words = {"met": result["met"], "hint": result["hints"], "shown": result["shown"]}
            told += [(word, "") for word, happened in words.items() if happened]
            for outcome in told:
                people[*group_of(one.enrolment), one.step_id, goal, *outcome].add(one.enrolment_id)
    return Counter((place, len(them), *rest) for (place, *rest), them in people.items())


def months_by_hand(tries) -> Counter:
    first: dict = {}
    for one in tries:
        here = one.received_at.astimezone(BRUSSELS)
        month = (one.enrolment_id, here.year, here.month)
        first[month] = min(one.received_at, first.get(month, one.received_at))
    return Counter((enrolment, at) for (enrolment, _year, _month), at in first.items())


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_the_rollups_equal_a_recount_of_every_fact(seed, lessons):
    region = Region(seed)
    for _ in range(60):
        region.happen()
        if region.rng.random() < 0.2:
            rollups.sweep(region.at)
    rollups.sweep(region.at)

    expected = counted_by_hand()
    assert written() == expected
    assert all(expected.values()), "the region is too small to tell"
    assert list(rollups.recount_all(region.at)) == []


def test_only_what_changed_is_counted_again(lessons, django_assert_max_num_queries, monkeypatch):
    ours, theirs = CohortFactory(), CohortFactory()
    amina, dilan = UserFactory(help_language="ar"), UserFactory(help_language="ar")
    ours.learners.add(amina)
    theirs.learners.add(dilan)
    steps = list(lessons[0].steps.all())
    do(amina, steps[0], at=NOW)
    do(dilan, steps[0], at=NOW)
    assert rollups.sweep(NOW) == 2
    assert rollups.sweep(NOW) == 0

    do(amina, steps[1], at=NOW)

    later = NOW + timedelta(minutes=5)
    counted, recount = [], rollups.recount
    monkeypatch.setattr(
        rollups,
        "recount",
        lambda part, *args, **more: counted.append(part.organisation_id) or recount(part, *args, **more),
    )
    with django_assert_max_num_queries(30):
        assert rollups.sweep(later) == 1
    assert counted == [ours.organisation_id]
    # Both are true as of now: one was counted, of the other it is known that nothing came in.
    assert set(Slice.objects.values_list("counted_at", flat=True)) == {later - rollups.LATE_COMMIT}


def test_what_has_not_changed_is_as_of_the_last_sweep(lessons):
    region = Region(2)
    region.arrive()
    region.happen()
    rollups.sweep(region.at)

    later = region.at + timedelta(days=90)

    assert rollups.sweep(later) == 0
    assert set(Slice.objects.values_list("counted_at", flat=True)) == {later - rollups.LATE_COMMIT}


def test_nobody_is_left_behind_when_an_organisation_has_nobody_any_more(lessons):
    cohort, amina = CohortFactory(), UserFactory()
    cohort.learners.add(amina)
    do(amina, *lessons[0].steps.all(), at=NOW)
    rollups.sweep(NOW)
    assert StepEffort.objects.exists()

    forget(amina)
    rollups.sweep(NOW)

    assert written() == {"FurthestStep": {}, "StepEffort": {}, "GoalOutcome": {}, "ActiveMonth": {}}


def test_the_command_mends_what_is_wrong_and_says_so(lessons, capsys):
    cohort, amina = CohortFactory(organisation=OrganisationFactory(name="Wegwijs vzw")), UserFactory()
    cohort.learners.add(amina)
    do(amina, *lessons[0].steps.all(), at=NOW)
    rollups.sweep(NOW)
    right = written()
    StepEffort.objects.update(tries=F("tries") + 1)
    ActiveMonth.objects.all().delete()

    call_command("recount_reports")

    said = capsys.readouterr().out
    assert "Wegwijs vzw: StepEffort, 4 row(s) gone, 4 new" in said
    assert "Wegwijs vzw: ActiveMonth, 0 row(s) gone, 1 new" in said
    assert "2 difference(s) set right." in said
    assert written() == right


def test_who_counted_meanwhile_wins(lessons, monkeypatch):
    """Two workers count the same slice; the slower one leaves what the faster has written."""
    cohort, amina = CohortFactory(), UserFactory()
    cohort.learners.add(amina)
    do(amina, lessons[0].steps.first(), at=NOW)
    rollups.sweep(NOW)
    part = Slice.objects.get()
    do(amina, *lessons[0].steps.all(), at=NOW)
    rollups.sweep(NOW + timedelta(minutes=5))
    newer = written()

    monkeypatch.setattr(rollups.rollup_counting, "efforts", lambda *_: iter(()))

    assert rollups.recount(part, NOW, signature="old") == []
    assert written() == newer


def active_in(organisation) -> int:
    question = Question([organisation], Period(month_of(NOW), month_of(NOW)), compares=False)
    answer = ask(question, now=NOW + timedelta(hours=1))
    place = [column.figure.id for column in answer.columns].index("active")
    return answer.totals[0].cells[place].value


def test_who_is_active_is_known_at_once_not_only_after_the_next_count(lessons):
    cohort = CohortFactory()
    people = [UserFactory(help_language="ar") for _ in range(6)]
    cohort.learners.set(people)
    active = partial(active_in, cohort.organisation)
    for n, person in enumerate(people[:5]):
        do(person, lessons[0].steps.first(), at=NOW - timedelta(days=n))
    assert active() == 5  # nothing was counted yet
    rollups.sweep(NOW)
    assert active() == 5
    do(people[5], lessons[0].steps.first(), at=NOW + timedelta(minutes=2))
    do(people[0], *lessons[0].steps.all(), at=NOW + timedelta(minutes=3))
    assert active() == 6  # and nobody twice
    rollups.sweep(NOW + timedelta(minutes=5))
    assert active() == 6


def test_who_is_active_is_known_at_once_however_late_it_is_written(lessons):
    """It came in before the count, and could be read only after it."""
    cohort = CohortFactory()
    people = [UserFactory(help_language="ar") for _ in range(6)]
    cohort.learners.set(people)
    for person in people[:5]:
        do(person, lessons[0].steps.first(), at=NOW - timedelta(days=1))
    rollups.sweep(NOW)

    do(people[5], lessons[0].steps.first(), at=xapi_records.settled(NOW) + timedelta(seconds=1))

    assert active_in(cohort.organisation) == 6


def test_who_learned_alone_is_active_in_her_cohort_as_soon_as_she_is_in_it(lessons):
    cohort = CohortFactory()
    people = [UserFactory(help_language="ar") for _ in range(6)]
    cohort.learners.set(people[:5])
    for person in people:
        do(person, lessons[0].steps.first(), at=NOW - timedelta(days=1))
    rollups.sweep(NOW)

    cohort.learners.add(people[5])

    assert active_in(cohort.organisation) == 6


def test_a_slice_that_changes_while_it_is_counted_is_counted_again(lessons, monkeypatch, capsys):
    cohort, amina = CohortFactory(), UserFactory()
    cohort.learners.add(amina)
    do(amina, lessons[0].steps.first(), at=NOW)
    write, failures = rollups._write, iter(range(2))

    def fail_twice(*args, **fields):
        if next(failures, None) is not None:
            raise IntegrityError
        return write(*args, **fields)

    monkeypatch.setattr(rollups, "_write", fail_twice)
    call_command("recount_reports")

    assert "ActiveMonth, 0 row(s) gone, 1 new" in capsys.readouterr().out


def test_a_slice_that_does_not_stop_changing_is_said(lessons, monkeypatch):
    CohortFactory().learners.add(amina := UserFactory())
    do(amina, lessons[0].steps.first(), at=NOW)
    monkeypatch.setattr(rollups, "_write", Mock(side_effect=IntegrityError))

    with pytest.raises(CommandError, match="changed each of the 3 times"):
        call_command("recount_reports")
