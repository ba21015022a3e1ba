"""Our own drawings, one style, made from one kit of parts. README.md is the cookbook."""

import logging
from collections.abc import Callable
from functools import lru_cache
from html import escape
from importlib import import_module
from pkgutil import iter_modules

from .canvas import HEIGHT, WEIGHT, WIDTH, Box, number
from .kit import Pen
from .wording import literal

__all__ = ["Box", "Pen", "UnknownPicture", "draw", "drawing", "literal", "names"]

Drawing = Callable[[Pen], None]

logger = logging.getLogger(__name__)
_drawings: dict[str, Drawing] = {}
_seen: set[str] = set()


class UnknownPicture(KeyError):
    """No drawing has this name."""


def drawing(name: str) -> Callable[[Drawing], Drawing]:
    """Register a function that draws with the pen it is given. A name is used once."""

    def register(draws: Drawing) -> Drawing:
        known = _drawings.get(name, draws)
        if (known.__module__, known.__name__) != (draws.__module__, draws.__name__):
            raise ValueError(f"two drawings are called {name!r}")
        _drawings[name] = draws
        return draws

    return register


def load(*, tolerant: bool = False) -> None:
    """Import every module of the package, so that a new file of drawings just works.

    `tolerant` skips a module that is being edited and does not import.
    """
    for module in iter_modules(__path__):
        if module.name in _seen or module.name == "__main__":
            continue
        try:
            import_module(f"{__name__}.{module.name}")
        except Exception:
            if not tolerant:
                raise
            logger.exception("%s does not import", module.name)
        _seen.add(module.name)


def names() -> list[str]:
    load()
    return sorted(_drawings)


def module_of(name: str) -> str:
    return _drawings[name].__module__.rpartition(".")[2]


def draw(name: str, language: str, *, alt: str = "") -> str:
    """The whole `<svg>`; the words inside are in `language` (the screen language), `alt` in the reader's.

    Raises UnknownPicture, and KeyError naming a word that is missing.
    """
    hidden = 'aria-hidden="true"'
    label = f'role="img" aria-label="{escape(alt)}"' if alt else hidden
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {WIDTH} {HEIGHT}" {label}'
        f' direction="ltr" translate="no" focusable="false" fill="none" stroke-width="{number(WEIGHT)}"'
        f' stroke-linecap="round" stroke-linejoin="round">{_inner(name, language)}</svg>'
    )


@lru_cache(maxsize=2048)
def _inner(name: str, language: str) -> str:
    if name not in names():
        raise UnknownPicture(name)
    pen = Pen(language)
    pen.rect(Box(0, 0, WIDTH, HEIGHT), "water", r=16, line=False)
    _drawings[name](pen)
    return pen.markup()
