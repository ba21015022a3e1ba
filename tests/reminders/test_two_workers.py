"""Two workers, two beats, and workers that are killed: on SQLite and on PostgreSQL, with a real mail server."""

import os
import signal
import socket
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from courses.models import Module
from learners import reminding
from learners.models import Enrolment
from people.models import User
from reminders import kinds, sending
from reminders.actions import write_letter
from reminders.enums import State
from reminders.models import Letter
from reminders.querysets import LEASE
from tests.factories.reminders import FRIDAY_MORNING
from tests.scratch import Crew, scratch_database


@pytest.fixture(autouse=True, params=["sqlite", "postgresql"])
def database(request, tmp_path, django_db_blocker, friday):
    with scratch_database(request.param, tmp_path, django_db_blocker):
        yield


def person(number: int = 1) -> User:
    return User.objects.create_user(f"learner{number}", email=f"learner{number}@example.org")


def test_two_beats_and_two_workers_send_each_person_one_letter(mail_server, monkeypatch):
    # What the letter says is tested elsewhere; whether it is wanted is asked here as always.
    said = kinds.Kind("come_back", reminding.still_wanted, lambda letter: {"url": "https://stepin.example/"})
    monkeypatch.setitem(kinds._kinds, "come_back", said)
    module = Module.objects.create(key=uuid4(), title="E-mail")
    stopped = FRIDAY_MORNING - timedelta(days=20)
    for number in range(12):
        Enrolment.objects.create(
            person=person(number), module=module, started_at=stopped, last_attempt_at=stopped
        )
    mail_server.seconds_a_letter = 0.02

    def beat():
        for _ in range(5):
            reminding.write_come_back_letters(FRIDAY_MORNING)
            sending.send_due()

    def work():
        for _ in range(20):
            sending.send_due()
            time.sleep(0.02)

    crew = Crew(beat, beat, work, work)
    mail_server.start()
    crew.go()

    assert crew.wait() == [0, 0, 0, 0]
    assert sorted(mail_server.recipients) == sorted(User.objects.values_list("email", flat=True))
    assert set(Letter.objects.values_list("state", "tries")) == {(State.SENT, 1)}


def test_a_worker_killed_between_row_and_sending_neither_loses_nor_doubles_a_letter(mail_server, settings):
    letter = write_letter(person(), "certificate_ready", "ABCD")
    with socket.create_server(("127.0.0.1", 0)) as server_that_never_speaks:
        settings.EMAIL_PORT = server_that_never_speaks.getsockname()[1]
        crew = Crew(sending.send_due)
        crew.go()
        wait_until(lambda: Letter.objects.get().tries == 1)
        crew.members[0].kill()
        assert crew.wait() == [-signal.SIGKILL]
    settings.EMAIL_PORT = mail_server.port
    mail_server.start()
    assert Letter.objects.get().state == State.SENDING

    assert sending.send_due(now=lambda: FRIDAY_MORNING + LEASE - timedelta(seconds=1)) == 0
    assert sending.send_due(now=lambda: FRIDAY_MORNING + LEASE) == 1
    assert sending.send_due(now=lambda: FRIDAY_MORNING + 2 * LEASE) == 0

    assert [mail["Message-ID"] for mail in mail_server.letters] == [letter.message_id]


def test_in_the_one_window_smtp_leaves_open_a_second_copy_bears_the_same_message_id(mail_server):
    """The server has taken the letter, and the worker dies before it hears so."""
    letter = write_letter(person(), "certificate_ready", "ABCD")
    crew = Crew(sending.send_due)
    mail_server.when_taken = lambda: os.kill(crew.members[0].pid, signal.SIGKILL)
    mail_server.start()
    crew.go()
    assert crew.wait() == [-signal.SIGKILL]
    mail_server.when_taken = lambda: None

    assert sending.send_due(now=lambda: FRIDAY_MORNING + LEASE) == 1

    assert [mail["Message-ID"] for mail in mail_server.letters] == [letter.message_id] * 2


def wait_until(what, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
