"""The twelve pictures of the cards; each person has one of them as her sign."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from people.class_computer import SECONDS_TO_ANSWER, SECONDS_UNTIL_ASKED, is_class_computer
from people.models import User
from people.pins import PICTURES

register = template.Library()


@register.filter
@cache
def drawing(name: str) -> SafeString:
    """The picture as SVG, hidden from readers aloud: its word stands beside it."""
    return mark_safe(render_to_string(f"people/pictures/{name}.svg"))  # our own drawing


@register.filter
def picture_word(name: str) -> str:
    return str(PICTURES[name])


@register.filter
def sign_of(person: User) -> str:
    """Always the same one of the twelve for the same person."""
    return list(PICTURES)[person.key.int % len(PICTURES)]


@register.simple_tag(takes_context=True)
def class_mode(context: template.Context) -> dict[str, int] | None:
    """The times of a computer of the class, in seconds; None on any other."""
    if "request" not in context or not is_class_computer(context["request"]):
        return None
    return {"until_asked": SECONDS_UNTIL_ASKED, "to_answer": SECONDS_TO_ANSWER}
