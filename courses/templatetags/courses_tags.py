from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from courses import pictures
from courses.saying import Voice

register = template.Library()


@register.simple_tag(takes_context=True)
def drawing(context: dict[str, Any], name: str, alt: str = "") -> SafeString:
    """One of our drawings in the screen language; nothing when it is gone, decoration when `alt` is empty."""
    screen = getattr(context.get("request"), "screen_language", settings.SCREEN_LANGUAGES[0][0])
    try:
        return mark_safe(pictures.draw(name, screen, alt=alt))
    except pictures.UnknownPicture:
        return mark_safe("")


@register.simple_tag(takes_context=True)
def say(context: dict[str, Any], sentence: str | None, with_terms: bool = True) -> SafeString | str:
    """A sentence of the step: its terms can be opened, and it is marked when it is not translated yet."""
    voice: Voice | None = context.get("voice")
    if not sentence or voice is None:
        return sentence or ""
    return voice.say(sentence, with_terms=with_terms)
