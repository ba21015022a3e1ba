"""Whatever people, editors and operators do, in whatever order: progress only rises and always adds up."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from courses import contents
from courses.models import HomePage, Lesson, LessonPage, Step
from learners import standing, tasks
from learners.actions import record_events
from learners.events import clamp
from learners.models import Attempt, Enrolment, LessonCompletion, ModuleCompletion, StepCompletion
from learners.rollups import rebuild_all
from people.actions import merge_guest
from tests.factories.courses import instruction, lesson_page, module_page, question, republish
from tests.factories.learners import event
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

AMINA, GUEST = "amina", "guest"
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
MOMENTS = [
    NOW, NOW - timedelta(minutes=1), NOW - timedelta(days=9), NOW - timedelta(days=366), NOW + timedelta(days=2),
    datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC),
]  # fmt: skip

people = st.sampled_from([AMINA, GUEST])
lessons = st.sampled_from([0, 1])
places = st.integers(0, 9)
tries = st.tuples(st.just("tries"), people, st.lists(st.tuples(lessons, places, st.sampled_from([0, 0.5, 1, 1, 1]),
                                                               st.sampled_from(MOMENTS)), min_size=1, max_size=5))  # fmt: skip
learns = st.tuples(st.just("learns"), people, lessons, st.integers(1, 6))
learning = st.one_of(
    tries, learns, learns, st.tuples(st.just("replays"), people, st.lists(places, min_size=1, max_size=4))
)
editing = st.one_of(
    st.tuples(st.sampled_from(["add", "translate", "unpublish", "publish", "bring_back", "move"]), lessons),
    st.tuples(st.sampled_from(["remove", "reorder", "rename"]), lessons, places),
)
caring = st.sampled_from([("merge",), ("rebuild",)])
stories = st.lists(st.one_of(learning, learning, editing, editing, caring), min_size=6, max_size=14)
# What a random story seldom meets, told in full.
HALF_THEN_MOVED = [
    ("learns", AMINA, 0, 2),
    ("learns", AMINA, 1, 3),
    ("move", 0),
    ("learns", AMINA, 0, 9),
    ("move", 0),
]
THE_OPEN_STEP_GOES = [
    ("learns", AMINA, 0, 2),
    ("learns", AMINA, 1, 3),
    ("remove", 0, 2),
    ("bring_back", 0),
    ("add", 1),
]
TWO_HALVES = [("learns", GUEST, 0, 2), ("tries", AMINA, [(0, 2, 1, NOW)]), ("learns", AMINA, 1, 2), ("learns", GUEST, 1, 3),
              ("merge",), ("replays", GUEST, [0, 1]), ("replays", AMINA, [0, 1]), ("merge",)]  # fmt: skip
AWAY_AND_BACK = [
    ("learns", AMINA, 0, 3),
    ("unpublish", 1),
    ("learns", AMINA, 1, 2),
    ("publish", 1),
    ("remove", 1, 2),
]

THE_REST_MOVES_AWAY = [("learns", AMINA, 1, 3), ("move", 0)]


class World:
    """Two lessons, Amina and a guest; and beside them a ledger that counts by itself, without the database."""

    def __init__(self, pages: list[LessonPage], other_module) -> None:
        self.pages = pages
        self.modules = [pages[0].get_parent().specific, other_module]
        self.removed: list[list[dict]] = [[], []]
        self.people = {AMINA: UserFactory(username="amina"), GUEST: UserFactory(guest=True)}
        self.sent: list = []
        self.ledger: dict[UUID, tuple[str, int, float, int, datetime]] = {}

    def page(self, number: int) -> LessonPage:
        return LessonPage.objects.get(pk=self.pages[number].pk)

    def known_steps(self, number: int) -> list[Step]:
        return list(
            Step.objects.filter(lesson__key=self.pages[number].translation_key).select_related("lesson")
        )

    # What may happen

    def tries(self, who: str, wanted) -> None:
        events = []
        for number, place, mark, moment in wanted:
            steps = self.known_steps(number)
            events.append(event(steps[place % len(steps)], mark=mark, happened_at=moment))
        self.send(who, events)

    def learns(self, who: str, number: int, many: int) -> None:
        """The first steps of a lesson, one after the other."""
        self.tries(
            who, [(number, place, 1, NOW) for place in range(min(many, len(self.known_steps(number))))]
        )

    def replays(self, who: str, wanted) -> None:
        if self.sent:
            self.send(who, [self.sent[place % len(self.sent)] for place in wanted])

    def send(self, who: str, events) -> None:
        outcome = record_events(self.people[who], events, received_at=NOW)
        by_key = {one.key: one for one in events}
        for key in outcome.accepted:
            one = by_key[key]
            assert key not in self.ledger
            step = Step.objects.get(lesson__key=one.lesson, block_id=one.step)
            self.ledger[key] = (who, step.pk, one.mark, one.seconds, clamp(one.happened_at, NOW))
        for key in outcome.known:
            assert self.ledger[key][0] == who
        for key in outcome.refused:
            assert self.ledger[key][0] != who
        self.sent += [one for one in events if one.key in outcome.accepted]

    def change(self, number: int, change) -> None:
        page = self.page(number)
        if page.live:
            blocks = page.body.get_prep_value()
            change(blocks)
            republish(page, blocks)

    def add(self, number: int) -> None:
        self.change(number, lambda blocks: blocks.insert(len(blocks) // 2, question()))

    def remove(self, number: int, place: int) -> None:
        def take(blocks):
            if blocks:
                self.removed[number].append(blocks.pop(place % len(blocks)))

        self.change(number, take)

    def bring_back(self, number: int) -> None:
        if self.removed[number] and self.page(number).live:
            block = self.removed[number].pop()
            self.change(number, lambda blocks: blocks.append(block))

    def reorder(self, number: int, seed: int) -> None:
        self.change(number, Random(seed).shuffle)

    def rename(self, number: int, place: int) -> None:
        def name(blocks):
            if blocks:
                blocks[place % len(blocks)]["value"]["title"] = f"Another {place}"

        self.change(number, name)

    def translate(self, number: int) -> None:
        page, french = self.page(number), Locale.objects.get(language_code="fr")
        if page.live and not page.has_translation(french):
            page.copy_for_translation(french, copy_parents=True).save_revision().publish()

    def unpublish(self, number: int) -> None:
        if self.page(number).live:
            self.page(number).unpublish()

    def publish(self, number: int) -> None:
        if not self.page(number).live:
            self.page(number).save_revision().publish()

    def move(self, number: int) -> None:
        page = self.page(number)
        if page.live:
            there = next(module for module in self.modules if module.pk != page.get_parent().pk)
            page.move(type(there).objects.get(pk=there.pk), pos="last-child")

    def merge(self) -> None:
        merge_guest(self.people[GUEST], into=self.people[AMINA])
        merge_guest(self.people[GUEST], into=self.people[AMINA])
        self.ledger = {key: (AMINA, *rest) for key, (_, *rest) in self.ledger.items()}
        self.people[GUEST] = UserFactory(guest=True)

    def rebuild(self) -> None:
        assert [str(difference) for difference in rebuild_all()] == []

    # What must hold afterwards

    def standing_of(self, who: str) -> set[tuple[str, object]]:
        person = {"enrolment__person": self.people[who]}
        return {
            *(("step", pk) for pk in StepCompletion.objects.filter(**person).values_list("step", flat=True)),
            *(("lesson", pk) for pk in LessonCompletion.objects.filter(**person).values_list("lesson", flat=True)),
            *(("module", pk) for pk in ModuleCompletion.objects.filter(**person).values_list(
                "enrolment__module", flat=True)),
        }  # fmt: skip

    def adds_up(self) -> None:
        for who, person in self.people.items():
            hers = [row for row in self.ledger.values() if row[0] == who]
            enrolments = list(Enrolment.objects.filter(person=person))
            completed = list(
                StepCompletion.objects.filter(enrolment__person=person).values_list("step", flat=True)
            )
            assert sorted(completed) == sorted({step for _, step, mark, *_ in hers if mark >= 1})
            assert sum(enrolment.attempts_made for enrolment in enrolments) == len(hers)
            assert sum(enrolment.seconds_spent for enrolment in enrolments) == sum(row[3] for row in hers)
            assert sum(enrolment.steps_completed for enrolment in enrolments) == len(completed)
            self.lessons_add_up(person, set(completed))
            for enrolment in enrolments:
                self.one_adds_up(enrolment)

    def one_adds_up(self, enrolment: Enrolment) -> None:
        rows = [
            self.ledger[key]
            for key in Attempt.objects.filter(enrolment=enrolment).values_list("key", flat=True)
        ]
        assert enrolment.attempts_made == len(rows)
        assert enrolment.steps_completed == len({step for _, step, mark, *_ in rows if mark >= 1})
        assert enrolment.lessons_completed == LessonCompletion.objects.filter(enrolment=enrolment).count()
        if rows:
            assert enrolment.last_attempt_at == max(row[4] for row in rows)
            assert enrolment.started_at <= min(row[4] for row in rows)

    def lessons_add_up(self, person, completed: set[int]) -> None:
        live = defaultdict(set)
        for lesson, step in Step.objects.live().filter(lesson__retired_at=None).values_list("lesson", "pk"):
            live[lesson].add(step)
        noted = set(
            LessonCompletion.objects.filter(enrolment__person=person).values_list("lesson", flat=True)
        )
        assert {lesson for lesson, steps in live.items() if steps <= completed} <= noted
        modules = defaultdict(set)
        for lesson in Lesson.objects.filter(pk__in=live):
            modules[lesson.module_id].add(lesson.pk)
        whole = {module for module, its_lessons in modules.items() if its_lessons <= noted}
        finished = set(ModuleCompletion.objects.filter(enrolment__person=person).values_list(
            "enrolment__module", flat=True))  # fmt: skip
        begun = set(Enrolment.objects.filter(person=person).values_list("module", flat=True))
        assert whole & begun <= finished
        counts = standing.step_counts(live)
        for lesson, done in standing.completed_by_lesson(person).items():
            assert lesson not in counts or done <= counts[lesson]


@pytest.fixture
def pages(db):
    for code in ("fr", "nl"):
        Locale.objects.get_or_create(language_code=code)
    module = module_page()
    french = HomePage.objects.get(locale=Locale.get_default()).copy_for_translation(
        Locale.objects.get(language_code="fr")
    )
    french.save_revision().publish()
    return [lesson_page(module, [instruction(), question(), instruction()]) for _ in range(2)], module_page()


def test_progress_only_rises_and_always_adds_up(pages):
    @settings(
        max_examples=20, derandomize=True, database=None, deadline=None, print_blob=False,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(stories)
    @example(HALF_THEN_MOVED)
    @example(THE_OPEN_STEP_GOES)
    @example(TWO_HALVES)
    @example(AWAY_AND_BACK)
    @example(THE_REST_MOVES_AWAY)
    def holds_after_every_step_of(story):
        with transaction.atomic():
            tell(World(*pages), story)
            transaction.set_rollback(True)
        contents.forget_places()

    holds_after_every_step_of()


def tell(world: World, story) -> None:
    for name, *what in story:
        before = {who: world.standing_of(who) for who in (AMINA, GUEST)}
        getattr(world, name)(*what)
        tasks.settle_waiting()  # the sweep that a worker would run
        if name == "merge":
            before = {AMINA: before[AMINA] | before[GUEST], GUEST: set()}
        for who, had in before.items():
            assert had <= world.standing_of(who), (name, who)
        world.adds_up()


def test_a_lesson_learned_in_three_languages_is_one_lesson(pages):
    """The worst case told plainly: half in English, half after a translation, a replay in between."""
    world = World(*pages)
    world.send(AMINA, [event(step) for step in world.known_steps(0)[:2]])
    world.translate(0)
    page = world.page(0)
    french = page.get_translation(Locale.objects.get(language_code="fr"))
    assert [block.id for block in french.body] == [block.id for block in page.body]

    world.send(AMINA, [event(step) for step in world.known_steps(0)])

    assert len(world.known_steps(0)) == 3
    assert LessonCompletion.objects.get().steps == 3
    world.adds_up()


def test_a_damaged_device_clock_never_dates_a_completion_in_the_future(pages):
    world = World(*pages)
    world.tries(AMINA, [(0, n, 1, MOMENTS[-1]) for n in range(3)])

    assert LessonCompletion.objects.get().happened_at <= timezone.now()
