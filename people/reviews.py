"""Which languages a native speaker has read; asked once a minute, because every page may want to say so."""

from time import monotonic

from django.conf import settings

from people.enums import ReviewStatus
from people.models import LanguageReview

_SECONDS_KEPT = 60.0
_kept: tuple[float, dict[str, str]] | None = None


def status_of(language: str) -> ReviewStatus:
    """The source language needs no review; a language nobody spoke about was made by a machine."""
    if language == settings.LANGUAGE_CODE:
        return ReviewStatus.REVIEWED
    return ReviewStatus(_statuses().get(language, ReviewStatus.MACHINE))


def _statuses() -> dict[str, str]:
    global _kept
    if _kept is None or monotonic() - _kept[0] > _SECONDS_KEPT:
        _kept = monotonic(), dict(LanguageReview.objects.values_list("language", "status"))
    return _kept[1]


def forget() -> None:
    """When a review was changed in this process."""
    global _kept
    _kept = None
