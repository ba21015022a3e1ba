"""Handing letters to the mail server: each one once, by whichever worker comes first.

A worker claims the row, looks again whether the letter is still wanted, hands it over and writes down that it
did. It may die anywhere in between: docs/decisions/a-letter-is-a-row.md says what then happens.
"""

import logging
import re
import smtplib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from reminders import clock
from reminders.actions import reading_language, reason_not_to_write
from reminders.composing import compose
from reminders.enums import State
from reminders.kinds import kind_of
from reminders.models import Letter

log = logging.getLogger("stepin.reminders")

GIVE_UP_AFTER = timedelta(days=4)
# A sweep ends well before the next one starts, and never keeps a worker from its other work for long.
SWEEP_SECONDS = 20.0
SWEEP_LETTERS = 500


class MailServerTrouble(Exception):
    """The mail server cannot be reached or takes nothing now: other letters would fare no better."""


def send_due(now: Callable[[], datetime] | None = None) -> int:
    """The sweep: send what is due, oldest first; how many went out. Safe to run beside itself.

    `now` is asked again for each letter, so that none slips past closing time at the end of a long sweep.
    """
    now = now or timezone.now
    if not clock.is_open(now()):
        return 0
    waiting = Letter.objects.takeable(now=now()).order_by("due_at", "pk").values_list("pk", flat=True)
    started, sent, connection = time.monotonic(), 0, get_connection()
    try:
        for letter_id in list(waiting[:SWEEP_LETTERS]):
            if time.monotonic() - started > SWEEP_SECONDS:
                break
            if letter := claim(letter_id, now()):
                sent += send(letter, now(), connection)
    except MailServerTrouble:
        pass
    finally:
        _close(connection)
    return sent


def send_one(letter_id: int, now: datetime) -> bool:
    """Send this letter if it is due and no other worker has it."""
    letter, connection = claim(letter_id, now), get_connection()
    try:
        return letter is not None and send(letter, now, connection)
    except MailServerTrouble:
        return False
    finally:
        _close(connection)


def claim(letter_id: int, now: datetime) -> Letter | None:
    """Take the letter, or find that another worker was first: the database lets one UPDATE through."""
    taken = Letter.objects.takeable(now=now).filter(pk=letter_id).update(state=State.SENDING, claimed_at=now)
    return Letter.objects.select_related("person").filter(pk=letter_id).first() if taken else None


def send(letter: Letter, now: datetime, connection: BaseEmailBackend) -> bool:
    """Send a claimed letter if it is still wanted, and note what became of it.

    Raises MailServerTrouble, when that is noted too, so that the sweep spares the other letters.
    """
    if not clock.is_open(now):
        _note(letter, state=State.DUE, due_at=clock.next_open(now))
        return False
    try:
        letter.language = reading_language(letter.person, kind_of(letter).languages)
        if reason := reason_to_drop(letter):
            _note(letter, state=State.DROPPED, dropped_reason=reason[:32])
            return False
        message = compose(letter)
    except Exception as error:
        # One letter that cannot be made must not keep the others from going out.
        log.exception("Letter %s (%s) could not be made", letter.pk, letter.kind)
        _postpone(letter, now, error)
        return False
    # Last look: a worker that was held up past its lease finds here that another one took over.
    if not _note(letter, claimed_at=now, language=letter.language, tries=letter.tries + 1):
        return False
    letter.claimed_at, letter.tries = now, letter.tries + 1
    return _hand_over(letter, message, now, connection)


def _hand_over(letter: Letter, message: EmailMessage, now: datetime, connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        _refused(letter, now, error)
    except (smtplib.SMTPDataError, ValueError) as error:
        # This text, or an address nobody can write to.
        _postpone(letter, now, error)
    except OSError as error:
        _postpone(letter, now, error)
        raise MailServerTrouble from error
    else:
        # What happened has happened, whoever holds the claim by now.
        Letter.objects.filter(pk=letter.pk).update(
            state=State.SENT, sent_at=now, last_error="", dropped_reason=""
        )
        return True
    return False


def reason_to_drop(letter: Letter) -> str | None:
    """Why this letter must not go out any more; None when it must."""
    if reason := reason_not_to_write(letter.person):
        return reason
    with translation.override(letter.language):
        return kind_of(letter).still_wanted(letter)


def _note(letter: Letter, **fields: Any) -> bool:
    """Write down what became of the letter, unless another worker has taken it over meanwhile."""
    mine = Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)
    return bool(mine.update(**fields))


def _postpone(letter: Letter, now: datetime, error: Exception) -> None:
    """Try again later and later; after four days of that, give up."""
    since = letter.failing_since or now
    fields: dict[str, Any] = {"failing_since": since, "last_error": f"{type(error).__name__}: {error}"[:500]}
    if now - since >= GIVE_UP_AFTER:
        log.warning("Letter %s is given up after %s tries: %s", letter.pk, letter.tries, type(error).__name__)
        _note(letter, state=State.FAILED, **fields)
    else:
        due_at = clock.next_open(now + clock.wait_after(letter.tries))
        _note(letter, state=State.DUE, due_at=due_at, **fields)


def _refused(letter: Letter, now: datetime, error: smtplib.SMTPRecipientsRefused) -> None:
    """No such mailbox is final. A server that has something against us, or is busy, may take it later."""
    code, answer = next(iter(error.recipients.values()))
    if is_final(code, answer):
        log.warning("Letter %s: the mail server refuses the address for good (%s)", letter.pk, code)
        _note(letter, state=State.FAILED, last_error=f"{code} {answer.decode(errors='replace')}"[:500])
    else:
        _postpone(letter, now, error)


def is_final(code: int, answer: bytes) -> bool:
    """A 5xx is about her address, unless its enhanced code (RFC 3463) says routing (4) or policy (7)."""
    enhanced = re.match(rb"5\.(\d+)\.", answer)
    return code >= 500 and not (enhanced and enhanced[1] in (b"4", b"7"))


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        # The letters were answered for one by one; how the goodbye went matters to none of them.
        log.info("The mail server ended the conversation first")
