"""Everything a step's template shows, worked out in one place for the page, the preview and the tests."""

from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe

from courses import library, pictures
from courses.enums import StepKind
from courses.library import Reading, StepRow
from courses.reading import StepText
from courses.saying import Voice, untranslated
from courses.simulators import simulators
from courses.simulators.task import task_of
from courses.spoken import playable


def picture_markup(step: StepText, screen: str) -> str:
    """The drawing with the words of the screen language; empty when the step has none or it was renamed."""
    if not step.drawing:
        return ""
    try:
        return mark_safe(pictures.draw(step.drawing, screen, alt=step.alt))
    except pictures.UnknownPicture:
        return ""


def module_context(module: library.Entry, *, language: str, screen: str) -> dict[str, Any]:
    lines, can_do_language = library.can_do(module.row.key, language)
    return {
        "module": module,
        "can_do": lines,
        "can_do_language": can_do_language,
        "screen_language": screen,
    }


def step_context(
    reading: Reading, number: int, *, language: str, screen: str, tried: str | None = None
) -> dict[str, Any]:
    row = reading.steps[number - 1]
    step, step_language = reading.step(row)
    if step is None:
        # Published rows always have a text; a page unpublished this very second may not.
        step, step_language = StepText(row.block_id, row.kind, row.title), reading.text.language
    beside = reading.step_in(row, screen) if screen != step_language else None
    source = reading.step_in(row, settings.LANGUAGE_CODE) if step_language != settings.LANGUAGE_CODE else None
    place = [reading.module_slug, reading.slug]
    lesson_url = reverse("courses:lesson", args=place)
    return {
        "reading": reading,
        "row": row,
        "number": number,
        "total": len(reading.steps),
        "step": step,
        "step_language": step_language,
        # A voice in her own language helps also where the text is not translated yet.
        "sounds": playable(step, reading.sounds, language, step_language),
        "is_fallback": step_language != language,
        "screen_language": screen,
        "beside": beside,
        "lines": list(zip_longest(step.lines, beside.lines if beside else ())),
        "answers": [(answer, beside.answer(answer.id) if beside else None) for answer in step.answers],
        "voice": Voice(step_language, language, untranslated(step, source)),
        "word_beside": _word_beside(step, beside),
        "picture": picture_markup(step, screen),
        "here": reverse("courses:step", args=[*place, number]),
        "back_url": reverse("courses:step", args=[*place, number - 1]) if number > 1 else lesson_url,
        "next_url": reverse("courses:step", args=[*place, number + 1])
        if number < len(reading.steps)
        else lesson_url,
        "lesson_url": lesson_url,
        "tried": step.answer(tried) if tried else None,
        "tried_beside": beside.answer(tried) if beside and tried else None,
        "nothing_chosen": tried == "",
        "template": f"courses/steps/{row.kind}.html",
        "practice": _practice(reading, row, step, language, screen)
        if row.kind == StepKind.PRACTICE
        else None,
    }


def _practice(
    reading: Reading, row: StepRow, step: StepText, language: str, screen: str
) -> dict[str, Any] | None:
    """For the engine in the page; a row of a preview has no id, and is not recorded."""
    simulator = simulators().get(step.simulator)
    task = task_of(
        step.simulator,
        step.goals,
        lesson=str(reading.key),
        step=row.block_id,
        help_language=language,
        screen=screen,
        is_recorded=bool(row.id),
    )
    if simulator is None or task is None:
        return None
    return {"task": task, "scripts": simulator.scripts, "style": simulator.style}


def _word_beside(step: StepText, beside: StepText | None) -> str:
    """The button's word on a Belgian screen, when the step is about one and reads otherwise."""
    return beside.word if beside and beside.word and beside.word != step.word else ""
