"""Practice copies of real tools. README.md is the cookbook: a simulator is a folder, and gone when the folder is gone.

Nothing here knows a learner. What a simulator may record is spelled out in its `simulator.yaml`: names of goals and
kinds of mistakes, never anything typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
SOURCE_LANGUAGE = "en"
# A goal that takes a value of the editor's (a text to type) names the place of it so in `wants`.
VALUE = "$value"
REFUSED = frozenset({"real-national-number", "real-iban", "real-phone"})


@dataclass(frozen=True)
class Goal:
    """One thing to do. `did` and `wants` are what a report must say; `mistakes` names what it is when `wants` differ.

    `data` goes to the simulator as it is; `pictures` are drawings it needs. `value` tells what an editor may fill in:
    "" for nothing.
    """

    name: str
    did: str
    wants: Mapping[str, Any] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    data: Any = None
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Simulator:
    name: str
    folder: Path
    goals: Mapping[str, Goal]
    mistakes: frozenset[str]
    pictures: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # names in facts.FACTS

    @property
    def script(self) -> str:
        """Its path among the static files."""
        return f"simulators/{self.name}/{self.name}.js"

    @cached_property
    def scripts(self) -> list[str]:
        """All of them, so that a slow network fetches them at once and not one after the other."""
        names = sorted(path.name for path in (self.folder / "static").glob("*.js"))
        return [f"simulators/{self.name}/{name}" for name in names]

    @cached_property
    def style(self) -> str | None:
        path = f"simulators/{self.name}/{self.name}.css"
        return path if (self.folder / "static" / f"{self.name}.css").exists() else None


@cache
def simulators() -> dict[str, Simulator]:
    """{name: simulator}, in the order of their names."""
    return {path.parent.name: _read(path) for path in sorted(HERE.glob("*/simulator.yaml"))}


def static_folders() -> Iterator[tuple[str, str]]:
    """For STATICFILES_DIRS: (prefix, folder)."""
    for path in sorted(HERE.glob("*/static")):
        yield f"simulators/{path.parent.name}", str(path)


def _read(path: Path) -> Simulator:
    told = yaml.safe_load(path.read_text())
    goals = {
        name: Goal(
            name=name,
            did=goal["did"],
            wants=goal.get("wants", {}),
            mistakes=goal.get("mistakes", {}),
            value=goal.get("value", ""),
            data=goal.get("data"),
            pictures=tuple(goal.get("pictures", ())),
        )
        for name, goal in told["goals"].items()
    }
    named = {kind for goal in goals.values() for kind in goal.mistakes.values()}
    return Simulator(
        name=path.parent.name,
        folder=path.parent,
        goals=goals,
        mistakes=frozenset({"other", *REFUSED, *named, *told.get("mistakes", ())}),
        pictures=tuple(told.get("pictures", ())),
        needs=tuple(told.get("needs", ())),
    )


# Words ──────────────────────────────────────────────────────────────────────


def words(simulator: Simulator, language: str) -> dict[str, str]:
    """All its words in this language, those of the engine among them; English where one is missing."""
    return {
        **_words(HERE, SOURCE_LANGUAGE),
        **_words(simulator.folder, SOURCE_LANGUAGE),
        **_words(HERE, language),
        **_words(simulator.folder, language),
    }


@cache
def _words(folder: Path, language: str) -> dict[str, str]:
    path = folder / "words" / f"{language}.yaml"
    if not path.exists():
        return {}
    return {key: str(text).strip() for key, text in (yaml.safe_load(path.read_text()) or {}).items()}


# What learners did ──────────────────────────────────────────────────────────

MOST_GOALS = 30
MOST_COUNTED = 999


def clean_result(raw: Any) -> dict[str, Any] | None:
    """What a browser sent of a practice, reduced to words of ours and numbers; None when nothing of it is known.

    {"simulator": name, "goals": {id: {"goal": name, "met": bool, "mistakes": {kind: n}, "hints": n, "shown": n}}}
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("simulator"), str):
        return None
    simulator = simulators().get(raw["simulator"])
    goals = raw.get("goals")
    if simulator is None or not isinstance(goals, dict) or len(goals) > MOST_GOALS:
        return None
    cleaned = {
        key: {
            "goal": one["goal"],
            "met": one.get("met") is True,
            "mistakes": _counts(one.get("mistakes"), simulator.mistakes),
            "hints": _count(one.get("hints")),
            "shown": _count(one.get("shown")),
        }
        for key, one in goals.items()
        if _is_id(key)
        and isinstance(one, dict)
        and one.get("goal") in [*simulator.goals]  # a list: what came may not be hashable
    }
    return {"simulator": simulator.name, "goals": cleaned} if cleaned else None


def _is_id(key: str) -> bool:
    """Ids of blocks are UUIDs: nobody can smuggle a text in as one."""
    return len(key) <= 36 and all(sign in "0123456789abcdef-" for sign in key)


def _counts(raw: Any, kinds: frozenset[str]) -> dict[str, int]:
    return {kind: _count(n) for kind, n in raw.items() if kind in kinds} if isinstance(raw, dict) else {}


def _count(raw: Any) -> int:
    return min(max(raw, 0), MOST_COUNTED) if isinstance(raw, int) and not isinstance(raw, bool) else 0
