"""Files that are no papers: rows written down one after the other, never all of them in memory."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

# (how many rows, their bytes)
Chunk = tuple[int, bytes]
GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Export:
    """What shall be written down; the ending of `filename` says what it is.

    `chunks` are made while they are stored. `total` is how many rows they have together. `remarks` are told to who
    asked, and do not stand in the file.
    """

    filename: str
    total: int
    chunks: Iterable[Chunk]
    remarks: list[str] = field(default_factory=list)


def gzipped(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Without a date inside, so that the same rows make the same file."""
    press = zlib.compressobj(wbits=GZIP)
    for rows, content in chunks:
        yield rows, press.compress(content)
    yield 0, press.flush()
