"""Languages by their own names, and the direction each is written in."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language_info

register = template.Library()


@register.filter
def own_name(code: str) -> str:
    """`nl` → Nederlands."""
    names = dict(settings.LANGUAGES) | dict(settings.SCREEN_LANGUAGES)
    return names.get(code) or get_language_info(code)["name_local"]


@register.filter
def direction(code: str) -> str:
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag
def help_languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


@register.simple_tag
def screen_languages() -> list[tuple[str, Any]]:
    return list(settings.SCREEN_LANGUAGES)
