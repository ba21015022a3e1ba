"""A site that runs as an operator runs it: `manage.py serve`, over a data folder of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from django.conf import settings

# What the test run itself sets, or a developer's shell: none of it may reach the site.
NOT_INHERITED = (
    "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "BROKER_URL", "CACHE_URL", "EMAIL_URL", "BASE_URL", "SECRET_KEY",
    "ALLOWED_HOSTS", "FROM_EMAIL", "DEMO", "DATA_DIR", "PORT", "SMS_URL",
)  # fmt: skip
PATIENCE_SECONDS = 420


class Site:
    """A running site. `seconds_to_ready` is how long its start took."""

    def __init__(
        self, folder: Path, *, demo: bool = True, host: str = "127.0.0.1", **environment: str
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://{host}:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in NOT_INHERITED},
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "DEMO": "true" if demo else "false",
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self.log = folder.with_name(f"{folder.name}.log")
        self.process: subprocess.Popen | None = None
        self.seconds_to_ready = 0.0

    def start(self) -> "Site":
        started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"], cwd=settings.BASE_DIR, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        while not self.is_ready():
            assert self.process.poll() is None, f"the site ended by itself:\n{self.story()}"
            assert time.monotonic() - started < PATIENCE_SECONDS, (
                f"not ready: {self.health()}\n{self.story()}"
            )
            time.sleep(0.1)
        self.seconds_to_ready = time.monotonic() - started
        return self

    def stop(self) -> float:
        """Ends it as Ctrl-C does; how many seconds that took."""
        if self.process is None or self.process.poll() is not None:
            return 0.0
        asked = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
            raise
        return time.monotonic() - asked

    def manage(self, *arguments: str) -> str:
        """What a command of `manage.py` says. Fails when the command does."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=self.environment,
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def is_ready(self) -> bool:
        return self.health().get("ready", False)

    def health(self) -> dict:
        with suppress(OSError, ValueError):
            try:
                with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    return json.load(answer)
            except HTTPError as answer:
                return json.load(answer)
        return {}

    def story(self) -> str:
        return self.log.read_text()

    def demo_people(self) -> dict[str, str]:
        """{user name: password}, as printed once and kept in the data folder."""
        lines = (self.folder / "demo-people.txt").read_text().splitlines()
        return {user: password for user, password, *_ in (line.split() for line in lines if line.strip())}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
