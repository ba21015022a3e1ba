"""What is personal on a lesson's pages."""

from time import time
from typing import Any
from uuid import uuid4

from django import template
from django.utils.translation import get_language

from courses import library
from courses.models import Lesson
from learners import overview, standing
from learners.enums import AttemptKind
from learners.events import KIND_OF_STEP
from learners.helped import is_helped
from people.access import current_person

register = template.Library()
KIND_OF_EVENT = {step: attempt for attempt, step in KIND_OF_STEP.items()}


@register.inclusion_tag("learners/stones.html", takes_context=True)
def stones(context: dict[str, Any], reading: library.Reading, current: int = 0) -> dict[str, Any]:
    """The steps of a lesson as stones: those done are lit, the one under her feet is marked."""
    done = _done(context, reading)
    return {
        "stones": [
            {"number": row.number, "is_done": row.id in done, "is_here": row.number == current}
            for row in reading.steps
        ],
        "done": len([row for row in reading.steps if row.id in done]),
        "current": current,
        "total": len(reading.steps),
        "is_kept": context.get("is_kept"),
    }


def _done(context: dict[str, Any], reading: library.Reading) -> set[int]:
    """Asked of the database once a page, whichever tag comes first."""
    kept = context.render_context.setdefault("steps_done", {}) if hasattr(context, "render_context") else {}
    if reading.lesson_id not in kept:
        request = context.get("request")
        person = current_person(request) if request is not None and hasattr(request, "user") else None
        kept[reading.lesson_id] = standing.completed_steps(person, reading.lesson_id)
    return kept[reading.lesson_id]


@register.inclusion_tag("learners/event_fields.html", takes_context=True)
def event_fields(context: dict[str, Any]) -> dict[str, Any]:
    """Hidden fields that make a step's form an event; the id is new each time the page is shown."""
    return {
        # A kept page is shown many times: the phone makes the id.
        "id": "" if context.get("is_kept") else uuid4(),
        "shown_at": int(time()),
        "is_kept": context.get("is_kept"),
        "is_helped": helped_now(context),
        "kind": KIND_OF_EVENT.get(context["row"].kind, AttemptKind.READ),
        **{name: context.get(name) for name in ("reading", "row", "here", "next_url", "csrf_token")},
    }


@register.simple_tag(takes_context=True)
def helped_now(context: dict[str, Any]) -> bool:
    """Somebody sits beside her. A kept page is everybody's: the phone knows (static/js/kept.js)."""
    request = context.get("request")
    if context.get("is_kept") or request is None or not hasattr(request, "user"):
        return False
    return is_helped(request)


@register.inclusion_tag("learners/helped_bar.html", takes_context=True)
def helped_bar(context: dict[str, Any]) -> dict[str, Any]:
    is_on = helped_now(context)
    request = context.get("request")
    return {
        "is_on": is_on,
        "person": current_person(request) if is_on and request else None,
        "here": request.get_full_path() if is_on and request else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def lesson_standing(context: dict[str, Any], reading: library.Reading) -> dict[str, Any]:
    """For a lesson's own page: which steps are done, where she goes on, what comes after."""
    person = current_person(context["request"])
    done = standing.completed_steps(person, reading.lesson_id)
    is_finished = bool(done) and reading.lesson_id in standing.finished_lessons(person)
    return {
        "rows": [(row, reading.step(row), row.id in done) for row in reading.steps],
        "done": len([row for row in reading.steps if row.id in done]),
        "total": len(reading.steps),
        "open": next((row.number for row in reading.steps if row.id not in done), None),
        "is_begun": bool(done),
        "is_finished": is_finished,
        "next": _next(Lesson.objects.get(pk=reading.lesson_id)) if is_finished else None,
    }


def _next(lesson: Lesson) -> library.Entry | None:
    following = standing.next_lesson(lesson)
    if following is None:
        return None
    entries = library.lessons([lesson.module_id], get_language() or "")
    return next((entry for entry in entries if entry.row.pk == following.pk), None)


@register.simple_tag(takes_context=True)
def module_standings(context: dict[str, Any], modules: list[library.Entry]) -> list[overview.ModuleStanding]:
    return overview.module_standings(current_person(context["request"]), modules, get_language() or "")


@register.simple_tag(takes_context=True)
def module_standing(context: dict[str, Any], module: library.Entry) -> overview.ModuleStanding:
    return overview.module_standings(current_person(context["request"]), [module], get_language() or "")[0]


@register.simple_tag(takes_context=True)
def go_on(context: dict[str, Any], module_id: int | None = None) -> standing.Spot | None:
    """Where she stopped; None for a visitor, and when everything begun is finished."""
    return standing.where_to_go_on(current_person(context["request"]), module_id=module_id)


@register.filter
def path_in(spot: standing.Spot, language: str) -> str:
    return spot.path(language)
