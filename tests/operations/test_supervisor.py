"""The supervisor itself, in a process of its own, over three small children."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(__file__).with_name("small_site.py")


def start(folder: Path) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(settings.BASE_DIR)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, str(SCRIPT), str(folder)], env=environment, stdout=log, stderr=subprocess.STDOUT
        )


def soon(is_so: Callable[[], bool], *, within: float = 20) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return False


def pid(folder: Path, name: str) -> int:
    with suppress(OSError, ValueError):
        return int((folder / f"{name}.pid").read_text())
    return 0


def is_alive(number: int) -> bool:
    """A zombie that nobody has collected yet is dead."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def states(folder: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        return {
            name: child["state"]
            for name, child in json.loads((folder / "supervisor.json").read_text()).items()
        }
    return {}


ALL = {"web": "running", "worker": "running", "stubborn": "running"}


@pytest.fixture
def site(tmp_path):
    process = start(tmp_path)
    assert soon(lambda: all(pid(tmp_path, name) for name in ("web", "worker", "stubborn", "helper")))
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()
    for name in ("web", "worker", "stubborn", "helper"):
        with suppress(ProcessLookupError):
            os.kill(pid(tmp_path, name), signal.SIGKILL)


def test_a_killed_process_is_restarted_and_the_state_says_so_meanwhile(site, tmp_path):
    before = pid(tmp_path, "worker")
    others = [pid(tmp_path, "web"), pid(tmp_path, "stubborn")]

    os.kill(before, signal.SIGKILL)

    assert soon(lambda: states(tmp_path) == {**ALL, "worker": "restarting"})
    assert soon(lambda: states(tmp_path) == ALL and pid(tmp_path, "worker") != before)
    assert [pid(tmp_path, "web"), pid(tmp_path, "stubborn")] == others


def test_what_a_dead_process_had_started_dies_with_it(site, tmp_path):
    helper = pid(tmp_path, "helper")

    os.kill(pid(tmp_path, "web"), signal.SIGKILL)

    assert soon(lambda: not is_alive(helper))


def test_a_killed_supervisor_leaves_nothing_that_listens_to_reason(site, tmp_path):
    children = [pid(tmp_path, "web"), pid(tmp_path, "worker")]

    site.kill()
    site.wait()

    assert soon(lambda: not any(map(is_alive, children)), within=3)


def test_stopping_ends_every_process_within_seconds_the_stubborn_too(site, tmp_path):
    children = [pid(tmp_path, name) for name in ("web", "worker", "stubborn", "helper")]

    site.send_signal(signal.SIGTERM)
    site.send_signal(signal.SIGTERM)  # Ctrl-C pressed twice does not wait for the stubborn

    assert site.wait(12) == 0
    assert soon(lambda: not any(map(is_alive, children)), within=3)
    assert not (tmp_path / "supervisor.json").exists()


def test_every_line_of_the_log_says_which_process_wrote_it(site, tmp_path):
    assert soon(lambda: "web      | from web\n" in (tmp_path / "log").read_text())
    assert "web      | hello\n" in (tmp_path / "log").read_text()


def test_a_second_supervisor_on_the_same_folder_is_refused(site, tmp_path):
    second = start(tmp_path)

    assert second.wait(20) == 1
    assert "already running" in (tmp_path / "log").read_text()
    assert states(tmp_path) == ALL
