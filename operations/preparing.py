"""Brings database, files and content up to what this version needs; does nothing when nothing changed.

What was done is noted in DATA_DIR/prepared-*.json as digests of the files each stage depends on, so that a
second start takes seconds: Django's own "is anything to migrate?" costs more than the whole start.
"""

import contextlib
import fcntl
import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from operations import broker_folder, catalogues, database, demo
from operations.supervisor import die_with

ADVISORY_LOCK = 7_205_001  # any number, the same on every machine


def prepare(say: Callable[[str], None]) -> None:
    """Safe at any time, and by several machines at once: one prepares, the others wait and find it done."""
    with (settings.DATA_DIR / "prepare.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        broker_folder.drop_damaged_exchanges()
        if catalogues.compile_messages():
            say("Translations compiled.")
        # Static files need no database: on a second core they are made meanwhile.
        static = apart(_prepare_static, say)
        try:
            with _one_machine_at_a_time():
                _prepare_database(say)
        finally:
            static.join()
        if static.exitcode:
            raise SystemExit(static.exitcode)


def apart(run: Callable[..., None], *arguments: Any) -> ForkProcess:
    """Runs in a process of its own, which gives its memory back when it is done and ends with this one."""

    def in_child() -> None:
        die_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Migrations make mountains of objects that stay: looking through them all the time costs a third.
        gc.set_threshold(200_000, 50, 100)
        with database.full_disk_in_plain_words():
            run(*arguments)

    parent = os.getpid()
    connections.close_all()
    sys.stdout.flush()
    process = multiprocessing.get_context("fork").Process(target=in_child)
    process.start()
    return process


def traces() -> dict[Path, int]:
    """What preparing leaves behind, with its times: other times mean that it did something."""
    files = [*settings.DATA_DIR.glob("prepared-*.json"), *catalogues.compiled()]
    return {file: file.stat().st_mtime_ns for file in files}


def _prepare_database(say: Callable[[str], None]) -> None:
    notes = _read_notes("database")
    if not _applied_migrations():
        notes = {"demo": "wanted" if demo.is_wanted() else "no"}
        _write_notes("database", notes)
    elif notes.get("about") != _database_now():
        # Another database, or one that was changed behind our back: what we noted is not about it.
        notes = {"demo": notes.get("demo")}
    for name, line, run in (
        ("migrations", "Preparing the database …", _migrate),
        ("content", "Writing the lessons …", _starter_content),
    ):
        digest = _digest(DEPENDS_ON[name])
        if notes.get(name) != digest:
            say(line)
            run()
            notes |= {name: digest, "about": _database_now()}
            _write_notes("database", notes)
    if notes.get("demo") == "wanted":
        say("Making the people to try the site with …")
        demo.people(settings.DATA_DIR)
        _write_notes("database", notes | {"demo": "made"})


def _prepare_static(say: Callable[[str], None]) -> None:
    digest = _digest(DEPENDS_ON["static"])
    is_there = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if not is_there or _read_notes("static").get("digest") != digest:
        say("Collecting pictures, styles and scripts …")
        call_command("collectstatic", interactive=False, verbosity=0)
        _write_notes("static", {"digest": digest})


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def _starter_content() -> None:
    call_command("starter_content", verbosity=0)


DEPENDS_ON = {
    # The lock stands for the migrations and files of the libraries.
    "migrations": ["requirements/run.txt", "*/migrations/*.py"],
    "static": [
        "requirements/run.txt",
        "static/**/*",
        "*/static/**/*",
        "courses/pictures/**/*",
        "courses/simulators/**/*",
    ],
    "content": ["requirements/run.txt", "courses/**/*"],
}


def _digest(patterns: Iterable[str]) -> str:
    found = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("."):
                found.update(str(path.relative_to(settings.BASE_DIR)).encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def _applied_migrations() -> int:
    """0 for a new database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            return cursor.fetchone()[0]
    except DatabaseError:
        return 0


def _database_now() -> str:
    return f"{database.address()}, {_applied_migrations()} migrations"


def forget_notes() -> None:
    """After a restore: everything is looked at again."""
    (settings.DATA_DIR / "prepared-database.json").unlink(missing_ok=True)


def _read_notes(about: str) -> dict[str, Any]:
    try:
        return json.loads((settings.DATA_DIR / f"prepared-{about}.json").read_text())
    except (OSError, ValueError):
        return {}


def _write_notes(about: str, notes: dict[str, Any]) -> None:
    file = settings.DATA_DIR / f"prepared-{about}.json"
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(notes, indent=1))
    draft.replace(file)


@contextlib.contextmanager
def _one_machine_at_a_time() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
