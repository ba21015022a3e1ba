"""What a hidden field of ours should hold: None for anything that somebody else put there."""

from uuid import UUID


def as_row_id(text: str) -> int | None:
    """At most what a database can look up."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
