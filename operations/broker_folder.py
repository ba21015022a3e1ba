"""The embedded broker keeps messages as files. A message only hurries, so an old or damaged one may go."""

import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

logger = logging.getLogger("stepin.operations")

KEPT_FOR = timedelta(days=1)


def clear_old_messages() -> int:
    """How many were removed. Messages nobody fetched for a day: their work was swept up long ago."""
    limit = time.time() - KEPT_FOR.total_seconds()
    removed = 0
    for message in _files("data_folder_in", "*.msg*"):  # those a crash left unfinished too
        try:
            if message.stat().st_mtime < limit:
                message.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # the worker fetched it meanwhile
    return removed


def drop_damaged_exchanges() -> None:
    """An exchange file cut short by a crash would stop every worker; a missing one is written again."""
    for exchange in _files("control_folder", "*.exchange"):
        try:
            json.loads(exchange.read_text())
        except ValueError:
            logger.warning("The broker file %s was damaged and is written again.", exchange.name)
            exchange.unlink(missing_ok=True)


def _files(option: str, pattern: str) -> Iterator[Path]:
    if not settings.CELERY_BROKER_URL.startswith("filesystem"):
        return iter(())
    return Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[option]).glob(pattern)
