"""Is the site able to serve? One function per thing that can fail, for `/readyz` and `manage.py health`.

django-health-check was considered: its newest releases want Python 3.14, it knows nothing of our supervisor,
fonts or waiting certificates, and what is left of it here is shorter than its configuration.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from certificates.models import Credential
from operations.install import missing_libraries
from operations.models import Heartbeat
from operations.supervisor import STATE_FILE
from papers import kinds
from papers.models import PrintJob

SILENT_AFTER = timedelta(seconds=70)  # three heartbeats missed
LEAST_FREE_BYTES = 200 * 1000 * 1000
CERTIFICATE_WAIT = timedelta(minutes=15)
PAPER_WAIT = timedelta(minutes=5)


class Unwell(Exception):
    """Says in one line what is wrong, in words that may stand on a public page."""


@dataclass(frozen=True)
class Finding:
    name: str
    why: str = "ok"

    @property
    def is_ok(self) -> bool:
        return self.why == "ok"


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        raise Unwell("does not answer") from None


def broker() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        if not os.access(options["data_folder_in"], os.W_OK):
            raise Unwell("its folder cannot be written to")
        return
    timeouts = (
        {"socket_connect_timeout": 2, "socket_timeout": 2} if "redis" in settings.CELERY_BROKER_URL else {}
    )
    try:
        with current_app.connection_for_write(
            connect_timeout=2, transport_options={**options, **timeouts}
        ) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except Exception:
        raise Unwell("does not answer") from None


def worker() -> None:
    _alive("worker")


def beat() -> None:
    _alive("beat")


def fonts() -> None:
    """Without them certificates cannot be written."""
    if not any((settings.BASE_DIR / "static" / "fonts").glob("*.woff2")):
        raise Unwell("no font files in static/fonts")
    if missing := missing_libraries():
        raise Unwell(f"system libraries missing: {', '.join(missing)}")


def disk() -> None:
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE_BYTES:
        raise Unwell(f"only {free // 1_000_000} MB free, {LEAST_FREE_BYTES // 1_000_000} MB needed")


def certificates() -> None:
    try:
        waiting = Credential.objects.unprinted_since(timezone.now() - CERTIFICATE_WAIT).count()
    except DatabaseError:
        raise Unwell("cannot be counted") from None
    if waiting:
        raise Unwell(f"{waiting} waiting for their PDF longer than {CERTIFICATE_WAIT.seconds // 60} minutes")


def papers() -> None:
    """What trainers asked to print. The people wait before the screen, so this is said sooner.

    A large file that a worker is writing is no trouble, nor are those that wait for their turn after it.
    """
    now = timezone.now()
    since = now - PAPER_WAIT
    try:
        waiting = PrintJob.objects.unmade().at_rest(now=now).filter(asked_at__lt=since)
        if PrintJob.objects.filter(kind__in=kinds.exports()).taken_up(since=since).exists():
            # One that was claimed and is at rest had a worker that died.
            waiting = waiting.exclude(kind__in=kinds.exports(), claimed_at=None)
        count = waiting.count()
    except DatabaseError:
        raise Unwell("cannot be counted") from None
    if count:
        raise Unwell(f"{count} waiting for their PDF longer than {PAPER_WAIT.seconds // 60} minutes")


CHECKS: tuple[Callable[[], None], ...] = (database, broker, worker, beat, fonts, disk, certificates, papers)


def findings() -> list[Finding]:
    return [_finding(check) for check in CHECKS]


def _finding(check: Callable[[], None]) -> Finding:
    try:
        check()
    except Unwell as unwell:
        return Finding(check.__name__, str(unwell))
    except Exception:
        return Finding(check.__name__, "could not be checked")
    return Finding(check.__name__)


def _alive(name: str) -> None:
    """What the supervisor knows comes first: it sees a death at once, a heartbeat only after a minute."""
    child = _child(name)
    if child and child["state"] != "running":
        raise Unwell(child["state"])
    try:
        beaten_at = Heartbeat.objects.filter(name=name).values_list("beaten_at", flat=True).first()
    except DatabaseError:
        raise Unwell("its heartbeat cannot be read") from None
    if child and (beaten_at is None or beaten_at < datetime.fromisoformat(child["started_at"])):
        raise Unwell("starting")
    if beaten_at is None:
        raise Unwell("never started")
    if beaten_at < timezone.now() - SILENT_AFTER:
        raise Unwell(f"silent since {timezone.localtime(beaten_at):%Y-%m-%d %H:%M:%S}")


def _child(name: str) -> dict[str, str] | None:
    try:
        return json.loads(Path(settings.DATA_DIR, STATE_FILE).read_text()).get(name)
    except (OSError, ValueError):
        return None  # no supervisor on this machine: only heartbeats speak
