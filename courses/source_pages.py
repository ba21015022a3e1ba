"""Which of a page's languages is its source: the one the table of contents is written from."""

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Value, When
from wagtail.models import Page

AnyPage = TypeVar("AnyPage", bound=Page)


def live_page(model: type[AnyPage], key: UUID) -> AnyPage | None:
    """The published page in the source language; in another only when that was never written."""
    return (
        model.objects.live()
        .filter(translation_key=key)
        .order_by(
            Case(When(locale__language_code=settings.LANGUAGE_CODE, then=Value(0)), default=Value(1)), "pk"
        )
        .first()
    )
