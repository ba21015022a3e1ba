"""Writes the starter content into Wagtail's pages and leaves alone whatever a person has changed.

A *part* is one field of a page or one step. Beside each part we keep the digest of what we wrote last: as long as
the page still says that, nobody has touched it and a newer starter text may replace it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override
from wagtail.models import Locale, Page, Site

from courses.models import HomePage, LessonPage, ModulePage, StarterPart
from courses.starter.source import NAMESPACE, StarterGoal, StarterLesson, StarterModule, modules

HOME_TITLE = "StepIn"
HOME_SUMMARY = gettext_noop("Learn to do it online. Step by step.")


@dataclass
class Report:
    """What a load did; `left_alone` names what a person had changed or deleted."""

    written: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def page_key(slug: str) -> UUID:
    """The translation_key of a starter page: the same on every machine."""
    return uuid5(NAMESPACE, slug)


def load_source(report: Report) -> list[tuple[StarterModule | StarterLesson, Page]]:
    """Bring the English pages up to date; every starter page that exists."""
    loaded: list[tuple[StarterModule | StarterLesson, Page]] = []
    home = home_page()
    for module in modules():
        page = write(module.slug, ModulePage, home, module_parts(module), report)
        if page is None:
            continue
        loaded.append((module, page))
        for lesson in module.lessons:
            lesson_page = write(lesson.slug, LessonPage, page, lesson_parts(lesson), report)
            if lesson_page is not None:
                loaded.append((lesson, lesson_page))
    return loaded


def home_page() -> HomePage:
    """The site's home in the source language, with one in every other content language beside it."""
    source = Locale.get_default()
    home = HomePage.objects.filter(locale=source).first()
    if home is None:
        root = Page.get_first_root_node()
        _remove_welcome_page(root)
        home = root.add_child(
            instance=HomePage(title=HOME_TITLE, summary=HOME_SUMMARY, slug="home", locale=source)
        )
        home.save_revision().publish()
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="StepIn")
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        if not home.has_translation(locale):
            copy = home.copy_for_translation(locale)
            with override(code):
                copy.summary = gettext(HOME_SUMMARY)
            copy.save_revision().publish()
    return home


def _remove_welcome_page(root: Page) -> None:
    """Wagtail's first migration makes a page and a site of its own."""
    for page in root.get_children():
        if page.specific_class is Page or page.slug == "home":
            page.delete()
    root.refresh_from_db()


def module_parts(module: StarterModule) -> dict[str, Any]:
    data = module.data
    return {
        "title": data["title"],
        "number": data["number"],
        "summary": data["summary"].strip(),
        "picture": data["picture"],
        "alt": data["alt"].strip(),
        "can_do": [
            {
                "type": "line",
                "value": line.strip(),
                "id": str(uuid5(NAMESPACE, f"{module.slug}/can-do/{position}")),
            }
            for position, line in enumerate(data["can_do"], 1)
        ],
    }


def lesson_parts(lesson: StarterLesson) -> dict[str, Any]:
    data = lesson.data
    return {
        "title": data["title"],
        "number": data["number"],
        "summary": data["summary"].strip(),
        "minutes": data["minutes"],
        "digcomp": ", ".join(data["digcomp"]),
        "checked_on": data.get("checked_on"),
        "check_again_on": data.get("check_again_on"),
        "body": [_step(lesson, step) for step in data["steps"]],
    }


def _step(lesson: StarterLesson, step: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = {
        "title": step["title"].strip(),
        "text": step.get("text", "").strip(),
        "picture": {"drawing": step.get("picture", ""), "photo": None, "alt": step.get("alt", "").strip()},
    }
    if step["kind"] == "instruction":
        value["word"] = step.get("word", "")
    elif step["kind"] == "question":
        value["answers"] = [
            {
                "type": "item",
                "id": str(uuid5(NAMESPACE, f"{lesson.slug}/{step['key']}/{answer['key']}")),
                "value": {
                    "text": answer["text"].strip(),
                    "correct": bool(answer.get("correct")),
                    "explain": answer["explain"].strip(),
                },
            }
            for answer in step["answers"]
        ]
    elif step["kind"] == "practice":
        value["simulator"] = step["simulator"]
        value["goals"] = [_goal(step["simulator"], goal) for goal in lesson.goals(step)]
    else:
        value["check"] = step["check"].strip()
    return {"type": step["kind"], "value": value, "id": str(lesson.block_id(step["key"]))}


def _goal(simulator: str, goal: StarterGoal) -> dict[str, Any]:
    value = {"goal": f"{simulator}.{goal.name}", "value": goal.value, "words": "", "hint": ""}
    return {"type": "item", "id": str(goal.id), "value": value}


def digest(value: Any) -> str:
    """The same for values that mean the same: an editor's form turns line ends into CRLF and leaves out the empty."""
    return sha256(json.dumps(_plain(value), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain for key, item in value.items() if (plain := _plain(item)) not in ("", None, False)}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def write(slug: str, model: type[Page], parent: Page, parts: dict[str, Any], report: Report) -> Page | None:
    """Make the page, or bring what nobody touched up to date. None when a person deleted it."""
    key = page_key(slug)
    known = dict(StarterPart.objects.filter(page_key=key).values_list("part", "digest"))
    page = model.objects.filter(translation_key=key, locale=parent.locale).first()
    if page is None:
        if known:
            report.left_alone.append(f"{slug}: deleted by a person")
            return None
        page = model(slug=slug, locale=parent.locale, translation_key=key, **parts)
        parent.add_child(instance=page)
        page.save_revision().publish()
        remember(key, {part: digest(value) for part, value in _flat(parts)})
        report.written.append(slug)
        return page
    if page.has_unpublished_changes:
        if any(known.get(part) != digest(value) for part, value in _flat(parts)):
            report.left_alone.append(f"{slug}: a person is working on a draft")
        return page
    changes = _merge(slug, page, parts, known, report)
    if changes:
        page.save_revision().publish()
        remember(key, changes)
        report.written.append(slug)
    return page


def _flat(parts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Fields as they are; a lesson's body as one part a step."""
    for name, value in parts.items():
        if name == "body":
            yield from ((block["id"], block["value"]) for block in value)
        else:
            yield name, value


def remember(key: UUID, digests: dict[str, str]) -> None:
    StarterPart.objects.bulk_create(
        (StarterPart(page_key=key, part=part, digest=value) for part, value in digests.items()),
        update_conflicts=True,
        unique_fields=["page_key", "part"],
        update_fields=["digest"],
    )


def _merge(
    slug: str, page: Page, parts: dict[str, Any], known: dict[str, str], report: Report
) -> dict[str, str]:
    """Put newer starter texts where nobody touched; {part: new digest} of what changed."""
    changes: dict[str, str] = {}
    for name, value in parts.items():
        if name == "body":
            continue
        now = _prepared(page, name)
        if digest(now) == digest(value):
            continue
        # A field of a newer version stands empty until somebody fills it.
        if digest(now) == known.get(name, digest(None)):
            setattr(page, name, value)
            changes[name] = digest(value)
        else:
            report.left_alone.append(f"{slug}: {name} was edited")
    if "body" in parts:
        changes |= _merge_steps(slug, page, parts["body"], known, report)
    return changes


def _prepared(page: Page, name: str) -> Any:
    value = getattr(page, name)
    return value.get_prep_value() if hasattr(value, "get_prep_value") else value


def _merge_steps(
    slug: str, page: Page, wanted: list[dict[str, Any]], known: dict[str, str], report: Report
) -> dict[str, str]:
    blocks = page.body.get_prep_value()
    here = {block["id"]: block for block in blocks}
    changes: dict[str, str] = {}
    previous: str | None = None
    for step in wanted:
        identity, fresh = step["id"], digest(step["value"])
        if identity in here:
            now = digest(here[identity]["value"])
            if now != fresh and now == known.get(identity):
                here[identity]["value"] = step["value"]
                changes[identity] = fresh
            elif now != fresh:
                report.left_alone.append(f"{slug}: step “{here[identity]['value'].get('title')}” was edited")
        elif identity in known:
            report.left_alone.append(f"{slug}: step “{step['value']['title']}” was deleted")
            continue
        else:
            blocks.insert(_after(blocks, previous), step)
            here[identity] = step
            changes[identity] = fresh
        previous = identity
    if changes:
        page.body = json.dumps(blocks)
    return changes


def _after(blocks: list[dict[str, Any]], identity: str | None) -> int:
    return next((place + 1 for place, block in enumerate(blocks) if block["id"] == identity), 0)
