"""How people fare in practice steps: for the editor who wrote the task. Counts only, nobody is named."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from courses.simulators import GoalCount
from learners.models import Attempt

# The latest tell how the task is today, and an editor's page stays quick however many there are.
MOST_ATTEMPTS = 3000


def practice_counts(block_ids: Iterable[str]) -> dict[str, dict[str, GoalCount]]:
    """{block id of the step: {id of the goal: count}} from the latest attempts; one query."""
    attempts = Attempt.objects.filter(step__block_id__in=list(block_ids), practice__isnull=False)
    rows = attempts.order_by("-pk").values_list("step__block_id", "enrolment_id", "practice")[:MOST_ATTEMPTS]
    # A person who came back counts once: she needed the hint if she needed it in any try.
    by_goal: dict[tuple[str, str], dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for block, person, practice in rows:
        for goal, result in (practice or {})["goals"].items():
            by_goal[str(block), goal][person].append(result)
    counts: dict[str, dict[str, GoalCount]] = defaultdict(dict)
    for (step, goal), people in by_goal.items():
        counts[step][goal] = _count(list(people.values()))
    return counts


def _count(people: list[list[dict[str, Any]]]) -> GoalCount:
    mistakes: Counter[str] = Counter()
    for tries in people:
        mistakes.update({kind for result in tries for kind in result["mistakes"]})

    def how_many(asked: str) -> int:
        return sum(any(result[asked] for result in tries) for tries in people)

    return GoalCount(
        len(people), how_many("met"), how_many("hints"), how_many("shown"), tuple(mistakes.most_common())
    )
