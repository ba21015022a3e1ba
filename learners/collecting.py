"""Steps that a learner without network hands to her trainer: a file, or codes on her screen, made by her phone.

What arrives is a bundle, JSON: {"stepin": "steps", "ticket": text, "events": [as POST /progress/ takes them]}. In
codes the same, compressed (deflate) and written in base64. The ticket says whose the steps are (learners.devices).
"""

import json
import zlib
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.signing import BadSignature
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.access import may_collect_for
from learners.devices import owner_of
from learners.enums import Refusal
from learners.events import MOST_EVENTS
from learners.recording import take_events
from people.models import User

LARGEST_BUNDLE = 2 * 1024 * 1024  # bytes; ten thousand steps
KIND = "steps"
MOST_IN_BUNDLE = 5000


class CannotTake(Exception):
    """Nothing of it was taken; the message says why, to the trainer."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Bundle:
    ticket: str
    events: Sequence[Any]


@dataclass
class Taken:
    """What came of it: how many steps were new, how many were there already, and why others were not taken."""

    learner: User
    new: int = 0
    known: int = 0
    refused: list[Any] = field(default_factory=list)


def read_bundle(text: str) -> Bundle:
    """Raises CannotTake when it is damaged or something else."""
    text = text.strip()
    try:
        read = json.loads(text if text.startswith("{") else _unpacked(text))
        ticket, events = read.get("ticket") or "", read["events"]
        is_ours = read["stepin"] == KIND and isinstance(events, list) and isinstance(ticket, str)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        is_ours = False
    if not is_ours:
        raise CannotTake(_("This file is damaged, or it is not from StepIn. Ask for it once more."))
    if len(events) > MOST_IN_BUNDLE:
        raise CannotTake(_("This file is too large."))
    return Bundle(ticket, events)


def _unpacked(text: str) -> bytes:
    """Raises ValueError or zlib.error."""
    try:
        packed = urlsafe_b64decode(text.encode("ascii", "strict") + b"==")
    except NotBase64 as error:
        raise ValueError(text[:20]) from error
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, LARGEST_BUNDLE)


def collect(trainer: User, bundle: Bundle, *, named: User | None) -> Taken:
    """Record the steps for whom the ticket names, else for whom the trainer named; again changes nothing.

    Raises CannotTake. The same answer for somebody out of reach and for nobody, so that a ticket tells nothing.
    The device's clock is taken as it is: how long the file lay about is not known.
    """
    learner = _owner(trainer, bundle, named)
    taken = Taken(learner)
    for start in range(0, len(bundle.events), MOST_EVENTS):
        part = bundle.events[start : start + MOST_EVENTS]
        # Each part comes in when its turn comes: all of them together may last longer than LATE_COMMIT.
        answer = take_events(part, learner, make_person=lambda: learner, received_at=timezone.now())
        taken.new += len(answer.accepted)
        taken.known += len(answer.known)
        taken.refused += [Refusal(refusal["reason"]).label for refusal in answer.refused]
    return taken


def _owner(trainer: User, bundle: Bundle, named: User | None) -> User:
    if not bundle.ticket:
        if named is None:
            raise CannotTake(_("This file does not say whose it is. Choose the learner below."))
        owner: User | None = named
    else:
        try:
            owner = owner_of(bundle.ticket)
        except BadSignature:
            raise CannotTake(_("This file was changed, or it is too old. Nothing was taken.")) from None
    if owner is None or not may_collect_for(trainer, owner):
        raise CannotTake(_("These steps are of somebody who is not in your groups."))
    return owner
