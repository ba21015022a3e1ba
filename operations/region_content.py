"""What the made-up learners of `demo_data` can learn: the live table of contents, and how hard each step is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from random import Random
from typing import Any

from django.conf import settings

from certificates.issuing import texts_of
from courses import library
from courses.models import Lesson, Module, Step
from courses.simulators import simulators
from learners.actions import snapshot
from learners.events import KIND_OF_STEP

KIND_FOR = {str(step.value): str(attempt.value) for attempt, step in KIND_OF_STEP.items()}


@dataclass(frozen=True, slots=True)
class Goal:
    id: str
    name: str
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaughtStep:
    """`kind` is that of its attempts; `hardness` is about 1, and the same for everybody."""

    id: int
    kind: str
    hardness: float
    simulator: str = ""
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class TaughtLesson:
    id: int
    title: str
    module: int
    steps: tuple[TaughtStep, ...]


@dataclass(frozen=True)
class TaughtModule:
    row: Module
    lessons: tuple[TaughtLesson, ...]
    contents: dict[str, Any] = field(hash=False)


class Content:
    """All modules that have steps today, in order."""

    def __init__(self, seed: int) -> None:
        self.modules = [module for row in Module.objects.live() if (module := _module(row, seed)).lessons]
        self.by_id = {module.row.pk: module for module in self.modules}
        self.texts = cache(self._texts)

    def lessons_from(self, module: int) -> list[TaughtLesson]:
        """The way of somebody who begins with this module (its place in the list)."""
        return [lesson for later in self.modules[module:] for lesson in later.lessons]

    def _texts(self, module: int, languages: frozenset[str]) -> dict[str, dict[str, Any]]:
        """The words of its certificate, in the order of the languages' codes."""
        taught = self.by_id[module]
        texts = texts_of(taught.row, taught.contents, set(languages))
        return {language: texts[language] for language in sorted(texts)}


def _module(row: Module, seed: int) -> TaughtModule:
    rows = Step.objects.live().filter(lesson__module=row, lesson__retired_at=None)
    rows = rows.select_related("lesson").order_by("lesson__position", "lesson", "position", "pk")
    by_lesson = [(lesson, list(steps)) for lesson, steps in groupby(rows, key=lambda step: step.lesson)]
    lessons = tuple(
        TaughtLesson(lesson.pk, lesson.title, row.pk, _steps(lesson, steps, seed))
        for lesson, steps in by_lesson
    )
    return TaughtModule(row, lessons, snapshot(row, [lesson for lesson, _ in by_lesson]))


def _steps(lesson: Lesson, rows: Sequence[Step], seed: int) -> tuple[TaughtStep, ...]:
    texts = library.lesson_texts(lesson.key, settings.LANGUAGE_CODE)
    known = texts[0].steps if texts else {}
    return tuple(_step(row, known.get(str(row.block_id)), seed) for row in rows)


def _step(row: Step, text: Any, seed: int) -> TaughtStep:
    hardness = Random(f"{seed} {row.block_id}").lognormvariate(0, 0.5)  # noqa: S311
    simulator = simulators().get(text.simulator) if text and text.simulator else None
    if simulator is None:
        return TaughtStep(row.pk, KIND_FOR[row.kind], hardness)
    goals = tuple(
        Goal(one.id, one.goal, (*simulator.goals[one.goal].mistakes.values(), "other"))
        for one in text.goals
        if one.goal in simulator.goals
    )
    return TaughtStep(row.pk, KIND_FOR[row.kind], hardness, simulator.name, goals)
