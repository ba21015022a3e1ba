"""Which of a page's languages is its source: the one the table of contents is written from."""

from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, Value, When
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


def source_pages(model: type[Page]) -> list[Any]:
    """The published source page of everything of this kind, in no order."""
    in_source = model.objects.live().filter(
        locale__language_code=settings.LANGUAGE_CODE, translation_key=OuterRef("translation_key")
    )
    pages = model.objects.live().filter(alias_of=None).select_related("locale")
    return list(pages.filter(Q(locale__language_code=settings.LANGUAGE_CODE) | ~Exists(in_source)))
