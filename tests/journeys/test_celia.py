"""Celia's month: she asks, reads what a number means, and takes the same numbers along in four forms."""

import csv
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from reminders.clock import BRUSSELS
from reminders.tasks import send_due
from reports.tasks import write_scheduled
from tests.factories.reports import ScheduleFactory
from tests.journeys.accessibility import check_letter
from tests.journeys.learning import follow
from tests.journeys.looks import layout_faults
from tests.journeys.test_amina_alone import sign_in
from tests.journeys.test_planning import paper
from tests.papers.looking import text_of


def test_a_coordinator_asks_reads_and_takes_numbers_along(site, screen, axe):
    page = screen(language="en", width=1280, height=900, touch=False)
    sign_in(page, "celia", site.demo_people()["celia"])
    page.goto("/me/")
    follow(page, "a[href='/reports/']")
    axe(page)
    page.locator("[name=by]").select_option("language")
    with page.expect_navigation():
        page.locator("main form[method=get] button").click()
    axe(page)
    assert layout_faults(page) == []
    page.locator("details.beside > summary").last.click()
    expect(page.locator(".meanings")).to_be_visible()
    # Of the twelve people few speak each language: their numbers stay hidden.
    rows = page.locator(".table-scroll tbody tr")
    expect(rows.first).to_be_visible()
    shown = page.locator(".table-scroll").first.inner_text()

    links = page.locator("a[href*='numbers.']")
    told, sheet = (page.request.get(links.nth(place).get_attribute("href")).body() for place in (0, 1))

    assert told.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(told.decode("utf-8-sig"))))
    cells = [
        str(cell) for line in load_workbook(BytesIO(sheet)).worksheets[0].values for cell in line if cell
    ]
    assert sum(len(line) > 3 for line in lines) >= 3
    assert any(cell in shown for cell in cells)
    follow(page, "form[action*='report.pdf'] button")
    axe(page)
    assert "Stap voor Stap" in text_of(paper(page))
    page.goto("/teach/1/")
    expect(page.locator("h1")).to_be_visible()
    assert "eerste groep" not in page.locator("main").inner_text()


def test_a_coordinator_has_her_question_sent_every_month(site, screen, axe):
    page = screen(language="en", width=360, height=740)
    sign_in(page, "celia", site.demo_people()["celia"])
    page.goto("/reports/?by=language&figure=visits")
    follow(page, "a[href*='/schedules/new/']")
    axe(page)
    assert layout_faults(page) == []
    expect(page.locator("[name=rhythm][value=month]")).to_be_checked()
    expect(page.locator("[name=people]:checked")).to_have_count(1)
    follow(page, "main form button")

    schedule = page.locator(".schedule")
    expect(schedule).to_have_count(1)
    # The demo's Celia has no address: the page says before the month is over that no letter would reach her.
    expect(schedule.locator("a[href='/accounts/email/']")).to_be_visible()
    axe(page)
    assert layout_faults(page) == []

    for wish in ("pause", "go-on", "delete", "undo"):
        follow(page, f"button[value='{wish}']")
        axe(page)
    expect(schedule).to_have_count(1)


@pytest.mark.django_db
def test_when_the_month_is_over_one_letter_brings_the_totals(
    celia, organisation, settings, tmp_path, monkeypatch, browser, client
):
    celia.email, celia.help_language = "celia@example.org", "nl"
    celia.save()
    ScheduleFactory(organisations=[organisation], recipients=[celia])
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "reminders.mailbox.FolderBackend", str(tmp_path)
    moment, sent = datetime(2026, 11, 30, 10, tzinfo=BRUSSELS), []
    while moment.month < 12 or moment.day < 5:
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        write_scheduled()
        send_due()
        sent += [moment] * (len(list(tmp_path.glob("*.eml"))) - len(sent))
        moment += timedelta(hours=3)

    (at,) = sent
    assert (at.day, 9 <= at.hour < 12) == (2, True)
    (file,) = tmp_path.glob("*.eml")
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Content-Language"] == "nl"
    page = browser.new_page()
    page.set_content(letter.get_body(["html"]).get_content())
    check_letter(page)
    opened = page.locator("a.go").get_attribute("href").removeprefix(settings.BASE_URL)
    page.close()
    assert "/accounts/login/" in client.get(opened).url
    client.force_login(celia)
    assert client.get(opened).status_code == 200
