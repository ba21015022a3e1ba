"""From a credential to its paper: claimed by one worker at a time, stored whole or not at all."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from certificates import letters, rendering
from certificates.models import Credential, paper_path, paper_storage
from papers.files import write_whole
from papers.rendering import RenderingFailed
from papers.signs import Unprintable

LEASE = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=1)
# From this failure on it is no passing trouble: an operator reads ERROR.
FAILURES_TO_TELL = 3
logger = logging.getLogger("stepin.certificates")


def store_pdf(credential_id: int) -> bool:
    """Make the paper of a credential that waits for it; safe to run twice and at once. True when stored."""
    claim = claim_printing(credential_id)
    if claim is None:
        return False
    credential = Credential.objects.get(pk=credential_id)
    path = paper_path(credential)
    try:
        content = rendering.render([credential])
        stored = write_whole(paper_storage(), path, [content])
    except Exception as error:  # Whatever went wrong, the row waits for its next turn.
        _note_failure(credential, claim, error)
        return False
    with transaction.atomic():
        # She may have left, or the claim may have run out, while we printed.
        is_ours = (
            Credential.objects.unprinted()
            .filter(pk=credential_id, render_due_at=claim, name=credential.name)
            .update(pdf=stored, rendered_at=timezone.now(), render_failures=0, render_error="")
        )
        if is_ours:
            letters.tell_ready(credential)
    if not is_ours and not Credential.objects.filter(pdf=stored).exists():
        paper_storage().delete(stored)
    return bool(is_ours)


def claim_printing(credential_id: int, now: datetime | None = None) -> datetime | None:
    """Take it for the length of the lease; None when it is printed, not due, or somebody else's."""
    now = now or timezone.now()
    lease_ends_at = now + LEASE
    is_ours = Credential.objects.due(now=now).filter(pk=credential_id).update(render_due_at=lease_ends_at)
    return lease_ends_at if is_ours else None


def print_again(credential: Credential) -> None:
    """Its file is gone (a restored database, a lost disk): back into the queue."""
    Credential.objects.filter(pk=credential.pk, rendered_at=credential.rendered_at).update(
        pdf="", rendered_at=None, render_due_at=timezone.now()
    )


def _note_failure(credential: Credential, claim: datetime, error: Exception) -> None:
    failures = credential.render_failures + 1
    delay = min(FIRST_DELAY * 2 ** min(failures - 1, 10), LONGEST_DELAY)
    Credential.objects.filter(pk=credential.pk, render_due_at=claim).update(
        render_failures=F("render_failures") + 1,
        render_error=f"{type(error).__name__}: {error}"[:200],
        render_due_at=timezone.now() + delay,
    )
    # The code and the reason, never the name.
    logger.log(
        logging.ERROR if failures >= FAILURES_TO_TELL else logging.WARNING,
        "certificate %s could not be printed (failure %d): %s: %s",
        credential.code,
        failures,
        type(error).__name__,
        error,
        exc_info=not isinstance(error, (OSError, Unprintable, RenderingFailed)),
    )
