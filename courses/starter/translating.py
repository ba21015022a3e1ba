"""Writes the starter translations into wagtail-localize, so that an editor goes on from there string by string."""

from collections.abc import Iterator

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.strings import StringValue

from courses.starter import source
from courses.starter.pages import Report
from courses.starter.source import TOOL, StarterLesson, StarterModule


def translate(
    starter: StarterModule | StarterLesson, page: Page, module: StarterModule, report: Report
) -> None:
    localized = TranslationSource.update_or_create_from_instance(page)[0]
    segments = list(StringSegment.objects.filter(source=localized).select_related("string", "context"))
    paths = dict(_paths(starter))
    for language in source.languages():
        locale = Locale.objects.get_or_create(language_code=language)[0]
        texts = {
            path: StringValue.from_plaintext(text).data
            for path, context, english in _wanted(paths, starter)
            if (text := source.translations(language, module.folder).get((context, english)))
        }
        changed = _store(segments, texts, _english(paths, starter), locale, page, report)
        translation, is_new = Translation.objects.get_or_create(source=localized, target_locale=locale)
        if translation.enabled and (changed or is_new or _was_never_published(page, locale)):
            translation.save_target(publish=True)
            report.written.append(f"{page.slug} ({language})")


def _was_never_published(page: Page, locale: Locale) -> bool:
    """wagtail-localize publishes after the transaction: a process that ended just then left a translation unread."""
    return type(page).objects.filter(
        translation_key=page.translation_key, locale=locale, last_published_at=None
    ).exists()  # fmt: skip


def _paths(starter: StarterModule | StarterLesson) -> Iterator[tuple[str, str]]:
    """(path inside the page as wagtail-localize spells it, context in our PO files)."""
    if isinstance(starter, StarterModule):
        for name in ("title", "summary", "alt"):
            yield name, f"{starter.slug}/{name}"
        for position in range(1, len(starter.data["can_do"]) + 1):
            yield (
                f"can_do.{source.uuid5(source.NAMESPACE, f'{starter.slug}/can-do/{position}')}",
                (f"{starter.slug}/can-do/{position}"),
            )
        return
    for name in ("title", "summary"):
        yield name, f"{starter.slug}/{name}"
    for step in starter.data["steps"]:
        at, context = f"body.{starter.block_id(step['key'])}", f"{starter.slug}/{step['key']}"
        for name in ("title", "text", "word", "check"):
            yield f"{at}.{name}", f"{context}/{name}"
        yield f"{at}.picture.alt", f"{context}/alt"
        for answer in step.get("answers", ()):
            item = source.uuid5(source.NAMESPACE, f"{context}/{answer['key']}")
            for name in ("text", "explain"):
                yield f"{at}.answers.{item}.{name}", f"{context}/{answer['key']}/{name}"
        for goal in starter.goals(step):
            yield f"{at}.goals.{goal.id}.value", f"{goal.context}/value"


def _wanted(paths: dict[str, str], starter: StarterModule | StarterLesson) -> Iterator[tuple[str, str, str]]:
    english = dict(starter.texts())
    for path, context in paths.items():
        if context in english:
            yield path, context, english[context]


def _english(paths: dict[str, str], starter: StarterModule | StarterLesson) -> dict[str, str]:
    return {path: StringValue.from_plaintext(text).data for path, _, text in _wanted(paths, starter)}


def _store(
    segments: list[StringSegment],
    texts: dict[str, str],
    english: dict[str, str],
    locale: Locale,
    page: Page,
    report: Report,
) -> bool:
    """True when something new stands in wagtail-localize's tables."""
    known = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__in=[segment.context_id for segment in segments]
        )
    }
    new, changed = [], False
    for segment in segments:
        path = segment.context.path
        # Where an editor changed the English, our translation no longer says the same.
        if path not in texts or segment.string.data != english[path]:
            continue
        row = known.get((segment.string_id, segment.context_id))
        if row is None:
            new.append(
                StringTranslation(
                    translation_of=segment.string,
                    locale=locale,
                    context=segment.context,
                    data=texts[path],
                    translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                    tool_name=TOOL,
                )
            )
        elif row.data != texts[path] and row.tool_name == TOOL:
            row.data, changed = texts[path], True
            row.save()
        elif row.data != texts[path]:
            report.left_alone.append(
                f"{page.slug} ({locale.language_code}): {path} was translated by a person"
            )
    StringTranslation.objects.bulk_create(new)
    return changed or bool(new)
