"""The letters we know how to make. A room above registers its kind when Django starts:

    kinds.register(Kind("certificate_ready", still_wanted, context))

and writes one letter an occasion with `actions.write_letter(person, "certificate_ready", period=code, …)`.
The words stand in templates/reminders/<name>/: subject.txt, body.txt, body.html. All three are given what
`context` returns, and `name`, `language`, `direction`, `stop_url`, `base_url`; the bodies also `subject`.

    come_back          module (title or ""), url, last_on (a date), is_last, has_trainer
    certificate_ready  title (of the module), url (where she finds the certificate)
    class_tomorrow     day, begins, ends, place (or None), module (title or ""), childcare_places, organisation, url
    scheduled_report   period, period_before (in words), as_of, organisations [(organisation, rows of figure, now and
                       before)], hides, rule, is_test, url, files [(name, url)], schedules_url
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reminders.models import Letter


@dataclass(frozen=True)
class Kind:
    """Both functions run when the letter is about to go out, in its language (`letter.language`).

    `still_wanted` looks at the world as it is now: None lets the letter go, a word of at most 32 signs
    (like "finished") says why it is dropped. `languages` are those in which the letter exists; None: all of the site.
    """

    name: str
    still_wanted: "Callable[[Letter], str | None]"
    context: "Callable[[Letter], dict[str, Any]]"
    languages: Container[str] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(letter: "Letter") -> Kind:
    """Raises KeyError when the room that knew this letter is not there (any more)."""
    return _kinds[letter.kind]


def names() -> list[str]:
    return sorted(_kinds)
