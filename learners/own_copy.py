"""What a person downloads of her learning: everything we keep of it, in plain words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from courses.simulators import SOURCE_LANGUAGE, simulators, words
from learners.models import Attempt, Completion, Enrolment, LessonCompletion, StepCompletion
from people import portability
from people.models import User

Row = dict[str, Any]


def modules_of(person: User) -> list[Row]:
    enrolments = Enrolment.objects.filter(person=person).select_related("module", "cohort", "completion")
    return [
        {
            "module": str(enrolment.module),
            "cohort": enrolment.cohort.name if enrolment.cohort else None,
            "started_at": enrolment.started_at.isoformat(),
            "last_attempt_at": enrolment.last_attempt_at.isoformat() if enrolment.last_attempt_at else None,
            "attempts": enrolment.attempts_made,
            "steps_completed": enrolment.steps_completed,
            "lessons_completed": enrolment.lessons_completed,
            "seconds_spent": enrolment.seconds_spent,
            "completed_at": _completed_at(enrolment),
        }
        for enrolment in enrolments.order_by("started_at", "pk")
    ]


def _completed_at(enrolment: Enrolment) -> str | None:
    completion = getattr(enrolment, "completion", None)
    return completion.happened_at.isoformat() if completion else None


def completions_of(person: User) -> list[Row]:
    """Lessons, then steps, in the order they were done."""
    lessons = LessonCompletion.objects.filter(enrolment__person=person).select_related("lesson")
    steps = StepCompletion.objects.filter(enrolment__person=person).select_related("step__lesson")
    return [
        *_dated(("lesson", row.title, row) for row in lessons.order_by("happened_at", "pk")),
        *_dated(
            (f"step of {row.step.lesson}", row.step.title, row) for row in steps.order_by("happened_at", "pk")
        ),
    ]


def _dated(rows: Iterable[tuple[str, str, Completion]]) -> list[Row]:
    return [
        {
            "completed": what,
            "title": title,
            "happened_at": row.happened_at.isoformat(),
            "received_at": row.received_at.isoformat(),
        }
        for what, title, row in rows
    ]


def attempts_of(person: User) -> list[Row]:
    attempts = Attempt.objects.filter(enrolment__person=person).select_related("step__lesson")
    return [
        {
            "id": str(attempt.key),
            "lesson": str(attempt.step.lesson),
            "step": attempt.step.title,
            "kind": attempt.kind,
            "mark": attempt.mark,
            "seconds": attempt.seconds,
            "practice": _practice(attempt.practice),
            "helped": attempt.helped,
            "happened_at": attempt.happened_at.isoformat(),
            "received_at": attempt.received_at.isoformat(),
        }
        for attempt in attempts.order_by("happened_at", "pk")
    ]


def _practice(result: Row | None) -> str | None:
    """Each goal of a practice in her language, with what is kept of it."""
    if result is None:
        return None
    simulator = simulators().get(result["simulator"])
    said = words(simulator, get_language() or SOURCE_LANGUAGE) if simulator else {}
    sentences = [
        _("%(goal)s Done: %(met)s. Mistakes: %(mistakes)d. Hints: %(hints)d.")
        % {
            "goal": said.get(f"goal.{goal['goal']}", goal["goal"]).replace("{value}", "…"),
            "met": _("yes") if goal["met"] else _("no"),
            "mistakes": sum(goal["mistakes"].values()),
            "hints": goal["hints"] + goal["shown"],
        }
        for goal in result["goals"].values()
    ]
    return " ".join(sentences)


def refused_of(person: User) -> list[Row]:
    return [
        {"id": row.key, "reason": row.reason, "event": row.event, "received_at": row.received_at.isoformat()}
        for row in person.refused_events.order_by("received_at", "pk")
    ]


def cohorts_of(person: User) -> list[Row]:
    helped = set(person.cohorts_helped.values_list("pk", flat=True))
    return [
        {"cohort": cohort.name, "organisation": cohort.organisation.name, "helper": cohort.pk in helped}
        for cohort in person.cohorts.select_related("organisation").order_by("pk")
    ]


def recordings_of(person: User) -> list[Row]:
    return [
        {
            "lesson": str(row.lesson_key),
            "text": str(row.block_id),
            "language": row.language,
            "seconds": row.seconds,
            "recorded_at": row.recorded_at.isoformat(),
        }
        for row in person.recordings.order_by("recorded_at", "pk")
    ]


def notes_of(person: User) -> list[Row]:
    return [
        {
            "lesson": str(note.step.lesson),
            "step": note.step.title,
            "language": note.language,
            "note": note.text,
            "written_at": note.written_at.isoformat(),
            "done_at": note.done_at.isoformat() if note.done_at else None,
        }
        for note in person.step_notes.select_related("step__lesson").order_by("written_at", "pk")
    ]


portability.offer("modules", _lazy("My modules"), modules_of)
portability.offer("completions", _lazy("What I completed"), completions_of)
portability.offer("attempts", _lazy("What I tried"), attempts_of)
portability.offer("refused", _lazy("What could not be counted"), refused_of)
portability.offer("cohorts", _lazy("My groups"), cohorts_of)
portability.offer("recordings", _lazy("My voice in lessons"), recordings_of)
portability.offer("notes", _lazy("My notes to the editors"), notes_of)
