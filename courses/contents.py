"""The table of contents as progress reads it. Identities never change, so they are remembered per process."""

from dataclasses import dataclass
from uuid import UUID

from courses.models import Step


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands, by row ids."""

    step: int
    lesson: int
    kind: str


_places: dict[tuple[UUID, UUID], Place] = {}
_MOST_PLACES = 50_000


def places(wanted: set[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Place]:
    """{(lesson key, block id): place} of those that exist, retired ones too: progress on them still counts.

    The module is not among it: a lesson may move, and another process would not hear of it.
    """
    unknown = wanted - _places.keys()
    if unknown:
        if len(_places) > _MOST_PLACES:
            _places.clear()
            unknown = wanted
        rows = Step.objects.filter(
            lesson__key__in={lesson for lesson, _ in unknown}, block_id__in={block for _, block in unknown}
        ).values_list("lesson__key", "block_id", "id", "lesson_id", "kind")
        _places.update({(key, block): Place(step, lesson, kind) for key, block, step, lesson, kind in rows})
    return {place: _places[place] for place in wanted if place in _places}


def forget_places() -> None:
    """Between tests, where row ids begin again."""
    _places.clear()
