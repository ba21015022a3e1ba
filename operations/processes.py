"""What the three processes under the supervisor do. Each function runs for as long as its process lives."""

import os
import socket
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from celery import current_app
from celery.exceptions import SecurityWarning
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from gunicorn.app.base import BaseApplication

WEB_THREADS = 4
WORKER_THREADS = 2


class Web(BaseApplication):
    def __init__(self, listener: socket.socket, application: WSGIHandler) -> None:
        self.listener = listener
        self.application = application
        super().__init__()

    def load_config(self) -> None:
        choices: dict[str, Any] = {
            "bind": f"fd://{self.listener.fileno()}",
            "workers": min(os.cpu_count() or 1, 2),
            "worker_class": "operations.web_worker.PromptWorker",
            "threads": WEB_THREADS,
            "preload_app": True,
            "graceful_timeout": 5,
            "timeout": 60,
            "keepalive": 5,
            "control_socket_disable": True,
            # Its heartbeat file lies in memory: a slow or full disk must not look like a hung worker.
            "worker_tmp_dir": "/dev/shm" if os.access("/dev/shm", os.W_OK) else None,  # noqa: S108
            "loglevel": "warning",
        }
        for name, value in choices.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        return self.application


def targets(names: Iterable[str], listener: socket.socket | None) -> dict[str, Callable[[], None]]:
    """The processes by name. Loads the whole application now, so that the forked processes share it."""
    run: dict[str, Callable[[], None]] = {"worker": run_worker, "beat": run_beat}
    if listener:
        from django.urls import get_resolver

        from config.wsgi import application

        get_resolver().url_patterns  # noqa: B018  reading it imports every view
        run["web"] = partial(run_web, listener, application)
    return {name: run[name] for name in names}


def run_web(listener: socket.socket, application: WSGIHandler) -> None:
    Web(listener, application).run()


def run_worker() -> None:
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        # Each worker's control queue would leave files behind in the broker's folder.
        current_app.conf.worker_enable_remote_control = False
    # It warns at length when run as root, as `make run` may be on a machine for trying out; the deployment
    # page gives the site a user of its own.
    warnings.simplefilter("ignore", SecurityWarning)
    worker = current_app.Worker(
        pool="threads",
        concurrency=WORKER_THREADS,
        hostname=f"worker{os.getpid()}@{socket.gethostname()}",
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    raise SystemExit(worker.exitcode)


def run_beat() -> None:
    # In memory: the schedule stands in the settings, and what is due stands in the rows.
    current_app.Beat(loglevel="WARNING", scheduler="celery.beat:Scheduler", quiet=True).run()
