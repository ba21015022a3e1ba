"""Numbers as people read them aloud: 1.586,6 in Dutch. The site groups none by itself: it also writes addresses."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from reports.enums import Unit
from reports.questions import Cell
from reports.tables import NOTHING

register = template.Library()


@register.filter
def grouped(number: int | Decimal) -> str:
    """In the reader's language, thousands apart."""
    if isinstance(number, int) and number < 1000:
        return str(number)
    return number_format(number, force_grouping=True)


@register.filter
def shown(cell: Cell, unit: Unit | None = None) -> str:
    """A filter, because a page has thousands of them: to include a template for each took most of its time. With the
    sign of its `unit` where no head of a column says it."""
    if cell.is_hidden:
        return format_html('<span class="is-hidden">{}</span>', _("hidden"))
    if cell.value is None:
        return NOTHING
    return grouped(cell.value) + (unit.sign if unit else "")
