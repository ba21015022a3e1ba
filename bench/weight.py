"""What a phone downloads for a step, as Chromium counts it, and when the step is there on a slow network."""

import gzip
import json
import re
import shutil
import statistics
import urllib.request
from typing import Any

from bench.site import Site

KINDS = {"Script": "script", "Image": "picture"}
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SETTLE_MS = 700


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def weigh(site: Site, first: str, second: str) -> dict[str, float]:
    """Two steps of one lesson, the second after the first; nobody signed in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            # A worker fetches what this page's own session does not hear of: it is weighed by itself.
            page = phone(browser, service_workers="block")
            cold, warm = visit(page, site.url + first), visit(page, site.url + second)
            slow = [slow_visit(browser, site.url + first) for _ in range(3)]
        finally:
            browser.close()
    return {
        "cold_bytes": cold["bytes"] - cold["picture"],
        "cold_requests": cold["requests"],
        "cold_script_bytes": cold["script"],
        "picture_bytes": cold["picture"],
        "next_bytes": warm["bytes"] - warm["picture"],
        "next_requests": warm["requests"],
        "slow_visible_ms": round(statistics.median(slow)),
        "worker_bytes": weigh_worker(site),
    }


def weigh_worker(site: Site) -> int:
    """Bytes, compressed, that a worker fetches once after a first page: itself and what it keeps."""
    script = fetch(site.url + "/sw.js")
    shell = json.loads(re.search(r"const SHELL = (.*);", gzip.decompress(script).decode())[1])  # type: ignore[index]
    paths = [shell["outbox"], *shell["files"], *shell["pages"].values()]
    return len(script) + sum(len(fetch(site.url + path)) for path in dict.fromkeys(paths))


def fetch(url: str) -> bytes:
    """The body as it travels."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Accept-Language": "fr"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def weigh_practices(site: Site, paths: list[str]) -> dict[str, float]:
    """The heaviest of the practice steps, each opened cold; when its screen can be used on a slow network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        try:
            found = [visit(phone(browser), site.url + path) for path in paths]
            heaviest = paths[max(range(len(paths)), key=lambda place: found[place]["bytes"])]
            slow = [slow_visit(browser, site.url + heaviest, until=".practice__screen") for _ in range(3)]
            painted = [slow_visit(browser, site.url + heaviest) for _ in range(3)]
        finally:
            browser.close()
    return {
        "cold_bytes": max(one["bytes"] for one in found),
        "cold_requests": max(one["requests"] for one in found),
        "script_bytes": max(one["script"] for one in found),
        "slow_visible_ms": round(statistics.median(painted)),
        "slow_usable_ms": round(statistics.median(slow)),
    }


def phone(browser: Any, **options: Any) -> Any:
    context = browser.new_context(
        **options,
        viewport={"width": 360, "height": 640},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="fr-BE",
    )
    return context.new_page()


def visit(page: Any, url: str) -> dict[str, int]:
    """Bytes on the wire, headers included, and requests the cache did not answer."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    found: dict[str, dict[str, Any]] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: found.setdefault(event["requestId"], {"url": event["request"]["url"], "bytes": 0}),
    )
    session.on("Network.requestServedFromCache", lambda event: note(found, event, cached=True))
    session.on(
        "Network.responseReceived",
        lambda event: note(
            found, event, kind=KINDS.get(event["type"]), cached=event["response"].get("fromDiskCache") or None
        ),
    )
    session.on("Network.loadingFinished", lambda event: note(found, event, bytes=event["encodedDataLength"]))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLE_MS)
    session.detach()
    sent = [
        request
        for request in found.values()
        if request["url"].startswith("http") and not request.get("cached")
    ]
    weights = {
        kind: int(sum(request["bytes"] for request in sent if request.get("kind") == kind))
        for kind in KINDS.values()
    }
    return {"requests": len(sent), "bytes": int(sum(request["bytes"] for request in sent)), **weights}


def note(found: dict[str, dict[str, Any]], event: dict[str, Any], **facts: Any) -> None:
    if event["requestId"] in found:
        found[event["requestId"]].update({name: value for name, value in facts.items() if value is not None})


def slow_visit(browser: Any, url: str, until: str = "") -> float:
    """Milliseconds until the step's text is painted, or until the part `until` stands there: slow 3G, a processor
    four times slower."""
    page = phone(browser)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    if until:
        page.goto(url, wait_until="commit", timeout=60_000)
        page.wait_for_selector(until)
        there = page.evaluate("performance.now()")
        page.context.close()
        return there
    page.goto(url, wait_until="load", timeout=60_000)
    page.wait_for_timeout(SETTLE_MS)
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    page.context.close()
    return painted
