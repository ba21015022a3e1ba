"""What must be asked from within the site: people, rows, SQL counts, certificates. Prints one line of JSON.

python -m bench.inside people 100 | rows | sql COOKIE PATH | kept FILE | certificates | classes 20 |
    reports 12
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from classrooms.actions import join, lead, open_session  # noqa: E402
from classrooms.here import COOKIE as SEAT  # noqa: E402
from classrooms.here import SeatRole, give_seat  # noqa: E402
from classrooms.models import Session  # noqa: E402
from courses.models import Module, Step  # noqa: E402
from learners.actions import record_events  # noqa: E402
from learners.events import KIND_OF_STEP, Event  # noqa: E402
from learners.models import Attempt, Cohort, Enrolment  # noqa: E402
from people.enums import Role  # noqa: E402
from people.guests import COOKIE as GUEST  # noqa: E402
from people.guests import create_guest, give_cookie  # noqa: E402
from people.models import Membership, Organisation, User  # noqa: E402

KIND_FOR = {step: attempt for attempt, step in KIND_OF_STEP.items()}


def people(number: str) -> dict[str, Any]:
    """Signed-in learners, each enrolled by one event, and every step with its address."""
    steps = [
        {
            "lesson": str(step.lesson.key),
            "step": str(step.block_id),
            "kind": KIND_FOR[step.kind],
            "path": f"/fr/{step.lesson.module.slug}/{step.lesson.slug}/{place}/",
        }
        for module in Module.objects.live()
        for lesson in module.lessons.live()
        for place, step in enumerate(lesson.steps.live().select_related("lesson__module"), start=1)
    ]
    cookies = []
    for count in range(int(number)):
        person = User.objects.create_user(f"bench-{uuid4()}", name=f"Learner {count}", help_language="fr")
        learn(person, Step.objects.live().select_related("lesson")[:1])
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return {"cookies": cookies, "steps": steps}


def learn(person: User, steps: Any) -> None:
    now = timezone.now()
    events = [
        Event(uuid4(), step.lesson.key, step.block_id, KIND_FOR[step.kind], 1.0, 20, now) for step in steps
    ]
    record_events(person, events, received_at=now)


def rows() -> dict[str, int]:
    return {"attempts": Attempt.objects.count()}


def sql(cookie: str, *paths: str) -> dict[str, int]:
    """SQL statements of each page, and of one event, for a signed-in learner; everything warm."""
    client = Client(headers={"cookie": cookie, "host": settings.ALLOWED_HOSTS[0]})
    found = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path
        found[path] = statements(queries)
    step = Step.objects.live().select_related("lesson")[1]
    for mark in (0, 1):  # the first may enrol her, and lets the process remember where the step stands
        event = {
            "id": str(uuid4()), "lesson": str(step.lesson.key), "step": str(step.block_id),
            "kind": KIND_FOR[step.kind], "mark": mark, "happened_at": timezone.now().isoformat(),
        }  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/progress/", {"events": [event]}, content_type="application/json")
        assert answer.json()["accepted"] == [event["id"]], answer.content
    return found | {"POST /progress/": statements(queries)}


def statements(queries: CaptureQueriesContext) -> int:
    """BEGIN, COMMIT and savepoints ask nothing of the tables and are left out."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(control) for query in queries.captured_queries)


def kept(file: str) -> dict[str, int]:
    """Of the acknowledged ids in the file: how many are there; and whose rollups differ from their facts."""
    with Path(file).open() as lines:
        acknowledged = {UUID(line.strip()) for line in lines if line.strip()}
    there: set[UUID] = set()
    ids = list(acknowledged)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        there |= set(Attempt.objects.filter(key__in=part).values_list("key", flat=True))
    wrong = [
        enrolment.pk
        for enrolment in Enrolment.objects.all()
        if enrolment.attempts_made != enrolment.attempts.count()
        or enrolment.steps_completed != enrolment.step_completions.count()
        or enrolment.step_completions.count()
        != enrolment.attempts.filter(mark=1).values("step").distinct().count()
    ]
    return {"acknowledged": len(acknowledged), "kept": len(there), "wrong_rollups": len(wrong)}


def certificates() -> dict[str, float]:
    """CPU seconds of one core, warm: a certificate, and a class of thirty in one document."""
    from certificates.models import Credential
    from certificates.rendering import render

    module = Module.objects.live().first()
    assert module
    steps = list(
        Step.objects.live().filter(lesson__module=module, lesson__retired_at=None).select_related("lesson")
    )
    for count in range(30):
        person = User.objects.create_user(
            f"paper-{uuid4()}", name=f"Oksana {count}", help_language="ar", screen_language="nl"
        )
        learn(person, steps)
    class_of_30 = list(Credential.objects.order_by("-pk")[:30])
    assert len(class_of_30) == 30
    began = time.process_time()
    render(class_of_30[:1])
    cold = time.process_time() - began
    ones = [cpu(render, class_of_30[:1]) for _ in range(5)]
    thirties = [cpu(render, class_of_30) for _ in range(3)]
    return {
        "cold_s": round(cold, 2), "one_s": round(statistics.median(ones), 3),
        "thirty_s": round(statistics.median(thirties), 2), "thirty_bytes": len(render(class_of_30)),
    }  # fmt: skip


def classes(number: str) -> list[dict[str, Any]]:
    """Open sessions that are led, each with a trainer at the board and thirty learners in their seats."""
    first = Step.objects.live().select_related("lesson")[:6]
    steps = [{"lesson": str(step.lesson.key), "step": str(step.block_id)} for step in first]
    made = []
    organisation = Organisation.objects.create(name="Bench", enterprise_number="0123.456.749", place="Gent")
    for count in range(int(number)):
        cohort = Cohort.objects.create(name=f"Class {count}", organisation=organisation)
        trainer = User.objects.create_user(f"trainer-{uuid4()}", name="Trainer")
        Membership.objects.create(user=trainer, organisation=organisation, role=Role.TRAINER)
        cohort.trainers.add(trainer)
        session = open_session(cohort, by=trainer, now=timezone.now())
        lead(session, "a/b/1", now=timezone.now())
        learners = [create_guest(help_language="ar") for _ in range(30)]
        cohort.learners.add(*learners)
        for learner in learners:
            join(session, learner, now=timezone.now())
        made.append(
            {
                "session": session.pk,
                "trainer": seat(session, trainer, role=SeatRole.TRAINER),
                "learners": [seat(session, learner) for learner in learners],
                "steps": steps,
            }
        )
    return made


def seat(session: Session, person: User, *, role: SeatRole = SeatRole.LEARNER) -> str:
    """The cookies of a browser in this class."""
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = SessionStore()
    cookies = {}
    if person.is_guest:
        give_cookie(response, person)
        cookies[GUEST] = request.COOKIES[GUEST] = response.cookies[GUEST].value
    else:
        request.session.create()
        cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    give_seat(request, response, session, person.pk, now=timezone.now(), role=role)
    cookies[SEAT] = response.cookies[SEAT].value
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def reports(organisations: str) -> dict[str, float]:
    from bench.inside_reports import ask_all

    return ask_all(organisations)


def cpu(run: Any, *arguments: Any) -> float:
    began = time.process_time()
    run(*arguments)
    return time.process_time() - began


if __name__ == "__main__":
    commands = {
        "people": people,
        "rows": rows,
        "sql": sql,
        "kept": kept,
        "certificates": certificates,
        "classes": classes,
        "reports": reports,
    }
    print(json.dumps(commands[sys.argv[1]](*sys.argv[2:])))
