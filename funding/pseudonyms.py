"""How a sheet finds its person and nobody else's reader does (docs/decisions/the-funder-sheet.md)."""

from uuid import UUID

from django.utils.crypto import salted_hmac


def pseudonym_of(project: int, person: UUID) -> str:
    """Of the person with this key, for this project only. Whoever lacks SECRET_KEY can neither make nor undo it."""
    return salted_hmac("funding.pseudonyms", f"{project}:{person}", algorithm="sha256").hexdigest()
