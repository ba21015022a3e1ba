"""Places and school holidays, for the administrator."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from classrooms.models import Place, SchoolHoliday


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "home"
    list_display = ("name", "town", "organisation")
    list_filter = ("organisation", "town")
    panels = (
        FieldPanel("organisation"),
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("town"),
        FieldPanel("access"),
    )


class SchoolHolidayViewSet(SnippetViewSet):
    model = SchoolHoliday
    icon = "date"
    list_display = ("name", "community", "first_day", "last_day")
    list_filter = ("community",)
    panels = (
        FieldPanel("community"),
        FieldPanel("name"),
        FieldPanel("first_day"),
        FieldPanel("last_day"),
    )


@register_snippet
class Classes(SnippetViewSetGroup):
    items = (PlaceViewSet, SchoolHolidayViewSet)
    menu_label = _("Places and holidays")
    menu_icon = "date"
    menu_order = 620
