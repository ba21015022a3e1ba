"""How long sentences are, in every script we write. No database here."""

import re
from collections.abc import Iterator
from typing import Any

# Domain notes, section 8: one idea a sentence, twelve words at most.
MOST_WORDS_IN_A_TITLE = 9
MOST_WORDS_IN_A_SENTENCE = 12
_END_OF_SENTENCE = re.compile(r"(?:(?<=[.!?…؟።፧])|(?<=[.!?…؟።፧][”»\"’)]))\s+|\n+")


def read_aloud(value: dict[str, Any]) -> Iterator[str]:
    """The texts of a step under its title; `value` is the block's, as it is stored."""
    yield from (text for name in ("text", "check") if (text := value.get(name)))
    for item in value.get("answers") or ():
        answer = item.get("value", item)
        yield from (text for name in ("text", "explain") if (text := answer.get(name)))


def sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _END_OF_SENTENCE.split(text) if sentence.strip()]


def word_count(text: str) -> int:
    return sum(any(letter.isalnum() for letter in word) for word in text.split())
