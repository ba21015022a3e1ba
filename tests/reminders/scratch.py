"""A real database of its own, and workers that are real processes: what one transaction a test cannot show.

Only the tables these tests write to are made, in a blink, rather than every migration of the house.
"""

import multiprocessing
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from config import environment
from courses.models import Lesson, Module, Step
from learners.models import Cohort, Enrolment, LessonCompletion, ModuleCompletion, StepCompletion
from people.models import Membership, Organisation, User
from reminders.models import Letter, Preference

TABLES = [
    ContentType, Permission, Group, Organisation, User, Membership, Module, Lesson, Step, Cohort,
    Enrolment, StepCompletion, LessonCompletion, ModuleCompletion, Preference, Letter,
]  # fmt: skip
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")


@contextmanager
def scratch_database(kind: str, folder, monkeypatch) -> Iterator[None]:
    """Point Django's default connection at an empty database with the options of a real start."""
    if kind == "sqlite":
        with _point_at(f"sqlite:///{folder}/scratch.sqlite3", folder, monkeypatch):
            yield
        return
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"PostgreSQL is not reachable; set TEST_POSTGRES_URL ({str(error).strip()})")
    name = f"stepin_reminders_{os.getpid()}"
    with server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        try:
            with _point_at(f"{POSTGRES.rpartition('/')[0]}/{name}", folder, monkeypatch):
                yield
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _point_at(url: str, folder, monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", url)
    config = ConnectionHandler({"default": environment.database(folder)}).settings["default"]
    usual, usual_config = connections["default"], connections.settings["default"]
    connections.settings["default"] = config
    del connections["default"]
    try:
        with connection.schema_editor() as editor:
            for model in TABLES:
                editor.create_model(model)
        yield
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = usual, usual_config


class Crew:
    """Processes that begin their work at the same moment, when `go()` is called."""

    def __init__(self, *works: Callable[[], object]) -> None:
        connections["default"].close()
        context = multiprocessing.get_context("fork")
        self._barrier = context.Barrier(len(works) + 1)
        self.members = [context.Process(target=self._work, args=[work]) for work in works]
        with warnings.catch_warnings():
            # Newer Pythons fear for locks that a thread holds at the fork; these children start from rest.
            warnings.simplefilter("ignore", DeprecationWarning)
            for member in self.members:
                member.start()

    def _work(self, work: Callable[[], object]) -> None:
        self._barrier.wait(30)
        work()
        connections["default"].close()

    def go(self) -> None:
        self._barrier.wait(30)

    def wait(self) -> list[int | None]:
        """How each of them ended: 0 is well."""
        for member in self.members:
            member.join(60)
        return [member.exitcode for member in self.members]
