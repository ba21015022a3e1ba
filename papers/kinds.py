"""The papers and other files we know how to make. A room above registers its kinds when Django starts:

    kinds.register(Kind("sheet", _("Attendance sheet"), may_have, compose))

and lets people ask for one with `papers.views.press`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from papers.exports import Export
from papers.rendering import Paper
from people.models import User

if TYPE_CHECKING:
    from papers.models import PrintJob


class NothingToPrint(Exception):
    """The message says why, to who asked; trying again would change nothing."""


@dataclass(frozen=True)
class Kind:
    """`params` of a job are JSON; those named in `secrets` are forgotten once it is made.

    `may_have` is asked when the job is made, when a worker takes it up and whenever the file is fetched.
    `compose` runs in the language of who asked, may run twice, and raises NothingToPrint. `is_export`: it gives no
    paper but an Export, which may be large, so that one worker makes one at a time (papers.making).
    """

    name: str
    title: Any  # a lazy translation
    may_have: Callable[[User, dict[str, Any]], bool]
    compose: "Callable[[PrintJob], Paper | Export]"
    secrets: tuple[str, ...] = ()
    is_export: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def named(name: str) -> Kind:
    """Raises KeyError when the room that knew this paper is not there (any more)."""
    return _kinds[name]


def exports() -> list[str]:
    return [kind.name for kind in _kinds.values() if kind.is_export]


def kind_of(job: "PrintJob") -> Kind:
    return named(job.kind)


def may_have(job: "PrintJob") -> bool:
    return kind_of(job).may_have(job.owner, job.params)
