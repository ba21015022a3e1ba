"""Signs of life: the worker's when it is ready and at each heartbeat task, beat's when it sends that task."""

import logging
from typing import Any

from celery.signals import beat_init, before_task_publish, worker_ready
from django.db import DatabaseError, close_old_connections

from operations import actions
from operations.tasks import beat_heart

logger = logging.getLogger("stepin.operations")


def beat_quietly(name: str) -> None:
    """A database that is away must not stop beat or the worker: readiness says the rest."""
    close_old_connections()
    try:
        actions.beat(name)
    except DatabaseError as error:
        logger.warning("The heartbeat of %s could not be written: %s", name, str(error).strip())


@worker_ready.connect
def worker_is_ready(**kwargs: Any) -> None:
    beat_quietly("worker")


@beat_init.connect
def beat_is_ready(**kwargs: Any) -> None:
    # Only beat sends the heartbeat task, so only the process of beat listens for its sending.
    before_task_publish.connect(
        beat_sends_heartbeat, sender=beat_heart.name, dispatch_uid="beat_sends_heartbeat"
    )
    beat_quietly("beat")


def beat_sends_heartbeat(**kwargs: Any) -> None:
    beat_quietly("beat")
