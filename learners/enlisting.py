"""Names that a trainer pastes become learners of her cohort: all of them or none, and nobody twice."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learners.models import Cohort
from people import seeds
from people.guests import create_guest
from people.models import User
from people.names import clean_name

MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1 as the trainer sees it. `doubles` are learners of hers with the same name."""

    number: int
    name: str
    error: str
    doubles: tuple[User, ...]

    @property
    def field(self) -> str:
        """Under which the form asks who this is."""
        return f"line-{self.number}"


def read_lines(text: str, known: Iterable[User]) -> list[Line]:
    """Empty lines are left out, and counted."""
    by_name: dict[str, list[User]] = {}
    for person in known:
        by_name.setdefault(folded(person.name), []).append(person)
    seen: dict[str, int] = {}
    lines = []
    for number, written in enumerate(text.splitlines(), 1):
        if not written.strip():
            continue
        name, error = written.strip(), ""
        try:
            name = clean_name(written)
        except ValidationError as refusal:
            error = " ".join(refusal.messages)
        alike = folded(name)
        if not error and not name:
            error = _("Please write your name with letters.")
        elif not error and alike in seen:
            error = _(
                "The same name as in line %(number)d. Two people? Add something that tells them apart."
            ) % {"number": seen[alike]}
        seen.setdefault(alike, number)
        lines.append(Line(number, name, error, tuple(by_name.get(alike, ()))))
    return lines


def folded(name: str) -> str:
    """The same for two spellings of one name: without case, accents and the order of its parts."""
    signs = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign if sign.isalnum() else " " for sign in signs if unicodedata.category(sign) != "Mn")
    return " ".join(sorted(plain.split()))


@transaction.atomic
def enlist(
    cohort: Cohort, lines: Iterable[Line], *, same: Mapping[int, User], help_language: str, seed: str
) -> list[User]:
    """The learners of these lines, now in the cohort; `same` says which line is somebody she teaches already.

    The same seed makes the same people, once. They have no account: a card lets them in.
    """
    people = []
    for line in lines:
        key = UUID(int=seeds.number_from(seed, "learner", line.number, line.name) % 2**128)
        person = same.get(line.number) or create_guest(key=key, help_language=help_language)
        if not person.name:
            person.name = line.name
            person.save(update_fields=["name"])
        people.append(person)
    cohort.learners.add(*people)
    return people
