"""The table of a funder's project on paper: asked once more when it is printed."""

from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from funding.access import projects_of
from funding.models import Project
from papers import kinds, rendering
from papers.kinds import Kind
from papers.models import PrintJob
from papers.rendering import Paper
from people.models import User
from reports import funding_tables
from reports.funding import Table, table_of

STYLESHEET = rendering.TEMPLATES / "reports" / "print" / "report.css"


def coordinates(person: User, params: dict[str, Any]) -> bool:
    return projects_of(person).filter(pk=params["project"]).exists()


def compose(job: PrintJob) -> Paper:
    project = Project.objects.select_related("organisation").get(pk=job.params["project"])
    return paper_of(table_of(project, now=timezone.now()), job.language)


def paper_of(table: Table, language: str) -> Paper:
    return Paper(
        template="reports/print/funding.html",
        context={
            "title": table.project.name,
            "organisation": f"{table.project.organisation} · {table.project.programme}",
            "table": table,
            "genders": funding_tables.genders(),
            "parts": funding_tables.parts(table),
            "on_leaving": funding_tables.on_leaving(table),
            "notes": list(funding_tables.notes(table)),
            "period": funding_tables.period(table.project),
            "as_of": funding_tables.as_of(table),
            "rule": funding_tables.why_hidden(table),
        },
        stylesheet=STYLESHEET,
        language=language,
        filename=f"{name_of(table.project)}.pdf",
    )


def name_of(project: Project) -> str:
    return f"funder-{slugify(project.name) or project.pk}"


FUNDING = Kind("funder-table", gettext_lazy("Table for a funder"), coordinates, compose)
kinds.register(FUNDING)
