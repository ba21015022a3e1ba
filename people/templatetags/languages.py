"""Languages by their own names, and the direction each is written in."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info, override

from people.enums import ReviewStatus
from people.reviews import status_of

register = template.Library()


@register.filter
def own_name(code: str) -> str:
    """`nl` → Nederlands."""
    names = dict(settings.LANGUAGES) | dict(settings.SCREEN_LANGUAGES)
    return names.get(code) or get_language_info(code)["name_local"]


@register.filter
def direction(code: str) -> str:
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"


class TwoWordsNode(template.Node):
    def __init__(self, words: template.NodeList) -> None:
        self.words = words

    def render(self, context: template.Context) -> str:
        own = self.words.render(context)
        request = context.get("request")
        if request is None or not getattr(request, "reads_both", False):
            return own
        screen, language = request.screen_language, get_language() or ""
        with override(screen):
            on_screen = self.words.render(context)
        if on_screen == own:
            return own
        return format_html(
            '<span class="two-words"><span lang="{}" dir="{}">{}</span>'
            '<span class="two-words__own" lang="{}" dir="{}">{}</span></span>',
            screen, direction(screen), mark_safe(on_screen), language, direction(language), mark_safe(own),
        )  # fmt: skip  # both were rendered, and so escaped, by the template itself


@register.tag
def twowords(parser: Parser, token: Token) -> TwoWordsNode:
    """`{% twowords %}{% translate "Next" %}{% endtwowords %}`: a button's word as Belgian screens have it, hers
    beneath, for a reader who wants both languages; for others hers only."""
    words = parser.parse(("endtwowords",))
    parser.delete_first_token()
    return TwoWordsNode(words)


@register.simple_tag
def is_machine_made(language: str) -> bool:
    return status_of(language) == ReviewStatus.MACHINE


@register.simple_tag
def help_languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


@register.simple_tag
def screen_languages() -> list[tuple[str, Any]]:
    return list(settings.SCREEN_LANGUAGES)
