"""Classes at work: phones that ask every two seconds, boards every second and a half, and how soon news arrive."""

import http.client
import json
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from bench.site import Site

PHONE_PAUSE, BOARD_PAUSE = 2.0, 1.5  # static/js/classroom.js, static/js/board.js
SECONDS = 20
NEWS_EVERY = 4.0  # in each class the trainer goes on and a learner moves
DEVICES_A_THREAD = 20


@dataclass
class Device:
    """A browser: where it asks, what it knows, and when it saw which news."""

    room: int
    path: str
    cookie: str
    pause: float
    known: str = ""
    next_at: float = 0.0
    seen: dict[str, float] = field(default_factory=dict)


@dataclass
class Counted:
    waits: list[float] = field(default_factory=list)
    errors: int = 0


def measure(site: Site, classes: int) -> dict[str, float]:
    """`follow`: from the trainer's step to each of thirty phones; `board`: from a learner's step to the board."""
    rooms = site.inside("classes", str(classes))
    phones = [
        Device(at, "/class/now.json?v=", cookie, PHONE_PAUSE)
        for at, room in enumerate(rooms)
        for cookie in room["learners"]
    ]
    boards = [
        Device(at, f"/teach/sessions/{room['session']}/now/?on=board&v=", room["trainer"], BOARD_PAUSE)
        for at, room in enumerate(rooms)
    ]
    devices = phones + boards
    begin = time.monotonic() + 1
    for place, device in enumerate(devices):
        device.next_at = begin + device.pause * place / len(devices)
    counted, end = Counted(), begin + SECONDS
    groups = [
        devices[start :: max(1, len(devices) // DEVICES_A_THREAD)]
        for start in range(max(1, len(devices) // DEVICES_A_THREAD))
    ]
    threads = [threading.Thread(target=ask, args=(site, group, end, counted)) for group in groups]
    for thread in threads:
        thread.start()
    led, moved = tell(site, rooms, begin + 3, end - 5)
    for thread in threads:
        thread.join()
    follow = [
        phone.seen[path] - at
        for (room, path), at in led.items()
        for phone in phones
        if phone.room == room and path in phone.seen
    ]
    missed = sum(path not in phone.seen for (room, path) in led for phone in phones if phone.room == room)
    seen = [
        min((at for at in boards[room].seen.values() if at >= told), default=told + 60) - told
        for room, told in moved
    ]
    return {
        "phones": len(phones), "polls_per_second": round(len(counted.waits) / SECONDS, 1), "errors": counted.errors,
        "poll_p99_ms": round(1000 * statistics.quantiles(counted.waits, n=100)[98], 1),
        "follow_median_s": round(statistics.median(follow), 2), "follow_longest_s": round(max(follow), 2),
        "follow_missed": missed,
        "board_median_s": round(statistics.median(seen), 2), "board_longest_s": round(max(seen), 2),
    }  # fmt: skip


def ask(site: Site, devices: list[Device], end: float, counted: Counted) -> None:
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    while (device := min(devices, key=lambda one: one.next_at)).next_at < end:
        time.sleep(max(0, device.next_at - time.monotonic()))
        began = time.monotonic()
        line.request(
            "GET", device.path + device.known, headers={"Cookie": device.cookie, "Accept-Encoding": "gzip"}
        )
        answer = line.getresponse()
        body = answer.read()
        now = time.monotonic()
        counted.waits.append(now - began)
        counted.errors += answer.status not in (200, 204)
        if answer.status == 200 and device.pause == PHONE_PAUSE:
            told = json.loads(body)
            device.known = told["v"]
            device.seen.setdefault(told["led"], now)
        elif answer.status == 200:
            device.known = answer.headers["StepIn-State"]
            device.seen[device.known] = now
        device.next_at = now + device.pause


def tell(
    site: Site, rooms: list[dict[str, Any]], begin: float, end: float
) -> tuple[dict[tuple[int, str], float], list[tuple[int, float]]]:
    """When which room was led where, and when a learner of which room moved."""
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    led, moved, number = {}, [], 1
    while begin < end:
        time.sleep(max(0, begin - time.monotonic()))
        number += 1
        for at, room in enumerate(rooms):
            step = room["steps"][number % len(room["steps"])]
            for cookie, path in (
                (room["trainer"], f"a/b/{number}"),
                (room["learners"][number % 30], "a/b/1"),
            ):
                body = json.dumps({**step, "path": path})
                line.request(
                    "POST", "/class/here/", body, {"Cookie": cookie, "Content-Type": "application/json"}
                )
                answer = line.getresponse()
                answer.read()
                assert answer.status == 204, answer.status
                if cookie == room["trainer"]:
                    led[at, path] = time.monotonic()
                else:
                    moved.append((at, time.monotonic()))
        begin += NEWS_EVERY
    return led, moved
