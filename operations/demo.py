"""People to try the site with. Everything they did is recorded the way the site itself records it."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses import library
from courses.models import Lesson, Module, Step
from courses.simulators import simulators
from learners.actions import record_events
from learners.events import KIND_OF_STEP, Event
from learners.models import Cohort
from operations import demo_classes
from people.enums import Role
from people.models import Membership, Organisation, User
from reports import rollups

FILE = "demo-people.txt"
# No letters and digits that look alike: people copy it from a screen.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
KIND_FOR = {step: attempt for attempt, step in KIND_OF_STEP.items()}
# Eleven more in Amina's cohort: name, language, lessons finished, days since the last one.
CLASSMATES = [
    ("Yusuf", "ar", 6, 1), ("Oksana", "en", 5, 1), ("Mehmet", "nl", 4, 2), ("Selam", "en", 3, 2),
    ("Farid", "fr", 7, 3), ("Ioana", "fr", 2, 3), ("Zarghuna", "en", 1, 5), ("Fatuma", "en", 4, 8),
    ("Luis", "fr", 2, 16), ("Zeynep", "nl", 1, 21), ("Tesfay", "en", 0, 0),
]  # fmt: skip
# Nobody's: no Belgian number looks like these.
CONTACT_CARD = {
    "contact_phone": "Onthaal: 0400 00 00 14\nGSM van Bram: 0400 00 00 15",
    "contact_hours": "Maandag tot donderdag: 9 u – 16 u\nVrijdag: 9 u – 12 u",
    "contact_place": "Voorbeeldstraat 1\n9000 Gent",
    "contact_email": "help@stapvoorstap.example",
}


def is_wanted() -> bool:
    """Only with the embedded database: a real site begins without people whose passwords were printed."""
    return settings.IS_EMBEDDED and settings.DEMO


@transaction.atomic
def people(data_dir: Path) -> None:
    """Make them once, print their passwords once, and keep those in DATA_DIR/demo-people.txt."""
    if User.objects.filter(username="amina").exists():
        return
    passwords: dict[str, str] = {}
    organisation, _ = Organisation.objects.get_or_create(
        is_default_issuer=True,
        defaults={"name": "Stap voor Stap (demo)", "place": "Gent", **CONTACT_CARD},
    )
    amina = person("amina", passwords, name="Amina", help_language="ar", screen_language="nl")
    bram = person("bram", passwords, name="Bram", help_language="nl", screen_language="nl")
    celia = person("celia", passwords, name="Celia", help_language="fr", screen_language="fr")
    edith = person("edith", passwords, name="Edith", help_language="en", screen_language="nl", is_staff=True)
    person("olav", passwords, name="Olav", help_language="en", is_staff=True, is_superuser=True)
    person("dilan", passwords, name="Dilan", help_language="en", screen_language="fr")
    Membership.objects.create(user=bram, organisation=organisation, role=Role.TRAINER)
    Membership.objects.create(user=celia, organisation=organisation, role=Role.COORDINATOR)
    edith.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    cohort = Cohort.objects.create(name="Dinsdag, eerste groep", organisation=organisation)
    cohort.trainers.add(bram)
    now = timezone.now()
    classmates = [
        (
            User.objects.create_user(None, name=name, help_language=language, screen_language="nl"),
            lessons,
            days,
        )
        for name, language, lessons, days in CLASSMATES
    ]
    cohort.learners.add(amina, *(classmate for classmate, _, _ in classmates))
    for classmate, lessons, days in classmates:
        learn(classmate, whole_lessons(lessons), until=now - timedelta(days=days))
    begin_second_module(amina, now)
    demo_classes.plan_and_hold(cohort, bram, now=now)
    rollups.sweep(now)
    lines = [f"{name} {password} {ROLES[name]}" for name, password in passwords.items()]
    tell(lines, data_dir / FILE)


ROLES = {
    "amina": "learner", "bram": "trainer", "celia": "coordinator", "edith": "editor", "olav": "operator",
    "dilan": "stranger",
}  # fmt: skip


def made() -> QuerySet[User]:
    """The six and their classmates; on a site where somebody just happens to be called amina, nobody."""
    six = User.objects.filter(username__in=ROLES)
    if six.count() < len(ROLES):
        return User.objects.none()
    classmates = Q(
        username=None, name__in=[name for name, *_ in CLASSMATES], cohorts__trainers__username="bram"
    )
    return User.objects.filter(Q(username__in=ROLES) | classmates)


def person(username: str, passwords: dict[str, str], **fields: str | bool) -> User:
    passwords[username] = "".join(secrets.choice(SIGNS) for _ in range(10))
    return User.objects.create_user(username, passwords[username], **fields)


def tell(lines: Sequence[str], file: Path) -> None:
    """Written before the people are committed: after a crash in between, the next start replaces the file."""
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n")
    print("\nPeople to try the site with (user name, password, role):\n")
    for line in lines:
        print(f"    {line}")
    print(f"\nThey are kept in {file}\n", flush=True)


def begin_second_module(learner: User, now: datetime) -> None:
    """She has finished the first module, so holds its certificate, and stands in the middle of a lesson."""
    first, second = islice(Module.objects.live(), 2)
    lessons = [list(lesson.steps.live()) for lesson in first.lessons.live()]
    lessons += [list(lesson.steps.live()) for lesson in second.lessons.live()[:2]]
    lessons[-1] = lessons[-1][: len(lessons[-1]) // 2]
    learn(learner, lessons, until=now - timedelta(hours=3))


def whole_lessons(number: int) -> list[list]:
    lessons = Lesson.objects.live().filter(module__retired_at=None).order_by("module__position", "position")
    return [list(lesson.steps.live()) for lesson in lessons[:number]]


def practised(step: Step, turn: int) -> dict[str, Any] | None:
    """What a simulator would report: every goal met, now and then with a mistake and a hint."""
    texts = library.lesson_texts(step.lesson.key, settings.LANGUAGE_CODE)
    text = texts[0].steps.get(str(step.block_id)) if texts else None
    if text is None or text.simulator not in simulators():
        return None
    return {
        "simulator": text.simulator,
        "goals": {
            goal.id: {
                "goal": goal.goal,
                "met": True,
                "mistakes": {"other": 2} if (turn + place) % 3 == 0 else {},
                "hints": int((turn + place) % 3 == 0),
                "shown": int((turn + place) % 9 == 0),
            }
            for place, goal in enumerate(text.goals)
        },
    }


def learn(learner: User, lessons: list[list], *, until: datetime) -> None:
    """One lesson a day, the last one ending at `until`, a minute a step; each question missed once."""
    for days_before, steps in zip(range(len(lessons) - 1, -1, -1), lessons, strict=True):
        ended_at = until - timedelta(days=days_before)
        events = []
        for place, step in enumerate(steps):
            kind = KIND_FOR[step.kind]
            happened_at = ended_at - timedelta(minutes=len(steps) - place - 1)
            missed = [0.0] if kind == "answer" and place % 2 else []
            practice = practised(step, place + days_before) if kind == "practice" else None
            events += [
                Event(uuid4(), step.lesson.key, step.block_id, kind, mark, 30, happened_at, practice)
                for mark in [*missed, 1.0]
            ]
        record_events(learner, events, received_at=ended_at + timedelta(seconds=2))
