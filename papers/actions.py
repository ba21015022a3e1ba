"""What can happen to a print job before and after a worker has it in hand (making.py)."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from papers import kinds, tasks
from papers.files import clear_left_behind
from papers.models import LIFETIME, PrintJob, private_storage
from people.models import User

# Longer than anybody writes at a file, and than a sweep may be late.
A_WHILE = timedelta(hours=2)


class MayNot(Exception):
    """This paper is not for her, or the key of her form is of somebody else's job."""


@transaction.atomic
def ask(owner: User, kind: str, params: dict[str, Any], *, title: str, key: UUID) -> PrintJob:
    """Put it into the queue, in the language that is active. Raises MayNot.

    The same press sent twice asks once. Another choice in the same form (a second button, back in the browser) asks
    for another paper, under a key computed from that of the form and the choice.
    """
    if not kinds.named(kind).may_have(owner, params):
        raise MayNot(kind)
    wanted = {
        "owner": owner,
        "kind": kind,
        "params": params,
        "title": title[:200],
        "language": get_language(),
    }
    choice = _choice(kind, params)
    job, is_new = PrintJob.objects.get_or_create(key=key, defaults=wanted)
    if job.owner_id == owner.pk and (job.kind != kind or _choice(kind, job.params) != choice):
        job, is_new = PrintJob.objects.get_or_create(key=uuid5(key, choice), defaults=wanted)
    if job.owner_id != owner.pk:
        raise MayNot(kind)
    if is_new:
        hurry(job)
    return job


def try_again(job: PrintJob) -> None:
    """One that was said to have failed goes back into the queue, for a day more."""
    now = timezone.now()
    is_back = PrintJob.objects.filter(pk=job.pk).exclude(failed_at=None).update(
        failed_at=None, failures=0, error="", reason="", done=0, claimed_at=None, due_at=now, ends_at=now + LIFETIME
    )  # fmt: skip
    if is_back:
        hurry(job)


def clear_old(*, now: datetime) -> int:
    """Delete what nobody may fetch any more, the files too, and what killed workers left behind; how many jobs."""
    ended = PrintJob.objects.ended(now=now)
    paths = _paths(ended)
    count, _ = ended.filter(pk__in=paths).delete()
    _delete_files(paths.values())
    clear_left_behind(private_storage(), before=now - LIFETIME - A_WHILE)
    return count


def forget(owner: User) -> None:
    """She leaves: her papers go, and their files once that is committed."""
    jobs = PrintJob.objects.filter(owner=owner)
    paths = _paths(jobs)
    jobs.delete()
    transaction.on_commit(lambda: _delete_files(paths.values()), robust=True)


def hurry(job: PrintJob) -> None:
    """Robust: without a broker the sweep makes it within a minute."""
    # A plain function, for Django names a robust callback when it fails, and a partial has no name.
    transaction.on_commit(lambda: tasks.make.delay(str(job.key)), robust=True)


def _choice(kind: str, params: dict[str, Any]) -> str:
    """Without secrets: those of a paper that is made are forgotten."""
    secrets = kinds.named(kind).secrets
    told = {name: value for name, value in params.items() if name not in secrets}
    return json.dumps([kind, told], sort_keys=True)


def _paths(jobs: Any) -> dict[UUID, str]:
    return dict(jobs.values_list("pk", "file"))


def _delete_files(paths: Any) -> None:
    for path in filter(None, paths):
        private_storage().delete(path)
