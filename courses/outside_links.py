"""Links to other people's sites: noted from the pages, visited once a week, told when they broke.

The row is the queue: `due_at` says when an address is visited next, and whoever takes it moves that ahead first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Case, F, Value, When
from wagtail.models import Page

from courses import links
from courses.enums import FAILURES, LinkStatus
from courses.models import OutsideLink
from courses.visiting import Visitor, host_of

AFTER_SUCCESS = timedelta(days=7)
AFTER_FAILURE = timedelta(days=1)
# Whoever visits an address has this long; then another may.
LEASE = timedelta(minutes=15)
# What one run of the task does: the worker has letters to send as well.
MOST_VISITS = 10
MOST_SECONDS = 30.0
Place = tuple[str, int]  # (address, id of the page it was found on)


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Of addresses, not of places where they stand."""

    known: int
    visited: int


def note_links(now: datetime) -> None:
    """Bring the table up to date with what stands in published pages. A link that stays keeps what is known of it."""
    # Reading every page takes long, and SQLite lets nobody else write during a transaction.
    _note(_places(), now)


def _places() -> set[Place]:
    return {
        (link.url, link.found_on)
        for link in links.links_of(links.published("http"))
        if link.url and len(link.url) <= links.MOST_LETTERS
    }


@transaction.atomic
def _note(found: set[Place], now: datetime) -> None:
    # A page may have been deleted since it was read.
    pages = set(Page.objects.filter(pk__in={page for _url, page in found}).values_list("pk", flat=True))
    wanted = {place for place in found if place[1] in pages}
    known = {(row.url, row.found_on_id): row for row in OutsideLink.objects.all()}
    OutsideLink.objects.filter(
        pk__in=[row.pk for place, row in known.items() if place not in wanted]
    ).delete()
    by_url = {row.url: row for row in known.values()}
    OutsideLink.objects.bulk_create(
        (_new(url, page, by_url.get(url), now) for url, page in sorted(wanted - known.keys())),
        ignore_conflicts=True,
    )


def _new(url: str, page: int, elsewhere: OutsideLink | None, now: datetime) -> OutsideLink:
    """What is known of the same address on another page holds here too."""
    if elsewhere is None:
        return OutsideLink(url=url, found_on_id=page, due_at=now)
    return OutsideLink(
        url=url,
        found_on_id=page,
        status=elsewhere.status,
        checked_at=elsewhere.checked_at,
        first_failed_at=elsewhere.first_failed_at,
        due_at=elsewhere.due_at,
    )


def visit_due(now: datetime, visitor: Visitor | None = None) -> list[str]:
    """Visit some addresses whose day has come, at most one of each host; the addresses visited."""
    visitor = visitor or Visitor()
    until = monotonic() + MOST_SECONDS
    visited: list[str] = []
    for url in _one_a_host(now):
        if monotonic() > until:
            break
        if OutsideLink.objects.due(now).filter(url=url).update(due_at=now + LEASE):
            note_visit(url, visitor.visit(url), now)
            visited.append(url)
    return visited


def _one_a_host(now: datetime) -> list[str]:
    """Who waits longest comes first."""
    due = OutsideLink.objects.due(now).order_by("due_at", "url").values_list("url", flat=True)
    first: dict[str, str] = {}
    for url in due.iterator():
        first.setdefault(host_of(url), url)
        if len(first) == MOST_VISITS:
            break
    return list(first.values())


def note_visit(url: str, status: LinkStatus, now: datetime) -> None:
    has_failed = status in FAILURES
    OutsideLink.objects.filter(url=url).update(
        status=status,
        checked_at=now,
        first_failed_at=(
            Case(When(first_failed_at=None, then=Value(now)), default=F("first_failed_at"))
            if has_failed
            else None
        ),
        due_at=now + (AFTER_FAILURE if has_failed else AFTER_SUCCESS),
    )


def broken() -> list[OutsideLink]:
    """The longest broken first."""
    return list(
        OutsideLink.objects.broken()
        .select_related("found_on__locale")
        .order_by("first_failed_at", "url", "found_on__path")
    )


def unsure() -> list[OutsideLink]:
    """Links an editor must try herself: the site turns programs away."""
    rows = OutsideLink.objects.filter(status=LinkStatus.UNSURE)
    return list(rows.select_related("found_on__locale").order_by("url", "found_on__path"))


def counts() -> LinkCounts:
    rows = OutsideLink.objects.order_by()
    return LinkCounts(
        known=rows.values("url").distinct().count(),
        visited=rows.exclude(checked_at=None).values("url").distinct().count(),
    )
