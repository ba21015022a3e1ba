"""What the page of a practice step hands to the browser: the task, its words in two languages, its drawings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf.locale import LANG_INFO
from django.templatetags.static import static

from courses import pictures
from courses.simulators import VALUE, Goal, simulators, words
from courses.simulators.facts import FACTS

# What the engine says to the learner; all other words are on the screen of the simulator.
SAID = ("goal.", "hint.", "done.", "mistake.", "practice.", "title")
# Nobody's number: no Belgian mobile number begins with 0400.
PHONE_OF_THE_CARD = "0400 00 00 14"


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal of a task as an editor chose it: `value`, `words` and `hint` may be empty."""

    id: str
    goal: str
    value: str = ""
    words: str = ""
    hint: str = ""


def task_of(
    name: str,
    goals: tuple[GoalText, ...],
    *,
    lesson: str,
    step: str,
    help_language: str,
    screen: str,
    is_recorded: bool,
) -> dict[str, Any] | None:
    """JSON for the engine; None when the simulator, or every goal, is no longer there."""
    simulator = simulators().get(name)
    if simulator is None:
        return None
    known = [(goal, simulator.goals[goal.goal]) for goal in goals if goal.goal in simulator.goals]
    if not known:
        return None
    screen_words, help_words = words(simulator, screen), words(simulator, help_language)
    drawings = {*simulator.pictures, *(name for _, goal in known for name in goal.pictures)}
    return {
        "simulator": name,
        "src": static(simulator.script),
        "lesson": lesson,
        "step": step,
        "isRecorded": is_recorded,
        "screen": screen,
        "help": help_language,
        "ownName": LANG_INFO.get(help_language, {}).get("name_local", help_language),
        "phone": PHONE_OF_THE_CARD,
        "goals": [_goal(text, goal, help_words) for text, goal in known],
        "say": {key: text for key, text in help_words.items() if key.startswith(SAID)},
        "words": {key: text for key, text in screen_words.items() if _is_on_screen(key)},
        "helpWords": _others(help_words, screen_words) if help_language != screen else None,
        **{fact: FACTS[fact]() for fact in simulator.needs},
        "pictures": {drawing: pictures.draw(drawing, screen) for drawing in sorted(drawings)},
    }


def _is_on_screen(key: str) -> bool:
    return key == "practice.banner" or not key.startswith(SAID)


def _others(help_words: Mapping[str, str], screen_words: Mapping[str, str]) -> dict[str, str]:
    return {
        key: text for key, text in help_words.items() if _is_on_screen(key) and text != screen_words.get(key)
    }


def _goal(text: GoalText, goal: Goal, said: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": text.id,
        "goal": goal.name,
        "did": goal.did,
        "wants": {key: text.value if wanted == VALUE else wanted for key, wanted in goal.wants.items()},
        "mistakes": dict(goal.mistakes),
        "value": text.value,
        "data": goal.data,
        "say": _filled(text.words or said[f"goal.{goal.name}"], text.value),
        "hint": _filled(text.hint or said[f"hint.{goal.name}"], text.value),
    }


def _filled(sentence: str, value: str) -> str:
    return sentence.replace("{value}", value)
