"""What other pages say about a funder's questions."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.translation import get_language

from funding.access import leaving, projects_on, sheets_of
from funding.forms import PaperForm
from funding.models import Project, Sheet
from learners.models import Cohort

register = template.Library()


@dataclass(frozen=True)
class Offer:
    """`sheet` is None until she answered once, be it that she does not want to."""

    project: Project
    sheet: Sheet | None
    is_leaving: bool

    @property
    def is_open(self) -> bool:
        """There is a page that she has not answered."""
        return self.sheet is None or (self.is_leaving and not self.sheet.searching)


@register.inclusion_tag("funding/offers.html", takes_context=True)
def funder_offers(context: RequestContext) -> dict[str, Any]:
    """On her own page: what asks her now, and what she has answered."""
    person = context.get("person") or None
    if not person:
        return {"offers": []}
    today = timezone.localdate()
    sheets = sheets_of(person)
    asking = list(Project.objects.asking(person, today).select_related("organisation").order_by("pk"))
    projects = {project.pk: project for project in [sheet.project for sheet in sheets.values()] + asking}
    ending = leaving(asking, person, today)
    offers = [Offer(project, sheets.get(pk), pk in ending) for pk, project in projects.items()]
    return {"offers": offers, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("funding/on_cohort.html", takes_context=True)
def funder_on_cohort(context: RequestContext, cohort: Cohort) -> dict[str, Any]:
    projects = projects_on(cohort)
    return {
        "cohort": cohort,
        "projects": projects,
        "form": PaperForm(projects=projects, initial={"language": get_language()}),
        "csrf_token": context.get("csrf_token"),
    }
