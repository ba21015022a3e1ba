"""One site and one browser for all journeys; a phone for each person.

Whatever a journey does, nothing may be asked of another host, no page may break, and no script may fail.

Only the journeys about a missing network have a service worker (`worker=True`). The protocol a test drives the browser
with loses a page now and then when a worker takes another's place between the two halves of a redirect, as after a
change of language; the browser alone does not.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.accessibility import check_accessibility
from tests.journeys.server import Site

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Milliseconds. Long, because only a fault waits so long, and short waits fail on a busy machine.
PATIENCE = 30_000
PREPARED = settings.BASE_DIR / "var" / "test-site"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def site(tmp_path_factory) -> Iterator[Site]:
    """A new site with lessons and demo people, running until the last journey ends.

    Begins with what `make test` has prepared, when it has: two lanes of journeys then write the lessons once.
    """
    folder = tmp_path_factory.mktemp("site") / "data"
    site = Site(folder)
    if PREPARED.exists():
        shutil.copytree(PREPARED, folder)
        shutil.copy(f"{PREPARED}.log", site.log)  # the story begins with its making
    try:
        yield site.start()
    finally:
        site.stop()
    assert "Traceback" not in site.story()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # The browser's event loop runs in this thread; journeys that also use the database are not asynchronous.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


# What answers 4xx, or is asked while the network is away (a new worker too), stands on the console beside errors of
# ours; journeys look at it themselves.
EXPECTED = ("status of 4", "ERR_INTERNET_DISCONNECTED", "An unknown error occurred when fetching the script")


@pytest.fixture
def screen(browser, site) -> Iterator[Callable[..., Page]]:
    """Makes a new browser without any past, `at` this site."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(
        *, language: str = "en", javascript: bool = True, colours: str = "light", width: int = 360, height: int = 740,
        touch: bool = True, worker: bool = False, at: Site = site,
    ) -> Page:  # fmt: skip
        context = browser.new_context(
            base_url=at.url, locale=language, java_script_enabled=javascript, color_scheme=colours,
            viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch, reduced_motion="reduce",
            service_workers="allow" if worker else "block",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch(context, at.url, faults)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def watch(context: BrowserContext, home: str, faults: list[str]) -> None:
    def is_ours(url: str) -> bool:
        return url.startswith((f"{home}/", "data:", "blob:", "about:"))

    context.on("request", lambda request: is_ours(request.url) or faults.append(f"asks {request.url}"))
    context.on(
        "response", lambda answer: answer.status < 500 or faults.append(f"{answer.status} {answer.url}")
    )
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on(
        "console",
        lambda line: (
            line.type != "error"
            or any(expected in line.text for expected in EXPECTED)
            or faults.append(f"console: {line.text}")
        ),
    )


@pytest.fixture
def phone(screen) -> Callable[..., Page]:
    """A phone of 360 × 740, in the language of its owner."""
    return screen


@pytest.fixture
def desk(screen) -> Callable[..., Page]:
    """The computer in the classroom."""

    def make(**choices) -> Page:
        return screen(width=1280, height=800, touch=False, **choices)

    return make


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    return check_accessibility
