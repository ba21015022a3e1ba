from uuid import UUID, uuid4

from django import template

register = template.Library()


@register.simple_tag
def new_key() -> UUID:
    """Of the job that a form asks for: sent twice, it asks once."""
    return uuid4()
