"""What the help page offers a person. Each room adds its part, none knows the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from people.models import Organisation, User


@dataclass(frozen=True)
class Part:
    """`template` is included with `part` in its context; `organisations` are those she can turn to."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    organisations: Sequence[Organisation] = ()


Offer = Callable[[User], Part | None]
_offers: list[Offer] = []


def offer(part: Offer) -> None:
    """Called by each room when Django starts. Rooms start from the top floor: what happens in class stands first."""
    _offers.append(part)


def parts_for(person: User | None) -> list[Part]:
    """Those that have something for her; a visitor is nobody's learner."""
    if person is None:
        return []
    found = [part(person) for part in _offers]
    return [part for part in found if part is not None]


def organisations_for(person: User | None, parts: Sequence[Part]) -> list[Organisation]:
    """Whom she can call: where she learns, else where she is a member, else who certifies people who learn alone."""
    known = {organisation.pk: organisation for part in parts for organisation in part.organisations}
    if not known and person is not None:
        members = Organisation.objects.filter(memberships__user=person).order_by("name")
        known = {organisation.pk: organisation for organisation in members}
    return list(known.values()) or list(Organisation.objects.filter(is_default_issuer=True))
