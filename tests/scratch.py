"""A real database of its own, and workers that are real processes: what one transaction a test cannot show."""

import multiprocessing
import os
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from celery import current_app
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, connections
from django.db.models import Model
from django.db.utils import ConnectionHandler

from config import environment

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
# Whose tables are made: the rooms, and what their rows point at. Migrations would take half a minute.
LABELS = [
    "contenttypes", "auth", "wagtailcore", "people", "papers", "mfa", "courses", "learners", "funding", "classrooms",
    "reminders", "certificates", "reports", "operations",
]  # fmt: skip


@contextmanager
def scratch_database(kind: str, folder: Path, blocker: Any) -> Iterator[None]:
    """Point Django's default connection at an empty database (sqlite or postgresql) with the options of a real start.

    `blocker` is django_db_blocker. What tasks would do waits in the broker's folder: nobody works there.
    """
    current_app.conf.task_always_eager = False
    try:
        with (
            pytest.MonkeyPatch.context() as monkeypatch,
            blocker.unblock(),
            _database(kind, folder, monkeypatch),
        ):
            yield
    finally:
        current_app.conf.task_always_eager = True


@contextmanager
def _database(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if kind == "sqlite":
        with _point_at(f"sqlite:///{folder}/scratch.sqlite3", folder, monkeypatch):
            yield
        return
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"PostgreSQL is not reachable; set TEST_POSTGRES_URL ({str(error).strip()})")
    name = f"stepin_scratch_{os.getpid()}"
    with server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        try:
            with _point_at(f"{POSTGRES.rpartition('/')[0]}/{name}", folder, monkeypatch):
                yield
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _point_at(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", url)
    # The index of words is other tables on each database; only migrations make them.
    monkeypatch.setattr("modelsearch.index.insert_or_update_object", lambda instance: None)
    config = ConnectionHandler({"default": environment.database(folder)}).settings["default"]
    usual, usual_config = connections["default"], connections.settings["default"]
    connections.settings["default"] = config
    del connections["default"]
    ContentType.objects.clear_cache()  # ids of the database before
    try:
        with connection.schema_editor() as editor:
            for model in _models():
                editor.create_model(model)
        yield
    finally:
        connections["default"].close()
        connections["default"], connections.settings["default"] = usual, usual_config
        ContentType.objects.clear_cache()


def _models() -> list[type[Model]]:
    models = [model for label in LABELS for model in apps.get_app_config(label).get_models()]
    return [
        model for model in models if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def empty_tables() -> None:
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        tables = [model._meta.db_table for model in _models() if model._meta.app_label in LABELS[3:]]
        for sql in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=True):
            cursor.execute(sql)


class Crew:
    """Processes that begin their work at the same moment, when `go()` is called."""

    def __init__(self, *works: Callable[[], Any]) -> None:
        connections["default"].close()
        context = multiprocessing.get_context("fork")
        self._barrier = context.Barrier(len(works) + 1)
        self._results = context.SimpleQueue()
        self.members = [context.Process(target=self._work, args=item) for item in enumerate(works)]
        with warnings.catch_warnings():
            # Newer Pythons fear for locks that a thread holds at the fork; these children start from rest.
            warnings.simplefilter("ignore", DeprecationWarning)
            for member in self.members:
                member.start()

    def _work(self, place: int, work: Callable[[], Any]) -> None:
        self._barrier.wait(30)
        try:
            result, error = work(), None
        except Exception:
            result, error = None, traceback.format_exc()
        connections["default"].close()
        self._results.put((place, result, error))

    def go(self) -> None:
        self._barrier.wait(30)

    def wait(self) -> list[int | None]:
        """How each of them ended: 0 is well. For those that may be killed, whose results never come."""
        for member in self.members:
            member.join(60)
        return [member.exitcode for member in self.members]

    def results(self) -> list[Any]:
        """What each of them returned, in their order. An error in any of them is an error here."""
        done = sorted(self._results.get() for _ in self.members)
        for member in self.members:
            member.join(60)
        assert [error for _, _, error in done if error] == []
        return [result for _, result, _ in done]


def at_once(*works: Callable[[], Any]) -> list[Any]:
    crew = Crew(*works)
    crew.go()
    return crew.results()
