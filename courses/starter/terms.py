"""Writes the starter glossary and leaves alone whatever a person has changed or deleted."""

from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from courses.models import StarterPart, Term, TermMeaning
from courses.starter.pages import Report, digest, page_key, remember

FOLDER = Path(__file__).parent / "glossary"
GLOSSARY = page_key("glossary")
WORDS = ("fr", "nl", "de")
TEXTS = ("name", "meaning", "forms")


def load_terms(report: Report) -> None:
    known = dict(StarterPart.objects.filter(page_key=GLOSSARY).values_list("part", "digest"))
    terms = {term.key: term for term in Term.objects.all()}
    written: dict[str, str] = {}
    for position, (key, words) in enumerate(_read("terms").items(), 1):
        if key not in terms and key not in known:
            terms[key] = Term.objects.create(key=key, position=position, **words)
            written[key] = digest(words)
        elif key in terms and _may_change(terms[key], WORDS, words, known.get(key), report):
            Term.objects.filter(key=key).update(**words)
            written[key] = digest(words)
    for language, _name in settings.LANGUAGES:
        written |= _load_meanings(language, terms, known, report)
    remember(GLOSSARY, written)
    report.written += [f"glossary: {part}" for part in written]


def _load_meanings(
    language: str, terms: dict[str, Term], known: dict[str, str], report: Report
) -> dict[str, str]:
    here = {meaning.term_id: meaning for meaning in TermMeaning.objects.filter(language=language)}
    new: list[TermMeaning] = []
    written: dict[str, str] = {}
    for key, told in _read(language).items():
        part, texts = f"{key}.{language}", dict(zip(TEXTS, told, strict=True))
        if key not in terms:
            continue
        meaning = here.get(terms[key].pk)
        if meaning is None and part not in known:
            new.append(TermMeaning(term=terms[key], language=language, **texts))
            written[part] = digest(texts)
        elif meaning is not None and _may_change(meaning, TEXTS, texts, known.get(part), report):
            TermMeaning.objects.filter(pk=meaning.pk).update(**texts)
            written[part] = digest(texts)
    TermMeaning.objects.bulk_create(new)
    return written


def _may_change(
    row: Any, fields: tuple[str, ...], wanted: dict[str, str], written: str | None, report: Report
) -> bool:
    """True when it says something else than we want, and that is what we wrote."""
    now = digest({name: getattr(row, name) for name in fields})
    if now == digest(wanted):
        return False
    if now != written:
        report.left_alone.append(f"glossary: {row} was edited")
    return now == written


def _read(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.yaml"
    return yaml.safe_load(path.read_text()) if path.exists() else {}
