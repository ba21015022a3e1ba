from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from courses import pictures

register = template.Library()


@register.simple_tag(takes_context=True)
def drawing(context: dict[str, Any], name: str, alt: str = "") -> SafeString:
    """One of our drawings in the screen language; nothing when it is gone, decoration when `alt` is empty."""
    screen = getattr(context.get("request"), "screen_language", settings.SCREEN_LANGUAGES[0][0])
    try:
        return mark_safe(pictures.draw(name, screen, alt=alt))
    except pictures.UnknownPicture:
        return mark_safe("")
