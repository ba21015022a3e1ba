"""How people fare with each goal of a practice. `None` is hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from courses.practising import goal_sentence, mistake_sentence, said_by
from courses.reading import StepText
from reports.suppression import is_apart

Outcomes = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class GoalNumbers:
    """People, each once: who tried, who did it, who saw a hint, who was shown the way. `mistakes` are (what they were
    told, people), most first, those that are hidden last."""

    sentence: str
    tried: int | None
    met: int | None
    hinted: int | None
    shown: int | None
    mistakes: tuple[tuple[str, int | None], ...]


def goal_numbers(
    text: StepText,
    counted: Mapping[str, Outcomes],
    known: Iterable[int],
    *,
    withholds: Callable[[int], bool] = lambda people: False,
) -> list[GoalNumbers]:
    """Of the goals of a practice that somebody tried. `known` are the numbers of people shown elsewhere: who meets
    the goals comes through the step, so that one could give back the other. So many as the funnel `withholds` for the sake
    of another lesson are hidden too."""
    known, said = list(known), said_by(text.simulator)
    found = []
    for goal in text.goals:
        outcomes = counted.get(goal.id)
        if outcomes:
            sentence = goal_sentence(goal.goal, goal.words, goal.value, said)
            found.append(_numbers(sentence, outcomes, known, said, withholds))
            # The goals of one practice are tried by nearly the same people.
            known += [number for number in (found[-1].tried, found[-1].met) if number is not None]
    return found


def _numbers(
    sentence: str,
    outcomes: Outcomes,
    known: Sequence[int],
    said: Mapping[str, str],
    withholds: Callable[[int], bool],
) -> GoalNumbers:
    def of(outcome: str) -> int:
        return outcomes.get((outcome, ""), 0)

    tried = _shown(of("tried"), known)
    if tried is None or withholds(tried):
        return GoalNumbers(sentence, None, None, None, None, ())
    hinted = _shown(of("hint"), [tried])
    mistakes = [
        (mistake_sentence(kind, said), _shown(people, [tried]))
        for (outcome, kind), people in outcomes.items()
        if outcome == "mistake"
    ]
    mistakes.sort(key=lambda told: (-(told[1] or 0), told[0]))
    return GoalNumbers(
        sentence,
        tried,
        None if withholds(of("met")) else _shown(of("met"), [tried, *known]),
        hinted,
        _shown(of("shown"), [tried] if hinted is None else [tried, hinted]),
        tuple(mistakes),
    )


def _shown(number: int, others: Iterable[int]) -> int | None:
    return number if is_apart(number, others) else None
