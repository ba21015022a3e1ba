"""What records are about: steps, lessons and modules as xAPI activities."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from courses.enums import StepKind
from courses.models import Lesson, Module, Step
from reports.xapi_records import LESSONS, MODULES, TRIES, Record

Json = dict[str, Any]

# Of the vocabulary that ADL keeps.
TYPES = "http://adlnet.gov/expapi/activities/"
TYPE_OF_STEP = {
    StepKind.INSTRUCTION: "media",
    StepKind.QUESTION: "question",
    StepKind.PRACTICE: "simulation",
    StepKind.REAL: "performance",
}


class Activities:
    """Of each thing the JSON of {"object": the activity, "context": what it is part of}.

    Remembers what it has read: a site teaches some hundred things, however many people learn them.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], str] = {}

    def read(self, records: Iterable[Record]) -> None:
        """At most three queries, whatever the number of records."""
        missing = {(record.rank, record.thing) for record in records} - self._known.keys()
        for rank, model, joined in (
            (TRIES.rank, Step, ["lesson__module"]),
            (LESSONS.rank, Lesson, ["module"]),
            (MODULES.rank, Module, []),
        ):
            if ids := [thing for one, thing in missing if one == rank]:
                rows: Iterable[Any] = model.objects.filter(pk__in=ids).select_related(*joined)
                self._known.update({(rank, row.pk): _written(row) for row in rows})

    def about(self, record: Record) -> str:
        return self._known[record.rank, record.thing]


def _written(row: Step | Lesson | Module) -> str:
    if isinstance(row, Step):
        lesson = row.lesson
        activity = _activity(f"step/{lesson.key}/{row.block_id}", TYPE_OF_STEP[StepKind(row.kind)], row.title)
        return _about(activity, parent=_lesson(lesson), grouping=_module(lesson.module))
    if isinstance(row, Lesson):
        return _about(_lesson(row), parent=_module(row.module))
    return _about(_module(row))


def _about(activity: Json, **part_of: Json) -> str:
    about: Json = {"object": activity}
    if part_of:
        about["context"] = {"contextActivities": {how: [whole] for how, whole in part_of.items()}}
    return as_json(about)


def _lesson(lesson: Lesson) -> Json:
    return _activity(f"lesson/{lesson.key}", "lesson", str(lesson))


def _module(module: Module) -> Json:
    return _activity(f"module/{module.key}", "module", str(module))


def _activity(path: str, kind: str, name: str) -> Json:
    """By keys and not by slugs: these stay through every edit. Titles are those of the source language."""
    return {
        "objectType": "Activity",
        "id": f"{settings.BASE_URL}/xapi/{path}",
        "definition": {"type": TYPES + kind, "name": {settings.LANGUAGE_CODE: name}},
    }


def as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
