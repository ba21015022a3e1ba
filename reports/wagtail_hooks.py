"""What editors find of the reports in their house, and administrators: which organisations may take learning records
away."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import Lesson, LessonPage, Module
from people.models import User
from reports.models import RecordStore
from reports.stuck.access import scopes_of
from reports.stuck.forms import LESSON


class StuckMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(scopes_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def stuck_item() -> MenuItem:
    return StuckMenuItem(_("Hard steps"), reverse("reports:stuck"), name="stuck", icon_name="help", order=170)


@hooks.register("register_page_header_buttons")
def stuck_button(page: Page, user: User, **kwargs: Any) -> Iterator[Button]:
    """From a lesson to how people fare in it."""
    if isinstance(page, LessonPage) and scopes_of(user):
        lesson = (
            Lesson.objects.live().filter(key=page.translation_key, module__in=Module.objects.live()).first()
        )
        if lesson and lesson.steps.live().exists():
            url = f"{reverse('reports:stuck')}?about={LESSON}-{lesson.pk}"
            yield Button(_("Where people get stuck"), url, icon_name="help", priority=80)


WHAT_IT_MEANS = HelpPanel(template="reports/admin/record_store_help.html")
KEEPER = FieldPanel("keeper")
# Keys hang on the entry: with another organisation, whoever holds one would be told all the records of that one.
ORGANISATION_THAT_STAYS = FieldPanel(
    "organisation",
    read_only=True,
    help_text=_("For another organisation, delete this entry and make a new one."),
)


class RecordStoreViewSet(SnippetViewSet):
    model = RecordStore
    icon = "key"
    menu_label = _("Record stores")
    menu_order = 620
    add_to_admin_menu = True
    list_display = ("organisation", "keeper", "made_at")
    panels = (WHAT_IT_MEANS, FieldPanel("organisation"), KEEPER)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        panel = ObjectList([WHAT_IT_MEANS, ORGANISATION_THAT_STAYS, KEEPER]).bind_to_model(self.model)
        return super().get_edit_view_kwargs(panel=panel, form_class=panel.get_form_class(), **kwargs)


register_snippet(RecordStoreViewSet)
