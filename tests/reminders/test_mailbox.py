import stat
from email import message_from_bytes, policy

import pytest
from django.core.mail import send_mail

from people.actions import forget
from reminders import sending
from reminders.enums import State
from reminders.mailbox import FolderBackend
from reminders.models import Letter
from reminders.querysets import LEASE
from tests.factories.reminders import FRIDAY_MORNING, LetterFactory


@pytest.fixture
def outbox(tmp_path, settings):
    settings.EMAIL_BACKEND = "reminders.mailbox.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


def test_each_message_is_a_file_that_a_mail_program_opens(outbox):
    send_mail("One", "Eén", None, ["amina@example.org"])
    send_mail("Two", "Twee", None, ["amina@example.org"])

    mails = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(outbox.iterdir())
    ]

    assert [path.suffix for path in outbox.iterdir()] == [".eml", ".eml"]
    assert [mail["Subject"] for mail in mails] == ["One", "Two"]
    assert mails[0].get_content() == "Eén"


def test_files_with_addresses_and_secret_links_are_for_one_user_only(outbox):
    send_mail("One", "Text", None, ["amina@example.org"])

    [path] = outbox.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700


@pytest.mark.django_db
def test_a_letter_whose_sending_could_not_be_noted_is_still_one_file(outbox, reader, friday):
    letter = LetterFactory(person=reader)
    sending.send_due()
    Letter.objects.update(state=State.SENDING, claimed_at=FRIDAY_MORNING, sent_at=None)

    assert sending.send_due(now=lambda: FRIDAY_MORNING + LEASE) == 1

    letter.refresh_from_db()
    assert letter.state == State.SENT
    assert len(list(outbox.iterdir())) == 1


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_a_mail_server_in_trouble(outbox, reader, friday):
    outbox.write_text("in the way")
    letter = LetterFactory(person=reader)

    sending.send_due()

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.DUE, 1)


@pytest.mark.django_db
def test_the_files_of_a_person_who_leaves_are_thrown_away(
    outbox, reader, dilan, django_capture_on_commit_callbacks
):
    send_mail("One", "Text", None, ["Amina <Amina@example.org>"])
    send_mail("Two", "Text", None, ["dilan@example.org"])

    with django_capture_on_commit_callbacks(execute=True):
        forget(reader)

    [path] = outbox.iterdir()
    assert b"dilan@example.org" in path.read_bytes()


def test_nothing_to_send_writes_nothing(outbox):
    assert FolderBackend().send_messages([]) == 0
