"""Steps and modules whose picture, or the text instead of it, is missing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from courses.completeness import Lack, PageLacks


@dataclass(frozen=True, slots=True)
class PictureLack:
    """`step` is None for the picture of a module."""

    page_id: int
    number: str
    title: str
    step: int | None
    block_id: str
    step_title: str
    lack: Lack


def picture_lacks(pages: Iterable[PageLacks]) -> Iterator[PictureLack]:
    """Out of what pages lack altogether, in the order of the site."""
    for page in pages:
        for lack in page.whole:
            if lack.is_of_picture:
                yield PictureLack(page.page_id, page.number, page.title, None, "", "", lack)
        for step in page.steps:
            for lack in step.lacks:
                if lack.is_of_picture:
                    yield PictureLack(
                        page.page_id, page.number, page.title, step.number, step.block_id, step.title, lack
                    )
