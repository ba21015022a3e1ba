"""A practice in words: what its goals ask, and what a learner was told."""

from collections.abc import Mapping

from django.utils.translation import get_language

from courses.simulators import SOURCE_LANGUAGE, simulators, words


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
