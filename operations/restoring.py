"""Puts a backup back: all of it, or nothing of the database."""

import contextlib
import gzip
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from operations.backing_up import COPY_NAMES, FOLDERS, FORMAT, call, counts, postgresql_program, run
from operations.preparing import forget_notes

A_PIECE = 1024 * 1024


class CannotRestore(Exception):
    pass


def restore(source: Path, *, replace: bool) -> tuple[dict[str, Any], dict[str, int]]:
    """(the backup's manifest, the rows counted after the restore and before any newer migration)."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as scratch:
        unpacked = Path(scratch)
        refuse_damaged(source)
        unpack(source, unpacked)
        manifest = read_manifest(unpacked)
        refuse_unfit(manifest)
        if not replace and any(counts().values()):
            raise CannotRestore("the database is not empty; to replace everything in it, add --replace.")
        copy = unpacked / COPY_NAMES[connection.vendor]
        if connection.vendor == "sqlite":
            restore_sqlite(copy)
        else:
            restore_postgresql(copy)
        restore_files(unpacked)
    # What was noted or cached is about the data that was here before.
    forget_notes()
    cache.clear()
    found = counts()
    call_command("migrate", interactive=False, verbosity=0)
    return manifest, found


def refuse_damaged(source: Path) -> None:
    """Read it to its checksum. tarfile stops at the last file and never comes so far."""
    try:
        with gzip.open(source) as content:
            while content.read(A_PIECE):
                pass
    except FileNotFoundError:
        raise CannotRestore(f"{source} does not exist.") from None
    except (OSError, EOFError, zlib.error) as error:
        raise CannotRestore(f"{source} cannot be read, is it whole? ({error})") from None


def unpack(source: Path, target: Path) -> None:
    """Only the names a backup has, only plain files: a foreign archive must not write anywhere else."""
    wanted = {"manifest.json", "secret-key", *COPY_NAMES.values()}
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                name = PurePosixPath(member.name)
                is_known = member.name in wanted or next(iter(name.parts), "") in FOLDERS
                if not member.isfile() or ".." in name.parts or name.is_absolute() or not is_known:
                    raise CannotRestore(f"{source} is not a backup of StepIn: it holds {member.name!r}.")
                path = target / name
                path.parent.mkdir(parents=True, exist_ok=True)
                content = archive.extractfile(member)
                assert content is not None  # it is a plain file
                with path.open("wb") as file:
                    shutil.copyfileobj(content, file)
    except tarfile.TarError as error:
        raise CannotRestore(f"{source} cannot be read, is it whole? ({error})") from None
    except OSError as error:
        raise CannotRestore(f"{source} could not be unpacked in {target.parent}: {error.strerror}.") from None


def read_manifest(unpacked: Path) -> dict[str, Any]:
    try:
        return json.loads((unpacked / "manifest.json").read_text())
    except (OSError, ValueError):
        raise CannotRestore("there is no manifest in it: this is not a backup of StepIn.") from None


def refuse_unfit(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise CannotRestore(f"its format {manifest.get('format')!r} is not known to this version.")
    if manifest["database"] != connection.vendor:
        raise CannotRestore(
            f"it holds a {manifest['database']} database and this site uses {connection.vendor}."
        )
    known = MigrationLoader(None, ignore_no_migrations=True)
    newer = [
        f"{app}.{name}"
        for app, name in manifest["migrations"]
        if app in known.migrated_apps
        and (app, name) not in known.disk_migrations
        and not any((app, name) in migration.replaces for migration in known.disk_migrations.values())
    ]
    if newer:
        raise CannotRestore(f"it was made by a newer StepIn ({manifest['version']}), which knows {newer[0]}.")


def restore_sqlite(copy: Path) -> None:
    """One transaction of SQLite's own: whoever reads meanwhile sees the old or the new, never half."""
    with contextlib.closing(sqlite3.connect(copy)) as source:
        try:
            verdict = source.execute("PRAGMA quick_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            verdict = str(error)
        if verdict != "ok":
            raise CannotRestore(f"the database in it is damaged: {verdict}.")
        connection.ensure_connection()
        source.backup(connection.connection)
    connection.close()
    with connection.cursor() as cursor:  # the settings of the connection ask for WAL again
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def restore_postgresql(copy: Path) -> None:
    """Emptying and filling are one transaction: when it fails, what was there before is still there."""
    script = copy.with_suffix(".sql")
    # To a script, without a connection: pg_restore cannot empty the schema in its own transaction.
    call(postgresql_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(copy))
    connection.close()
    run(
        postgresql_program("psql"),
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
        "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        f"--file={script}",
    )
    connection.close()


def restore_files(unpacked: Path) -> None:
    for name in FOLDERS:
        place, old = settings.DATA_DIR / name, settings.DATA_DIR / f"{name}.before-restore"
        shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            place.rename(old)
        (unpacked / name).mkdir(exist_ok=True)
        (unpacked / name).rename(place)
        shutil.rmtree(old, ignore_errors=True)
    key = unpacked / "secret-key"
    if key.exists():
        key.chmod(0o600)
        key.replace(settings.DATA_DIR / "secret-key")
