import errno
import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from operations import database, preparing
from operations.database import refuse
from operations.supervisor import AlreadyRunning, Supervisor, sole_use_of

PROCESSES = ("web", "worker", "beat")


class Command(BaseCommand):
    help = (
        "Prepare the site, then run web, worker and beat together until Ctrl-C. PORT and BASE_URL say where."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument(
            "--only",
            action="append",
            choices=PROCESSES,
            help="run only this process; may be repeated. Several machines: beat on exactly one of them",
        )

    def handle(self, *, host: str, only: list[str] | None, **options: Any) -> None:
        names = [name for name in PROCESSES if not only or name in only]
        listener = listen(host, port()) if "web" in names else None
        database.refuse_unless_reachable()
        try:
            with sole_use_of(settings.DATA_DIR) as lock:
                self.prepare()
                from operations.processes import targets

                run = targets(names, listener)
                if listener:
                    self.say(f"StepIn is at {settings.BASE_URL} (Ctrl-C stops it).")
                Supervisor(settings.DATA_DIR, run, lock).run()
        except AlreadyRunning:
            refuse(f"it runs already on {settings.DATA_DIR}; stop it first, or give another DATA_DIR.")
        except KeyboardInterrupt:
            self.say("Stopped. The next start goes on where this one was.")

    def prepare(self) -> None:
        before = preparing.traces()
        child = preparing.apart(preparing.prepare, self.say)
        child.join()
        if child.exitcode:
            raise SystemExit(child.exitcode)
        if preparing.traces() != before:
            # This process has read the list of static files and the translations as they were before.
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        refuse(f"PORT is {given!r}; write a number from 1 to 65535.")
    return int(given)


def listen(host: str, port: int) -> socket.socket:
    """Taken before anything else happens, so that a port in use is said at once and by one process only."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        why = {
            errno.EADDRINUSE: f"port {port} is in use; give another, like PORT={port % 65535 + 1}.",
            errno.EACCES: f"port {port} is not allowed to this user; give a PORT above 1023.",
        }
        refuse(why.get(error.errno or 0, f"it cannot listen on {host}:{port} (PORT): {error.strerror}."))
    return listener
