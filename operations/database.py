import contextlib
import errno
import sys
from collections.abc import Iterator
from typing import NoReturn

from django.conf import settings
from django.db import DatabaseError, connection


def refuse_unless_reachable() -> None:
    """One clear line and exit code 1, no traceback and no password, when the database does not answer."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        refuse(f"the database {address()} does not answer: {first_line(error)}")


@contextlib.contextmanager
def full_disk_in_plain_words() -> Iterator[None]:
    try:
        yield
    except (OSError, DatabaseError) as error:
        if getattr(error, "errno", None) != errno.ENOSPC and not any(
            words in str(error) for words in ("disk is full", "No space left")
        ):
            raise
        refuse(f"the disk of {settings.DATA_DIR} is full. Make room and start again: what was done is kept.")


def address() -> str:
    """Where the database is, without the password."""
    database = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return str(database["NAME"])
    place = ":".join(str(part) for part in (database["HOST"] or "localhost", database["PORT"]) if part)
    return f"{database['NAME']} at {place}"


def first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0] if text else type(error).__name__


def refuse(why: str) -> NoReturn:
    sys.exit(f"StepIn cannot start: {why}")
