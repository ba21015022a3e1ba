"""Lessons whose facts, amounts and addresses must be compared with their source, the longest overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from courses.models import LessonPage
from courses.source_pages import source_pages

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class FactCheck:
    """`checked_on` is None when nobody has noted a check; `days` until it is due, negative when it is past."""

    page_id: int
    number: str
    title: str
    checked_on: date | None
    due_on: date
    days: int

    @property
    def is_overdue(self) -> bool:
        return self.days <= 0

    @property
    def days_past(self) -> int:
        return -self.days


def due_checks(today: date | None = None, pages: Sequence[LessonPage] | None = None) -> list[FactCheck]:
    """What is due today or within 60 days; `pages` are the published source pages when they are at hand."""
    today = today or timezone.localdate()
    pages = source_pages(LessonPage) if pages is None else pages
    checks = [
        FactCheck(page.pk, page.number, page.title, page.checked_on, due_on, (due_on - today).days)
        for page in pages
        if (due_on := page.check_due_on) and due_on <= today + SOON
    ]
    return sorted(checks, key=lambda check: (check.due_on, check.number))
