"""Cohorts, for the administrator: who learns together, and who leads them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from learners.models import Cohort


@register_snippet
class CohortViewSet(SnippetViewSet):
    model = Cohort
    icon = "group"
    menu_label = _("Cohorts")
    menu_order = 610
    add_to_admin_menu = True
    list_display = ("name", "organisation", "ended_at")
    list_filter = ("organisation",)
    panels = (
        FieldPanel("name"),
        FieldPanel("organisation"),
        FieldPanel("trainers"),
        FieldPanel("learners"),
        FieldPanel("ended_at"),
    )
