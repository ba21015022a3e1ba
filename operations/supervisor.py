"""Keeps web, worker and beat alive under one process: Django is set up once, then forked three times.

Each child leads its own session, so that a dead child's helpers go with it; the kernel ends the children when
the supervisor itself is killed. Why not an existing supervisor: docs/decisions/one-supervisor.md.
"""

import contextlib
import ctypes
import fcntl
import gc
import json
import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from django.db import connections

STATE_FILE = "supervisor.json"
LOCK_FILE = "supervisor.lock"
PATIENCE_SECONDS = 8.0  # for the children to end what they are doing
BACK_OFF_SECONDS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
STEADY_SECONDS = 30.0  # a child that lived this long starts again without back-off
PR_SET_PDEATHSIG = 1
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


class AlreadyRunning(Exception):
    pass


@dataclass
class Child:
    name: str
    run: Callable[[], None]
    pid: int | None = None
    started_at: float = 0.0
    restarts: int = 0
    starts_again_at: float = 0.0


@contextlib.contextmanager
def sole_use_of(folder: Path) -> Iterator[BinaryIO]:
    """Two supervisors (or a supervisor and a restore) on one data folder would double every schedule."""
    with (folder / LOCK_FILE).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield lock


class Supervisor:
    def __init__(self, folder: Path, targets: dict[str, Callable[[], None]], lock: BinaryIO) -> None:
        self.state_file = folder / STATE_FILE
        self.children = [Child(name, run) for name, run in targets.items()]
        self.lock = lock
        self.is_stopping = False
        self.must_kill_at = 0.0
        self.logs = selectors.DefaultSelector()
        self.half_lines: dict[int, bytes] = {}
        self.width = max(len(name) for name in targets)

    def run(self) -> None:
        """Returns when every child has ended, after SIGTERM or Ctrl-C."""
        wake_reader, wake_writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        self.logs.register(wake_reader, selectors.EVENT_READ, None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        connections.close_all()
        gc.collect()
        gc.freeze()  # what is loaded now stays shared between the processes
        for child in self.children:
            self.start(child)
        while any(child.pid for child in self.children) or not self.is_stopping:
            self.forward_logs(timeout=self.next_alarm())
            self.bury_the_dead()
            self.start_again()
        self.forward_logs(timeout=0)
        self.state_file.unlink(missing_ok=True)

    def start(self, child: Child) -> None:
        reader, writer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        supervisor = os.getpid()
        child.started_at = time.time()
        # A signal that falls between the fork and the child's own handlers waits for those.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        child.pid = os.fork()
        if child.pid == 0:
            os.close(reader)
            self.become(child, writer, supervisor, held)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        os.close(writer)
        os.set_blocking(reader, False)
        self.logs.register(reader, selectors.EVENT_READ, child)
        self.say(f"{child.name} started (process {child.pid})")
        self.write_state()

    def become(self, child: Child, output: int, supervisor: int, mask: set[int | signal.Signals]) -> None:
        """In the child: never returns."""
        code = 1
        try:
            os.setsid()
            die_with(supervisor)
            signal.set_wakeup_fd(-1)
            for number in SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            self.logs.close()
            self.lock.close()
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.close(output)
            child.run()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            with contextlib.suppress(Exception):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)

    def stop(self, number: int, frame: FrameType | None) -> None:
        if self.is_stopping:
            self.must_kill_at = time.monotonic()  # asked twice: do not wait
            return
        self.is_stopping = True
        self.must_kill_at = time.monotonic() + PATIENCE_SECONDS
        for child in self.children:
            if child.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGTERM)

    def bury_the_dead(self) -> None:
        for child in self.children:
            if not child.pid:
                continue
            if self.is_stopping and time.monotonic() >= self.must_kill_at:
                kill_group(child.pid)
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if not pid:
                continue
            kill_group(child.pid)  # what it had started itself
            child.pid = None
            if self.is_stopping:
                continue
            child.restarts = 0 if time.time() - child.started_at > STEADY_SECONDS else child.restarts
            delay = BACK_OFF_SECONDS[min(child.restarts, len(BACK_OFF_SECONDS) - 1)]
            child.restarts += 1
            child.starts_again_at = time.monotonic() + delay
            self.say(f"{child.name} ended ({reason(status)}); it starts again in {delay:.0f} s")
            self.write_state()

    def start_again(self) -> None:
        for child in self.children:
            if not child.pid and not self.is_stopping and time.monotonic() >= child.starts_again_at:
                self.start(child)

    def next_alarm(self) -> float | None:
        """Seconds until something must be done without being woken; None when nothing waits."""
        if self.is_stopping:
            return 0.1
        waiting = [child.starts_again_at for child in self.children if not child.pid]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def forward_logs(self, timeout: float | None) -> None:
        for key, _events in self.logs.select(timeout):
            try:
                chunk = os.read(key.fd, 65536)
            except BlockingIOError:
                continue
            if key.data is None:
                continue  # the wake-up pipe
            lines = (self.half_lines.pop(key.fd, b"") + chunk).split(b"\n")
            rest = lines.pop()
            if not chunk:
                self.logs.unregister(key.fd)
                os.close(key.fd)
                lines += [rest] if rest else []
            elif rest:
                self.half_lines[key.fd] = rest
            for line in lines:
                self.say(line.decode("utf-8", "replace"), of=key.data.name)

    def say(self, line: str, of: str = "stepin") -> None:
        # A closed terminal or a full disk behind the log must not end the site.
        with contextlib.suppress(OSError):
            print(f"{of:<{self.width}} | {line}", flush=True)

    def write_state(self) -> None:
        """`/readyz` reads it. Written aside and renamed: a reader never meets half a file."""
        state = {
            child.name: {
                "state": "running" if child.pid else "restarting",
                "started_at": datetime.fromtimestamp(child.started_at, UTC).isoformat(),
            }
            for child in self.children
        }
        draft = self.state_file.with_suffix(".draft")
        try:
            draft.write_text(json.dumps(state))
            draft.replace(self.state_file)
        except OSError as error:
            self.say(f"{self.state_file.name} could not be written: {error.strerror}")


def die_with(parent: int) -> None:
    """The kernel ends this process when the parent dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died before the line above
        os._exit(1)


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"exit code {os.WEXITSTATUS(status)}"
