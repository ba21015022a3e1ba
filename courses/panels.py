"""What the editor sees beside her text: which step lacks what."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.admin.ui.components import Component


class LacksPanel(Panel):
    """A list of steps that lack a picture, its words, a translation, or speak in long sentences."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/lacks.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from courses.completeness import lacks_of

            context = super().get_context_data(parent_context)
            context["lacks"] = lacks_of(self.instance) if self.instance.pk else None
            return context


class PracticePanel(Panel):
    """Where people needed help in the practice steps; nothing before somebody has tried."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/practice.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            from courses.practising import practice_standings

            context = super().get_context_data(parent_context)
            body = self.instance.body.raw_data if self.instance.pk else ()
            context["practices"] = practice_standings(list(body))
            return context


class PagesToMendPanel(Component):
    """On the editor's first page: how much there is to mend, and where to begin."""

    order = 50
    template_name = "courses/admin/pages_to_mend_panel.html"
    shown = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        from courses.completeness import pages_to_mend

        pages = pages_to_mend()
        urgent = [page for page in pages if page.must_count]
        return {
            "urgent": urgent[: self.shown],
            "urgent_count": len(urgent),
            "hint_count": sum(page.hint_count for page in pages),
            "report_url": reverse("courses_admin:pages_to_mend"),
        }
