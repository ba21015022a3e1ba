"""A person's own copy of her data: each room adds its part, none knows the others."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.models import User


@dataclass(frozen=True)
class Part:
    """`rows` gives JSON-ready dictionaries; their keys are shown to the person as they are."""

    title: Any  # a lazy translation
    rows: Callable[[User], list[dict[str, Any]]]


_parts: dict[str, Part] = {}


def offer(name: str, title: Any, rows: Callable[[User], list[dict[str, Any]]]) -> None:
    """Called once by each room when Django starts."""
    _parts[name] = Part(title, rows)


def everything_about(person: User) -> dict[str, list[dict[str, Any]]]:
    return {name: part.rows(person) for name, part in _parts.items()}


def titles() -> dict[str, Any]:
    return {name: part.title for name, part in _parts.items()}
