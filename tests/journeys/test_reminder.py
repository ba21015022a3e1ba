"""Journey 5: who stopped gets one letter, in her language and by day; who cannot be written to is called.

The clock is moved by hours, and each time the tasks of the worker run as its schedule runs them.
"""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone

from courses.models import Module
from learners.tasks import write_reminders
from reminders.clock import BRUSSELS
from reminders.tasks import send_due
from tests.factories.learners import do, finish_module
from tests.journeys.accessibility import check_letter

pytestmark = pytest.mark.django_db
STOPPED_AT = datetime(2026, 11, 2, 20, 30, tzinfo=BRUSSELS)
HOUR = timedelta(hours=1)
DAY = 24 * HOUR
ROUND = 3 * HOUR  # by day and by night, at odd times


@pytest.fixture
def outbox(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = "reminders.mailbox.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def let_time_pass(monkeypatch, outbox):
    """The worker's rounds from one moment to another: [(moment, letter)] of what went out."""

    def pass_by(begin: datetime, end: datetime) -> list[tuple[datetime, EmailMessage]]:
        sent, moment = [], begin
        while moment < end:
            monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
            before = set(outbox.glob("*.eml"))
            write_reminders()
            send_due()
            new = set(outbox.glob("*.eml")) - before
            sent += [(moment, message_from_bytes(path.read_bytes(), policy=policy.default)) for path in new]
            moment += ROUND
        return sent

    return pass_by


@pytest.fixture
def reader(amina, cohort):
    """Amina with an address, in Bram's cohort."""
    amina.email = "amina@example.org"
    amina.save()
    return amina


def test_who_stopped_two_weeks_gets_one_letter_in_her_language_by_day(reader, lesson, let_time_pass, browser):
    do(reader, lesson.steps.first(), at=STOPPED_AT)

    sent = let_time_pass(STOPPED_AT + 12 * DAY, STOPPED_AT + 29 * DAY)

    ((moment, letter),) = sent
    assert STOPPED_AT + 14 * DAY <= moment <= STOPPED_AT + 15 * DAY
    assert 9 <= moment.astimezone(BRUSSELS).hour < 19
    assert (letter["To"], letter["Content-Language"]) == ("amina@example.org", "ar")
    links = re.findall(r"https?://[^\s\"<>]+", letter.get_body(["plain"]).get_content())
    assert [link for link in links if f"/ar/{lesson.module.slug}/{lesson.slug}/2/" in link]
    page = browser.new_page()
    page.set_content(letter.get_body(["html"]).get_content())
    assert page.locator("html").get_attribute("dir") == "rtl"
    check_letter(page)
    page.close()


def test_a_month_brings_a_second_letter_and_never_a_third(reader, lesson, let_time_pass):
    do(reader, lesson.steps.first(), at=STOPPED_AT)

    sent = let_time_pass(STOPPED_AT + 13 * DAY, STOPPED_AT + 40 * DAY)

    assert [(moment - STOPPED_AT).days for moment, _ in sent] == [14, 30]


def test_who_finishes_meanwhile_gets_none(reader, lesson, let_time_pass):
    do(reader, lesson.steps.first(), at=STOPPED_AT)
    night = let_time_pass(STOPPED_AT + 14 * DAY, STOPPED_AT + 14 * DAY + 10 * HOUR)
    assert reader.letters.count() == 1

    finish_module(reader, Module.objects.get(pk=lesson.module_id), at=STOPPED_AT + 14 * DAY + 10 * HOUR)

    assert night + let_time_pass(STOPPED_AT + 14 * DAY + 11 * HOUR, STOPPED_AT + 32 * DAY) == []


def test_one_tap_on_the_link_of_a_letter_stops_all_letters(reader, lesson, let_time_pass, client):
    do(reader, lesson.steps.first(), at=STOPPED_AT)
    ((_, letter),) = let_time_pass(STOPPED_AT + 14 * DAY, STOPPED_AT + 15 * DAY)
    stop = re.search(r"/reminders/stop/[^/]+/", letter.get_body(["plain"]).get_content())[0]

    assert client.get(stop).status_code == 200
    assert client.post(stop).status_code == 200

    assert let_time_pass(STOPPED_AT + 15 * DAY, STOPPED_AT + 32 * DAY) == []


def test_who_has_no_address_stands_on_the_call_list_of_her_trainer(
    amina, cohort, bram, dilan, lesson, let_time_pass, client
):
    amina.phone = "0470 00 00 00"
    amina.save()
    do(amina, lesson.steps.first(), at=STOPPED_AT)

    assert let_time_pass(STOPPED_AT + 14 * DAY, STOPPED_AT + 16 * DAY) == []

    client.force_login(bram)
    page = client.get("/teach/calls/").content.decode()
    assert amina.name in page
    assert "+32 470 00 00 00" in page
    client.force_login(dilan)
    assert client.get("/teach/calls/").status_code == 404
