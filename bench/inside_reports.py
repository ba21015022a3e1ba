"""Asks the reports as coordinators and editors do, warm, and looks at how the database answers."""

import gc
import json
import statistics
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from learners.models import Attempt
from people import second_factor
from people.enums import Role
from people.models import Membership, Organisation, User
from reports.enums import By

SCREENS = [
    *(f"/reports/?period=this-year&by={by.value}" for by in By),
    "/reports/stuck/",
    "/reports/classes/",
    "/reports/calls/",
]
FILES = [
    "/reports/numbers.csv?period=this-year&by=cohort",
    "/reports/numbers.xlsx?period=this-year&by=cohort",
]
OVERVIEW = SCREENS[0]


def ask_all(organisations: str) -> dict[str, float]:
    """Milliseconds: the 95th percentile of all screens, for coordinators of so many organisations in turn."""
    all_of_them = list(Organisation.objects.filter(cohorts__isnull=False).distinct().order_by("pk"))
    ones = [coordinator([one]) for one in all_of_them[: int(organisations)]]
    network = coordinator(all_of_them[:10])
    # As the server does before it forks: else now and then a page waits while Python looks through all it has loaded.
    gc.collect()
    gc.freeze()
    times = {"one_organisation": [], "ten_organisations": [], "whole_site": [], "overview": []}  # type: dict[str, list[float]]
    for client in ones:
        for path in SCREENS:
            times["one_organisation"].append(timed(client, path))
            if path == OVERVIEW:
                times["overview"].append(times["one_organisation"][-1])
    for path in SCREENS * 2:
        times["ten_organisations"].append(timed(network, path))
    seer = editor()
    for _ in range(3):
        times["whole_site"].append(timed(seer, "/reports/stuck/"))
    files = [timed(client, path) for client in ones[:5] for path in FILES]
    statements = list(asked([*ones[:1], network]))
    return {
        "learners": User.objects.filter(enrolments__isnull=False).distinct().count(),
        "attempts": Attempt.objects.count(),
        **{f"{name}_ms": percentile(found) for name, found in times.items()},
        "file_ms": percentile(files),
        "statements": max(number for number, _sql in statements),
        "sequential_scans": sum(scans(sql) for _number, sql in statements),
    }  # fmt: skip


def coordinator(organisations: list[Organisation]) -> Client:
    person = User.objects.create_user(f"coordinator-{uuid4()}", name="Coordinator")
    for one in organisations:
        Membership.objects.create(user=person, organisation=one, role=Role.COORDINATOR)
    return signed_in(person)


def editor() -> Client:
    person = User.objects.create_user(f"editor-{uuid4()}", name="Editor", is_staff=True)
    person.groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
    return signed_in(person)


def signed_in(person: User) -> Client:
    """With her second proof shown: staff pages open for nobody else."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    request = HttpRequest()
    request.session = client.session
    request.user = person
    second_factor.prove(
        request, Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    )
    request.session.save()
    return client


def timed(client: Client, path: str) -> float:
    """Milliseconds until the last byte, the second time."""
    for _ in range(2):
        began = time.perf_counter()
        answer = client.get(path)
        size = sum(len(part) for part in (answer.streaming_content if answer.streaming else [answer.content]))
        took = time.perf_counter() - began
        assert answer.status_code == 200, (path, answer.status_code)
        assert size, path
    return took * 1000


def percentile(times: list[float]) -> float:
    return round(statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0])


def asked(clients: list[Client]) -> Iterator[tuple[int, str]]:
    """(how many the page asked, the statement), of every page."""
    for client in clients:
        for path in SCREENS:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            for query in queries.captured_queries:
                if query["sql"].startswith("SELECT"):
                    yield len(queries), query["sql"]


def scans(sql: str) -> int:
    """How often its plan reads all attempts from end to end."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    return len(list(_scans(plan if isinstance(plan, list) else json.loads(plan))))


def _scans(plan: Any) -> Iterator[dict[str, Any]]:
    if isinstance(plan, list):
        for one in plan:
            yield from _scans(one)
    elif isinstance(plan, dict):
        if "Seq Scan" in str(plan.get("Node Type")) and plan.get("Relation Name") == Attempt._meta.db_table:
            yield plan
        for inner in plan.values():
            if isinstance(inner, dict | list):
                yield from _scans(inner)
