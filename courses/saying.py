"""Puts a step's sentences on the page: terms of the glossary can be opened, what is not translated is marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from courses.glossary import TermText, glossary
from courses.reading import StepText


@dataclass
class Voice:
    """One step for one reader. `untranslated` are sentences that still stand in the source language."""

    language: str  # of the step's text
    reader: str
    untranslated: frozenset[str] = frozenset()
    opened: dict[str, None] = field(default_factory=dict)  # keys of terms that a button opens, in order
    mentioned: dict[str, None] = field(default_factory=dict)

    def say(self, sentence: str, *, with_terms: bool = True) -> SafeString:
        """The sentence as HTML; each term is a button once a step. Without buttons terms are only noted."""
        language = settings.LANGUAGE_CODE if sentence in self.untranslated else self.language
        parts, last = [], 0
        for start, end, key in glossary(language).find(sentence):
            if not with_terms or key in self.opened:
                self.mentioned[key] = None
                continue
            self.opened[key] = None
            parts += [(sentence[last:start], ""), (sentence[start:end], key)]
            last = end
        parts.append((sentence[last:], ""))
        text = format_html_join("", "{}", ((_part(text, key),) for text, key in parts))
        if language == self.language:
            return text
        direction = "rtl" if language in settings.LANGUAGES_BIDI else "ltr"
        return format_html(
            '<span class="untranslated" lang="{}" dir="{}">{}</span>', language, direction, text
        )

    @property
    def beside(self) -> list[TermText]:
        """Terms of a title or an answer, where no button can stand: they are offered below the text."""
        return self._texts(key for key in self.mentioned if key not in self.opened)

    @property
    def terms(self) -> list[TermText]:
        return self._texts({**self.opened, **self.mentioned})

    def _texts(self, keys: Iterable[str]) -> list[TermText]:
        known = glossary(self.reader).terms
        return [known[key] for key in keys if key in known]


def _part(text: str, key: str) -> SafeString | str:
    if not key:
        return text
    return format_html('<button type="button" class="term" popovertarget="term-{}">{}</button>', key, text)


def untranslated(step: StepText, source: StepText | None) -> frozenset[str]:
    """Sentences of a translated step that still say the source: two words or more that are the same."""
    if source is None:
        return frozenset()
    return frozenset(text for text in {*step.sentences} & {*source.sentences} if " " in text.strip())
