"""The starter content as it lies in `content/` (English, YAML) and `translations/` (PO)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import polib
import yaml

CONTENT = Path(__file__).parent / "content"
TRANSLATIONS = Path(__file__).parent / "translations"
# Block ids are derived from keys, so that a second load, on any machine, knows them again.
NAMESPACE = UUID("5a2d3a64-6a0e-4a71-9d3c-1f3c6f1b7a10")
# Marks the translations we wrote; an editor's own carries another name and is never overwritten.
TOOL = "StepIn starter content"


@dataclass(frozen=True)
class StarterGoal:
    context: str
    name: str
    value: str

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE, self.context)


@dataclass(frozen=True)
class StarterLesson:
    slug: str
    data: dict[str, Any]

    def block_id(self, step_key: str) -> UUID:
        return uuid5(NAMESPACE, f"{self.slug}/{step_key}")

    def goals(self, step: dict[str, Any]) -> list["StarterGoal"]:
        """A goal is its name, or {goal: name, value: the text it is about}."""
        told = [{"goal": goal} if isinstance(goal, str) else goal for goal in step.get("goals", ())]
        return [
            StarterGoal(f"{self.slug}/{step['key']}/{goal['goal']}", goal["goal"], str(goal.get("value", "")))
            for goal in told
        ]

    def texts(self) -> Iterator[tuple[str, str]]:
        """(context, English) of everything that is translated."""
        yield f"{self.slug}/title", self.data["title"]
        yield f"{self.slug}/summary", self.data["summary"]
        for step in self.data["steps"]:
            at = f"{self.slug}/{step['key']}"
            for name in ("title", "text", "word", "alt", "check"):
                if step.get(name):
                    yield f"{at}/{name}", step[name].strip()
            for answer in step.get("answers", ()):
                yield f"{at}/{answer['key']}/text", answer["text"].strip()
                yield f"{at}/{answer['key']}/explain", answer["explain"].strip()
            for goal in self.goals(step):
                if goal.value:
                    yield f"{goal.context}/value", goal.value


@dataclass(frozen=True)
class StarterModule:
    folder: str
    data: dict[str, Any]
    lessons: list[StarterLesson] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.data["slug"]

    def texts(self) -> Iterator[tuple[str, str]]:
        for name in ("title", "summary", "alt"):
            yield f"{self.slug}/{name}", self.data[name].strip()
        for position, line in enumerate(self.data["can_do"]):
            yield f"{self.slug}/can-do/{position + 1}", line.strip()
        for lesson in self.lessons:
            yield from lesson.texts()


@cache
def modules() -> tuple[StarterModule, ...]:
    return tuple(_read(folder) for folder in sorted(CONTENT.iterdir()) if (folder / "module.yaml").exists())


def _read(folder: Path) -> StarterModule:
    lessons = [
        StarterLesson(data["slug"], data)
        for data in (yaml.safe_load(path.read_text()) for path in sorted(folder.glob("[0-9]*.yaml")))
    ]
    return StarterModule(folder.name, yaml.safe_load((folder / "module.yaml").read_text()), lessons)


def languages() -> list[str]:
    return sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir())


def catalogue_path(language: str, module: StarterModule) -> Path:
    return TRANSLATIONS / language / f"{module.folder}.po"


@cache
def translations(language: str, folder: str) -> dict[tuple[str, str], str]:
    """{(context, English): translation}; an entry whose English has changed since is not among them."""
    path = TRANSLATIONS / language / f"{folder}.po"
    if not path.exists():
        return {}
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr
        for entry in polib.pofile(str(path))
        if entry.msgstr and not entry.obsolete and "fuzzy" not in entry.flags
    }


def update_catalogue(language: str, module: StarterModule) -> tuple[int, int]:
    """Bring the PO file up to date with the English; (entries, entries without a translation).

    A translation whose English changed stays as fuzzy, with the old English beside it.
    """
    path = catalogue_path(language, module)
    known = {entry.msgctxt: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "StepIn starter content",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    missing = 0
    for context, english in module.texts():
        entry = polib.POEntry(msgctxt=context, msgid=english)
        if old := known.get(context):
            entry.msgstr = old.msgstr
            entry.flags = [flag for flag in old.flags if flag != "fuzzy" or old.msgid == english]
            if old.msgid != english and old.msgstr:
                entry.flags.append("fuzzy")
                entry.previous_msgid = old.msgid
        missing += not entry.msgstr or "fuzzy" in entry.flags
        catalogue.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return len(catalogue), missing
