"""Numbers as people read them aloud: 1.586,6 in Dutch. The site groups none by itself: it also writes addresses."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(number: int | Decimal) -> str:
    """In the reader's language, thousands apart."""
    return number_format(number, force_grouping=True)
