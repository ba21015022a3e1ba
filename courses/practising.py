"""What an editor reads about the practice steps of a lesson: each goal, and how people fare in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from courses.enums import StepKind
from courses.signals import how_practice_goes
from courses.simulators import SOURCE_LANGUAGE, GoalCount, simulators, words


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """`sentence` is what the goal asks; `mistakes` are (what the learner was told, people)."""

    sentence: str
    count: GoalCount
    mistakes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PracticeStanding:
    title: str
    goals: tuple[GoalStanding, ...]


def practice_standings(body: list[dict[str, Any]]) -> list[PracticeStanding]:
    """Of the practice steps somebody has tried. `body` is the StreamField's own list."""
    blocks = [block for block in body if block["type"] == StepKind.PRACTICE and block.get("id")]
    if not blocks:
        return []
    counts: dict[str, dict[str, GoalCount]] = {}
    answers: list[Any] = how_practice_goes.send(None, steps={block["id"] for block in blocks})
    for _receiver, answer in answers:
        counts |= answer
    standings = [
        PracticeStanding(block["value"]["title"], tuple(_goals(block["value"], counts.get(block["id"], {}))))
        for block in blocks
    ]
    return [standing for standing in standings if standing.goals]


def said_by(simulator: str) -> dict[str, str]:
    """The words of a simulator in the reader's language; none when it is no longer there."""
    found = simulators().get(simulator)
    return words(found, get_language() or SOURCE_LANGUAGE) if found else {}


def goal_sentence(name: str, own_words: str, value: str, said: Mapping[str, str]) -> str:
    """What a goal asks: in the editor's own words, else in those of the simulator."""
    return (own_words or said.get(f"goal.{name}", name)).replace("{value}", value or "…")


def mistake_sentence(kind: str, said: Mapping[str, str]) -> str:
    """What a learner was told."""
    return said.get(f"mistake.{kind}", kind)


def _goals(value: dict[str, Any], counts: dict[str, GoalCount]) -> list[GoalStanding]:
    said = said_by(value.get("simulator") or "")
    standings = []
    for item in value.get("goals") or ():
        chosen, count = item.get("value", item), counts.get(item.get("id") or "")
        if count is None:
            continue
        name = chosen["goal"].partition(".")[2]
        sentence = goal_sentence(name, chosen.get("words") or "", chosen.get("value") or "", said)
        mistakes = tuple((mistake_sentence(kind, said), people) for kind, people in count.mistakes)
        standings.append(GoalStanding(sentence, count, mistakes))
    return standings
