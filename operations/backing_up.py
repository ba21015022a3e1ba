"""One file with everything an organisation would miss: database, media, certificates, secret key.

    manifest.json      what is inside, and how many rows each table had
    database.sqlite3   or database.dump (pg_dump, custom format)
    media/…  certificates/…  secret-key

The database is copied first and in one snapshot while the site runs; then the files, so that every file a row
speaks of is there.
"""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

FORMAT = 1
FOLDERS = ("media", "certificates")
COPY_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class CannotBackUp(Exception):
    pass


def back_up(target: Path) -> dict[str, Any]:
    """Write the backup and return its manifest. Nothing stands at `target` before it is whole."""
    if not target.parent.is_dir():
        raise CannotBackUp(f"the folder {target.parent} does not exist.")
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="backup-") as scratch:
        copy = Path(scratch) / COPY_NAMES[connection.vendor]
        manifest = {
            "format": FORMAT,
            "version": version(),
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "database": connection.vendor,
            **(copy_sqlite(copy) if connection.vendor == "sqlite" else copy_postgresql(copy)),
        }
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            draft.touch(mode=0o600, exist_ok=False)
            with draft.open("wb") as file:
                write_archive(file, manifest, copy)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    return manifest


def write_archive(file: Any, manifest: dict[str, Any], copy: Path) -> None:
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
        note = copy.with_name("manifest.json")
        note.write_text(json.dumps(manifest, indent=1))
        archive.add(note, "manifest.json")
        archive.add(copy, copy.name)
        key = settings.DATA_DIR / "secret-key"
        if key.exists():
            archive.add(key, key.name)
        for folder in FOLDERS:
            for path in sorted((settings.DATA_DIR / folder).rglob("*")):
                # A file may go while we look (a certificate that was withdrawn): then its row went too.
                with contextlib.suppress(FileNotFoundError):
                    if path.is_file() and not path.is_symlink():
                        archive.add(path, str(Path(folder) / path.relative_to(settings.DATA_DIR / folder)))


def copy_sqlite(copy: Path) -> dict[str, Any]:
    """The online backup: one consistent state, whatever is being written meanwhile."""
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        # The copy goes into an archive: it must be whole without a log beside it.
        target.execute("PRAGMA journal_mode=DELETE")
        tables = {row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {
            table: target.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608  names of our models
            for table in model_tables() & tables
        }
        migrations = target.execute("SELECT app, name FROM django_migrations").fetchall()
    return {"counts": dict(sorted(counts.items())), "migrations": sorted(map(list, migrations))}


def copy_postgresql(copy: Path) -> dict[str, Any]:
    """pg_dump reads the very snapshot in which the rows are counted."""
    program = postgresql_program("pg_dump")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        found = {"counts": counts(), "migrations": migrations()}
        run(
            program,
            "--format=custom",
            f"--snapshot={snapshot}",
            "--no-owner",
            "--no-privileges",
            f"--file={copy}",
        )
    return found


def counts() -> dict[str, int]:
    """Rows of every table of our models."""
    with connection.cursor() as cursor:
        tables = model_tables() & set(connection.introspection.table_names(cursor))
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608  our models
            found[table] = cursor.fetchone()[0]
    return found


def model_tables() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def postgresql_program(name: str) -> str:
    """The newest installed; PostgreSQL's tools read servers up to their own version only."""
    beside_server = sorted(
        Path("/usr/lib/postgresql").glob(f"[0-9]*/bin/{name}"),
        key=lambda path: float(path.parts[4]),
        reverse=True,
    )
    program = str(beside_server[0]) if beside_server else shutil.which(name)
    if not program:
        raise CannotBackUp(f"{name} is missing. On Debian or Ubuntu: sudo apt-get install postgresql-client")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    own = re.search(r"\) (\d+)", said)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    if own and int(own[1]) < server:
        raise CannotBackUp(
            f"{name} is version {own[1]} and the server is {server}. Install postgresql-client-{server}."
        )
    return program


def run(program: str, *options: str) -> None:
    """One of PostgreSQL's own tools, on this site's database."""
    # The password travels in the environment, where no list of processes shows it.
    command, extra = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    call(program, *command[1:], *options, environment=extra)


def call(program: str, *options: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [program, *options],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CannotBackUp(f"{Path(program).name} failed: {last}")
