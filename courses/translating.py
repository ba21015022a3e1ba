"""How far pages are translated: counted from wagtail-localize's tables, in five queries for any number of pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from courses.starter.source import TOOL

Place = tuple[UUID, str]  # (translation_key, language)


@dataclass(frozen=True, slots=True)
class Standing:
    """One page in one other language.

    `page_id` is the page in that language, None when there is none. `texts` were there at the last sync, None when
    the page was written in that language by hand or nobody has sent it to be translated. `by_people` of those
    `translated` were typed by somebody; the others come from a machine. `is_outdated`: the source was published
    again after the last sync. `has_draft`: the newest translation is not published.
    """

    page_id: int | None = None
    is_live: bool = False
    has_draft: bool = False
    texts: int | None = None
    translated: int = 0
    by_people: int = 0
    is_outdated: bool = False

    @property
    def untranslated(self) -> int:
        return (self.texts or 0) - self.translated

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all; None of nothing."""
        return 100 * self.translated // self.texts if self.texts else None


def standings(pages: Sequence[Page]) -> dict[UUID, dict[str, Standing]]:
    """{translation_key: {language: standing}} in every content language but the page's own."""
    keys = [page.translation_key for page in pages]
    known = set(Locale.objects.values_list("language_code", flat=True))
    languages = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code in known]
    targets, synced = _targets(keys), _synced(keys)
    texts, translated = _texts(keys), _translated(keys)

    def standing(page: Page, code: str) -> Standing:
        place = (page.translation_key, code)
        target, is_live, has_draft = targets.get(place, (None, False, False))
        if target is not None and place not in synced:
            return Standing(target, is_live, has_draft)
        done, by_people = translated.get(place, (0, 0))
        return Standing(
            target,
            is_live,
            has_draft,
            texts=texts.get(page.translation_key),
            translated=done,
            by_people=by_people,
            is_outdated=place in synced and _is_newer(page.last_published_at, synced[place]),
        )

    return {
        page.translation_key: {
            code: standing(page, code) for code in languages if code != page.locale.language_code
        }
        for page in pages
    }


def _is_newer(published_at: datetime | None, synced_at: datetime) -> bool:
    return bool(published_at and published_at > synced_at)


def _targets(keys: Iterable[UUID]) -> dict[Place, tuple[int, bool, bool]]:
    rows = Page.objects.filter(translation_key__in=keys, alias_of=None)
    return {
        (key, code): (pk, is_live, has_draft)
        for key, code, pk, is_live, has_draft in rows.values_list(
            "translation_key", "locale__language_code", "pk", "live", "has_unpublished_changes"
        )
    }


def _synced(keys: Iterable[UUID]) -> dict[Place, datetime]:
    rows = Translation.objects.filter(source__object_id__in=keys, enabled=True)
    return {
        (key, code): at
        for key, code, at in rows.values_list(
            "source__object_id", "target_locale__language_code", "source__last_updated_at"
        )
    }


def _texts(keys: Iterable[UUID]) -> dict[UUID, int]:
    """{translation_key: texts of the last sync}."""
    segments = StringSegment.objects.filter(source__object_id__in=keys).order_by()
    return dict(segments.values_list("source__object_id").annotate(n=Count("pk")))


def _translated(keys: Iterable[UUID]) -> dict[Place, tuple[int, int]]:
    """{place: (texts of the last sync that are translated, those of them that a person typed)}."""
    by_machine: Any = Q(string__translations__tool_name=TOOL)
    by_machine |= Q(string__translations__translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    segments = StringSegment.objects.filter(
        source__object_id__in=keys,
        string__translations__context=F("context"),
        string__translations__has_error=False,
    )
    rows = (
        segments.order_by()
        .values_list("source__object_id", "string__translations__locale__language_code")
        .annotate(done=Count("pk"), by_people=Count("pk", filter=~by_machine))
    )
    return {(key, code): (done, by_people) for key, code, done, by_people in rows}
