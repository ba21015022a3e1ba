"""Journey 7: Olav runs the site on a fresh machine, loses it, and has it back from his backup."""

import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.server import Site
from tests.journeys.test_amina_alone import certificate, sign_in

DEMO_PEOPLE = {"amina", "bram", "celia", "edith", "olav", "dilan"}
# What changes by itself while a site runs.
RESTLESS = {
    "operations_heartbeat", "django_session", "sqlite_sequence", "wagtailcore_modellogentry", "reports_activemonth",
    "reports_furtheststep", "reports_stepeffort", "reports_goaloutcome", "reports_slice",
}  # fmt: skip
WORK = ("Preparing the database", "Writing the lessons", "Making the demo organisation")


def counts(folder: Path) -> dict[str, int]:
    """Rows a table."""
    with sqlite3.connect(f"file:{folder / 'stepin.sqlite3'}?mode=ro", uri=True) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in sorted(names)
            if name not in RESTLESS and "_fts" not in name
        }


@pytest.fixture(scope="module")
def machine(site, tmp_path_factory) -> Iterator[Site]:
    """Another machine, brought to life from a backup of the first, which was running meanwhile."""
    folder = tmp_path_factory.mktemp("machine")
    backup = folder / "backup.tar.gz"
    site.manage("backup", str(backup))
    assert backup.stat().st_mode & 0o077 == 0
    machine = Site(folder / "data", demo=False)
    machine.folder.mkdir()
    machine.manage("restore", str(backup))
    yield machine
    machine.stop()


def test_fresh_folder_becomes_a_site_with_demo_people_whose_passwords_are_printed_once(site):
    people = site.demo_people()
    assert set(people) == DEMO_PEOPLE
    assert (site.folder / "demo-people.txt").stat().st_mode & 0o777 == 0o600
    assert all(site.story().count(password) == 1 for password in people.values())


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("amina", "/certificates/"), ("bram", "/teach/"), ("celia", "/me/"), ("edith", "/admin/"), ("olav", "/admin/"),
    ],
)  # fmt: skip
def test_demo_people_sign_in_and_find_their_page(person, sees, site, desk):
    page = desk()
    sign_in(page, person, site.demo_people()[person])

    assert page.goto("/admin/" if sees == "/admin/" else "/me/").status == 200
    expect(page).to_have_url(re.compile(f"{site.url}/(me|admin)/$"))
    if sees not in ("/admin/", "/me/"):
        expect(page.locator(f"main a[href^='{sees}']").first).to_be_visible()


def test_demo_learner_has_a_certificate_ready_to_print(site, phone):
    page = phone()
    sign_in(page, "amina", site.demo_people()["amina"])
    page.locator("main a[href^='/certificates/']").first.click()

    assert len(certificate(page).pages) == 1


def test_restored_machine_has_the_same_numbers(site, machine):
    before = counts(site.folder)

    assert before["learners_attempt"] > 0
    assert counts(machine.folder) == before


def test_restored_machine_serves_the_same_people_and_papers(site, machine, phone):
    machine.start()
    try:
        page, other = phone(), phone(at=machine)
        sign_in(page, "amina", site.demo_people()["amina"])
        sign_in(other, "amina", site.demo_people()["amina"])
        path = page.locator("main a[href^='/certificates/']").first.get_attribute("href").rstrip("/") + ".pdf"
        assert other.request.get(path).body() == page.request.get(path).body()
    finally:
        machine.stop()


def test_second_start_does_nothing_again(machine):
    machine.start()
    machine.stop()
    machine.log.write_text("")

    machine.start()

    assert machine.stop() < 15
    assert [line for line in WORK if line in machine.story()] == []


@pytest.mark.thorough
def test_upgrade_over_old_data_keeps_every_number(machine):
    before = counts(machine.folder)
    # As a version of last year left it: every file it was prepared from was another.
    for notes in machine.folder.glob("prepared*.json"):
        notes.write_text(re.sub('"[0-9a-f]{64}"', '""', notes.read_text()))
    machine.log.write_text("")

    machine.start()
    machine.stop()

    assert "Writing the lessons" in machine.story()
    assert counts(machine.folder) == before


def test_ctrl_c_leaves_nothing_running(machine):
    machine.start()
    family = descendants(machine.process.pid)
    machine.stop()

    assert len(family) >= 3
    assert [pid for pid in family if Path(f"/proc/{pid}").exists()] == []


def descendants(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return children + [one for child in children for one in descendants(child)]


def test_who_says_nothing_keeps_nobody_waiting(site):
    """Browsers open connections before they need them; a thread that waited on each would stop the site."""
    address = urlsplit(site.url)
    silent = [socket.create_connection((address.hostname, address.port)) for _ in range(32)]
    began = time.monotonic()

    with urlopen(f"{site.url}/healthz") as answer:
        assert answer.status == 200

    assert time.monotonic() - began < 4
    for connection in silent:
        connection.close()


def test_who_never_hangs_up_keeps_nobody_waiting(site):
    """A phone whose network went away after it had asked."""
    address = urlsplit(site.url)
    gone = [socket.create_connection((address.hostname, address.port)) for _ in range(32)]
    for connection in gone:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    time.sleep(0.5)
    began = time.monotonic()

    with urlopen(f"{site.url}/healthz") as answer:
        assert answer.status == 200

    assert time.monotonic() - began < 2
    for connection in gone:
        answer = b"".join(iter(partial(connection.recv, 4096), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        connection.close()
