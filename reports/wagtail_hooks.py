"""What editors find of the reports in their house, and administrators: which organisations may take learning records
away."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from reports.models import RecordStore
from reports.stuck.access import scopes_of


class StuckMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(scopes_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def stuck_item() -> MenuItem:
    return StuckMenuItem(_("Hard steps"), reverse("reports:stuck"), name="stuck", icon_name="help", order=170)


class RecordStoreViewSet(SnippetViewSet):
    model = RecordStore
    icon = "key"
    menu_label = _("Record stores")
    menu_order = 620
    add_to_admin_menu = True
    list_display = ("organisation", "keeper", "made_at")
    panels = (
        HelpPanel(template="reports/admin/record_store_help.html"),
        FieldPanel("organisation"),
        FieldPanel("keeper"),
    )


register_snippet(RecordStoreViewSet)
