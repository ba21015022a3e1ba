"""On the editor's first page: how much there is to mend, and where to begin."""

from typing import Any

from wagtail.admin.ui.components import Component

from courses.completeness import pages_to_mend
from courses.fact_checks import due_checks
from courses.missing.parts import broken_link_count


class MissingPanel(Component):
    order = 50
    template_name = "courses/admin/missing/panel.html"
    shown = 5

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        pages = pages_to_mend()
        urgent = [page for page in pages if page.must_count]
        checks = due_checks()
        return {
            "urgent": urgent[: self.shown],
            "urgent_count": len(urgent),
            "hint_count": sum(page.hint_count for page in pages),
            "overdue_count": sum(check.is_overdue for check in checks),
            "soon_count": sum(not check.is_overdue for check in checks),
            "link_count": broken_link_count(),
        }
