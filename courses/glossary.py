"""The words of Belgian forms: found in a text, explained in the reader's language with the word of each screen."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from time import monotonic

from django.conf import settings

from courses.models import Term, TermMeaning

_SECONDS_KEPT = 60.0
_kept: dict[str, tuple[float, "Glossary"]] = {}


@dataclass(frozen=True, slots=True)
class TermText:
    """One term for one reader. `language` is that of name and meaning; `words` are (screen language, word)."""

    key: str
    name: str
    meaning: str
    language: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Glossary:
    """Every term for readers of one language, and how texts in that language write it."""

    terms: dict[str, TermText]
    forms: dict[str, str] = field(default_factory=dict)  # a form in small letters → key
    pattern: re.Pattern[str] | None = None

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, key) of each term in the text, from the left; of two that overlap the longer."""
        if self.pattern is None:
            return
        for match in self.pattern.finditer(text):
            if key := self.forms.get(_fold(match.group())):
                yield match.start(), match.end(), key

    def terms_in(self, texts: Iterable[str]) -> list[TermText]:
        """In the order of the glossary, each once."""
        found = {key for text in texts for _start, _end, key in self.find(text)}
        return [term for key, term in self.terms.items() if key in found]


def glossary(language: str) -> Glossary:
    """What was changed elsewhere shows within a minute."""
    kept = _kept.get(language)
    if kept is None or monotonic() - kept[0] > _SECONDS_KEPT:
        _kept[language] = kept = monotonic(), _read(language)
    return kept[1]


def forget() -> None:
    """When a term was changed in this process."""
    _kept.clear()


def _fold(text: str) -> str:
    """Small letters; the dot of a Turkish İ goes, so that a sentence may begin with the word."""
    return text.casefold().replace("\u0307", "")


def _read(language: str) -> Glossary:
    wanted = {language, settings.LANGUAGE_CODE}
    rows = TermMeaning.objects.filter(language__in=wanted).select_related("term")
    best: dict[Term, TermMeaning] = {}
    for row in rows.order_by("term__position", "term__key"):
        if row.language == language or row.term not in best:
            best[row.term] = row
    terms: dict[str, TermText] = {}
    forms: dict[str, str] = {}
    for term, told in best.items():
        words = tuple(
            (code, word)
            for code, _name in settings.SCREEN_LANGUAGES
            for part in getattr(term, code).split(";")
            if (word := part.strip())
        )
        terms[term.key] = TermText(term.key, told.name, told.meaning, told.language, words)
        if told.language == language:
            forms |= {_fold(form): term.key for form in told.form_list if _fold(form) not in forms}
    longest_first = sorted(forms, key=len, reverse=True)
    # Not inside another word; \w knows the letters and vowel signs of every script.
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)" if forms else None
    return Glossary(terms, forms, re.compile(pattern, re.IGNORECASE) if pattern else None)
