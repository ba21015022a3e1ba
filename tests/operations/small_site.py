"""Run as a script: a supervisor over three small processes that only note who they are.

python small_site.py FOLDER
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

settings.configure()

from operations.supervisor import AlreadyRunning, Supervisor, sole_use_of  # noqa: E402

folder = Path(sys.argv[1])


def note(name: str) -> None:
    (folder / f"{name}.pid").write_text(str(os.getpid()))


def web() -> None:
    helper = subprocess.Popen(["sleep", "300"])
    (folder / "helper.pid").write_text(str(helper.pid))
    note("web")
    os.write(1, b"hello\nfrom web\n")
    time.sleep(300)


def worker() -> None:
    note("worker")
    time.sleep(300)


def stubborn() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note("stubborn")
    time.sleep(300)


try:
    with sole_use_of(folder) as lock:
        Supervisor(folder, {"web": web, "worker": worker, "stubborn": stubborn}, lock).run()
except AlreadyRunning:
    sys.exit("already running")
