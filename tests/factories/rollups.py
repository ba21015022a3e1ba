"""Rollups as a count would have left them: for tests that read them."""

from django.utils import timezone

from reports.models import FurthestStep, GoalOutcome, Slice, StepEffort


def slice_of(organisation=None, *, counted_at=None) -> Slice:
    return Slice.objects.get_or_create(
        organisation=organisation, defaults={"counted_at": counted_at or timezone.now()}
    )[0]


def stopped(part: Slice, steps, people: dict[str, list[int]]) -> None:
    """`people` {language: [stopped at step 1, at step 2, …, finished]}."""
    FurthestStep.objects.bulk_create(
        FurthestStep(slice=part, lesson=steps[0].lesson, step=step, language=language, people=number)
        for language, numbers in people.items()
        for step, number in zip([None, *steps], numbers, strict=True)
        if number
    )


def took(part: Slice, step, language: str, bars: list[int], *, at_once: int = 0) -> None:
    completed = sum(bars)
    StepEffort.objects.create(
        slice=part, step=step, language=language, people=completed, completed=completed, at_once=at_once,
        tries=completed, failed=0, **{f"took_{n}": number for n, number in enumerate(bars)},
    )  # fmt: skip


def goal(part: Slice, step, goal_id: str, *, mistakes: dict[str, int] | None = None, **outcomes: int) -> None:
    """`outcomes` by name: tried, met, hint, shown."""
    told = [(outcome, "", people) for outcome, people in outcomes.items()]
    told += [("mistake", kind, people) for kind, people in (mistakes or {}).items()]
    GoalOutcome.objects.bulk_create(
        GoalOutcome(
            slice=part, step=step, language="ar", goal=goal_id, outcome=outcome, mistake=kind, people=n
        )
        for outcome, kind, n in told
    )
