"""What the poster at the door says, to everybody who passes."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy

COME_IN = gettext_lazy("Come in with this code")


@dataclass(frozen=True)
class Sentence:
    language: str
    sentence: str


def sentences() -> list[Sentence]:
    """In every language that has it."""
    said: dict[str, Sentence] = {}
    for language in (settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)):
        with translation.override(language):
            said.setdefault(str(COME_IN), Sentence(language, str(COME_IN)))
    return list(said.values())
