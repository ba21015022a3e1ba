"""Load on the measured site: wrk where it is installed, else threads of our own (slower, and said so)."""

import http.client
import json
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.site import Site

CONNECTIONS = 32
WARM_SECONDS = 4
PAGES = 40

# Lines of "cookie", of paths or of JSON event templates; ids are random per thread.
SCRIPT = """
local cookies, paths, steps, n, thread = {}, {}, {}, 0, 0
local hex = "0123456789abcdef"
function setup(t) t:set("thread_number", thread) thread = thread + 1 end
local function lines(name, into)
  local file = io.open(name) if not file then return end
  for line in file:lines() do into[#into + 1] = line end file:close()
end
function init(args)
  lines("@/cookies", cookies) lines("@/paths", paths) lines("@/steps", steps)
  math.randomseed(os.time() * 1000 + thread_number * 7919 + %(seed)d)
  for i = 1, 20 do math.random() end
  n = thread_number * 131
end
local function uuid()
  return (string.gsub("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx", "x", function()
    local i = math.random(1, 16) return string.sub(hex, i, i) end))
end
function request()
  n = n + 1
  local headers = { Cookie = cookies[n %% #cookies + 1] }
  if #steps == 0 then
    headers["Accept-Encoding"] = "gzip"
    return wrk.format("GET", paths[n %% #paths + 1], headers)
  end
  local events = {}
  for i = 1, %(batch)d do
    events[i] = '{"id":"' .. uuid() .. '",' .. steps[math.random(1, #steps)] .. '}'
  end
  headers["Content-Type"] = "application/json"
  return wrk.format("POST", "/progress/", headers, '{"events":[' .. table.concat(events, ",") .. ']}')
end
function done(summary, latency, requests)
  local shape = '{"requests":%%d,"seconds":%%.3f,"p50_ms":%%.1f,"p99_ms":%%.1f,"errors":%%d}'
  io.write(string.format('RESULT ' .. shape .. '\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read
    + summary.errors.write))
end
"""


def read(site: Site, people: dict[str, Any], seconds: int) -> dict[str, float]:
    """Step pages of a few lessons by signed-in learners, as a class reads them: everything warm."""
    paths = [step["path"] for step in people["steps"][:PAGES]]
    warmed = 0
    for _ in range(10):
        warmed += int(wrk(site, people["cookies"], WARM_SECONDS, paths=paths)["requests"])
        if warmed > 10 * PAGES:
            break
    return measured(site, lambda: wrk(site, people["cookies"], seconds, paths=paths))


def write(site: Site, people: dict[str, Any], seconds: int, *, batch: int) -> dict[str, float]:
    """Events, `batch` a call. `lost`: answered with 200 and not in the database."""
    wrk(site, people["cookies"], WARM_SECONDS, steps=people["steps"], batch=batch)
    before = site.inside("rows")["attempts"]
    found = measured(site, lambda: wrk(site, people["cookies"], seconds, steps=people["steps"], batch=batch))
    recorded = site.inside("rows")["attempts"] - before
    return found | {
        "events_per_second": round(recorded / found["seconds"], 1),
        "lost": max(0, int(found["requests"] * batch) - recorded),
    }


def measured(site: Site, run: Callable[[], dict[str, float]]) -> dict[str, float]:
    before = site.cpu_seconds()
    found = run()
    time.sleep(0.5)
    spent = site.cpu_seconds() - before
    return found | {
        "per_second": round(found["requests"] / found["seconds"], 1),
        "cpu_ms": round(spent * 1000 / max(1, found["requests"]), 2),
    }


def wrk(
    site: Site, cookies: list[str], seconds: int, *,
    paths: Sequence[str] = (), steps: Sequence[dict] = (), batch: int = 1,
) -> dict[str, float]:  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "cookies").write_text("\n".join(cookies))
        (place / "paths").write_text("\n".join(paths))
        (place / "steps").write_text("\n".join(template(step) for step in steps))
        if not shutil.which("wrk"):
            return own_client(site, cookies, seconds, list(paths), list(steps), batch)
        script = SCRIPT.replace("@", folder) % {"seed": random.randrange(10**6), "batch": batch}
        (place / "script.lua").write_text(script)
        said = subprocess.run(
            ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s",
             "-s", str(place / "script.lua"), site.url],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    return json.loads(
        next(line for line in said.splitlines() if line.startswith("RESULT")).removeprefix("RESULT ")
    )


def template(step: dict[str, str]) -> str:
    moment = datetime.now(UTC).isoformat()
    rest = {"lesson": step["lesson"], "step": step["step"], "kind": step["kind"], "mark": 1, "seconds": 5}
    return json.dumps(rest | {"happened_at": moment})[1:-1]


def own_client(
    site: Site, cookies: list[str], seconds: int, paths: list[str], steps: list[dict], batch: int
) -> dict[str, float]:  # fmt: skip
    sender = Sender(site, cookies, paths, [template(step) for step in steps], batch)
    sender.run(CONNECTIONS, until=time.monotonic() + seconds)
    times = sorted(sender.milliseconds) or [0.0]
    return {
        "requests": len(times), "seconds": seconds, "errors": sender.errors,
        "p50_ms": times[len(times) // 2], "p99_ms": times[int(len(times) * 0.99)],
    }  # fmt: skip


@dataclass
class Sender:
    """Threads that send and note what was acknowledged; used for the kill test too."""

    site: Site
    cookies: list[str]
    paths: list[str]
    steps: list[str]
    batch: int
    acknowledged: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    stopped: bool = False

    def run(self, threads: int, *, until: float) -> None:
        workers = [threading.Thread(target=self.send, args=(number, until)) for number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def send(self, number: int, until: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        chance = random.Random(number)
        while not self.stopped and time.monotonic() < until:
            ids = [str(uuid4()) for _ in range(self.batch)]
            headers = {"Cookie": chance.choice(self.cookies), "Content-Type": "application/json"}
            body = (
                ",".join(f'{{"id":"{event}",{chance.choice(self.steps)}}}' for event in ids)
                if self.steps
                else ""
            )
            began = time.perf_counter()
            try:
                if self.steps:
                    connection.request("POST", "/progress/", f'{{"events":[{body}]}}', headers)
                else:
                    connection.request("GET", chance.choice(self.paths), headers=headers)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                self.errors += 1
                connection.close()
                time.sleep(0.01)
                continue
            self.milliseconds.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                self.errors += 1
            elif self.steps:
                self.acknowledged += json.loads(content)["accepted"]


def kill_under_load(site: Site, people: dict[str, Any], seconds: float = 4) -> dict[str, float]:
    """Everything is killed in mid-load; what was acknowledged must be there after the next start."""
    sender = Sender(site, people["cookies"], [], [template(step) for step in people["steps"]], 1)
    loading = threading.Thread(target=sender.run, args=(16,), kwargs={"until": time.monotonic() + 60})
    loading.start()
    time.sleep(seconds)
    site.kill()
    sender.stopped = True
    loading.join()
    note = site.folder / "acknowledged"
    note.write_text("\n".join(sender.acknowledged))
    restart = site.start()
    return site.inside("kept", str(note)) | {"restart_s": round(restart, 1)}
