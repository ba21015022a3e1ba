"""The recorded voice of a text: told to the script, or as the browser's own player where no script runs."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.spoken import explanation_id

register = template.Library()


@register.simple_tag(takes_context=True)
def sound(context: dict[str, Any], part: str) -> SafeString:
    """An attribute for the element that shows this text; nothing when nobody recorded it."""
    url = context.get("sounds", {}).get(part)
    return format_html(' data-sound="{}"', url) if url else SafeString("")


@register.simple_tag(takes_context=True)
def player(context: dict[str, Any], part: str) -> SafeString:
    url = context.get("sounds", {}).get(part)
    if not url:
        return SafeString("")
    return format_html('<noscript><audio controls preload="none" src="{}"></audio></noscript>', url)


@register.filter
def explanation(answer_id: str) -> str:
    return explanation_id(answer_id)
