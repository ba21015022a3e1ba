"""From a print job to its file: claimed by one worker at a time, stored whole or not at all."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from papers import kinds, rendering
from papers.exports import Export
from papers.files import write_whole
from papers.kinds import NothingToPrint
from papers.models import LIFETIME, PrintJob, path_of, private_storage
from papers.querysets import PrintJobQuerySet
from papers.rendering import RenderingFailed
from papers.signs import Unprintable

LEASE = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=10)
# Then it is said to have failed, and whoever asked may ask again.
MOST_FAILURES = 3
SECONDS_BETWEEN_NEWS = 0.5
# A large file keeps a thread of the worker busy for long; the other threads are for papers.
_one_export_at_a_time = threading.Lock()
logger = logging.getLogger("stepin.papers")


class ClaimLost(Exception):
    """The job is gone, or another worker's."""


@dataclass(frozen=True)
class Made:
    stored: str
    filename: str
    remarks: list[str]


def make(key: UUID) -> bool:
    """Make the file of a job that waits for it; safe to run twice and at once. True when stored.

    A large one waits for the next sweep while this process is at another.
    """
    if not PrintJob.objects.filter(pk=key, kind__in=kinds.exports()).exists():
        return _make(key)
    if not _one_export_at_a_time.acquire(blocking=False):
        return False
    try:
        return _make(key)
    finally:
        _one_export_at_a_time.release()


def _make(key: UUID) -> bool:
    claim = Claim.take(key)
    if claim is None:
        return False
    job = PrintJob.objects.select_related("owner").get(pk=key)
    try:
        with translation.override(job.language):
            made = _compose(job, claim)
    except ClaimLost:
        return False
    except Exception as error:  # Whatever went wrong, the row waits for its next turn or says why not.
        with translation.override(job.language):
            _note_failure(job, claim, error)
        return False
    now = timezone.now()
    # She may have left, or the claim may have run out, while we worked.
    is_ours = claim.rows().update(
        file=made.stored, filename=made.filename, made_at=now, ends_at=now + LIFETIME, failures=0, error="",
        remarks=made.remarks,
        params={name: value for name, value in job.params.items() if name not in kinds.kind_of(job).secrets},
    )  # fmt: skip
    if not is_ours and not PrintJob.objects.filter(file=made.stored).exists():
        private_storage().delete(made.stored)
    return bool(is_ours)


class Claim:
    """A job taken for the length of the lease, which every news of progress renews."""

    def __init__(self, key: UUID, due_at: datetime) -> None:
        self.key, self.due_at = key, due_at
        self._done = 0
        self._told_at = time.monotonic()

    @classmethod
    def take(cls, key: UUID, now: datetime | None = None) -> "Claim | None":
        """None when it is made, has failed, is not due, or is somebody else's."""
        now = now or timezone.now()
        due_at = now + LEASE
        is_ours = PrintJob.objects.due(now=now).filter(pk=key).update(due_at=due_at, claimed_at=now)
        return cls(key, due_at) if is_ours else None

    def rows(self) -> PrintJobQuerySet:
        """The job while it is ours, else nothing."""
        return PrintJob.objects.unmade().filter(pk=self.key, due_at=self.due_at)

    def tell(self, done: int, total: int | None) -> None:
        """At most twice a second; pages that are laid out again count once. Raises ClaimLost."""
        self._done = max(self._done, done)
        if time.monotonic() - self._told_at < SECONDS_BETWEEN_NEWS:
            return
        self._told_at = time.monotonic()
        due_at = timezone.now() + LEASE
        try:
            is_ours = self.rows().update(
                done=self._done, total=max(self._done, total) if total else 0, due_at=due_at
            )
        except DatabaseError:
            return  # busy: the next page or chunk tells
        if not is_ours:
            raise ClaimLost(self.key)
        self.due_at = due_at


def _compose(job: PrintJob, claim: Claim) -> Made:
    kind = kinds.kind_of(job)
    if not kinds.may_have(job):
        raise NothingToPrint(_("This paper is no longer for you."))
    composed = kind.compose(job)
    if isinstance(composed, Export):
        content, remarks = _told(composed, claim), composed.remarks
    else:
        printed = rendering.render(composed, lambda page: claim.tell(page, composed.pages))
        content, remarks = iter([printed.content]), [*composed.remarks, *_about(printed.left_out)]
    stored = write_whole(private_storage(), path_of(job, composed.filename), content)
    return Made(stored, composed.filename, remarks)


def _told(export: Export, claim: Claim) -> Iterator[bytes]:
    done = 0
    for rows, content in export.chunks:
        yield content
        done += rows
        claim.tell(done, export.total)


def _about(left_out: list[str]) -> list[str]:
    if not left_out:
        return []
    return [
        _("We cannot print these signs, and left them out: %(signs)s Please write them by hand.")
        % {"signs": " ".join(left_out)}
    ]


def _note_failure(job: PrintJob, claim: Claim, error: Exception) -> None:
    failures, now = job.failures + 1, timezone.now()
    is_hopeless = isinstance(error, NothingToPrint | Unprintable)
    has_failed = is_hopeless or failures >= MOST_FAILURES
    claim.rows().update(
        failures=failures,
        error=f"{type(error).__name__}: {error}"[:200],
        reason=_reason(error)[:300] if has_failed else "",
        failed_at=now if has_failed else None,
        claimed_at=None,
        done=0,
        due_at=now + FIRST_DELAY * 3 ** (failures - 1),
    )
    if not is_hopeless:
        # The kind and the reason, never a name.
        logger.log(
            logging.ERROR if has_failed else logging.WARNING,
            "job %s (%s) could not be made (failure %d): %s: %s",
            job.key,
            job.kind,
            failures,
            type(error).__name__,
            error,
            exc_info=not isinstance(error, OSError | RenderingFailed),
        )


def _reason(error: Exception) -> str:
    if isinstance(error, NothingToPrint):
        return str(error)
    if isinstance(error, Unprintable):
        return _("We cannot print these signs yet: %(signs)s") % {"signs": " ".join(error.signs)}
    if isinstance(error, OSError):
        return _("There was no room for the file. Whoever runs this site was told.")
    return _("Something went wrong on our side. Whoever runs this site was told.")
