"""Who may: she herself about her own answers, coordinators about their organisation's projects, trainers see which
project asks their cohort."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from funding.models import Project, Sheet
from funding.pseudonyms import pseudonym_of
from funding.querysets import ProjectQuerySet
from learners.access import cohorts_of
from learners.models import Cohort
from people.access import organisations_coordinated_by
from people.models import User

# So long before its end a project asks what became of people.
LAST_WEEKS = timedelta(weeks=4)


def sheets_of(person: User) -> dict[int, Sheet]:
    """{project: what she said for it}, of all that are not closed."""
    projects = Project.objects.open().values_list("pk", flat=True)
    pseudonyms = [pseudonym_of(project, person.key) for project in projects]
    found = Sheet.objects.filter(pk__in=pseudonyms).select_related("project") if pseudonyms else []
    return {sheet.project_id: sheet for sheet in found}


def sheet_of(project: Project, person: User) -> Sheet | None:
    return Sheet.objects.filter(pk=pseudonym_of(project.pk, person.key)).first()


def asks(project: Project, person: User) -> bool:
    return Project.objects.asking(person, timezone.localdate()).filter(pk=project.pk).exists()


def leaving(projects: Collection[Project], person: User, today: date) -> set[int]:
    """Those that end soon, or in which no cohort of hers goes on."""
    of_hers = Cohort.objects.running().filter(
        learners=person, funding_projects__in=projects, funding_projects__organisation=F("organisation")
    )
    going_on = set(of_hers.values_list("funding_projects", flat=True)) if projects else set()
    return {
        project.pk
        for project in projects
        if project.ends_on - today < LAST_WEEKS or project.pk not in going_on
    }


def projects_of(coordinator: User) -> ProjectQuerySet:
    """Everyone else's is a 404."""
    return (
        Project.objects.filter(organisation__in=organisations_coordinated_by(coordinator))
        .select_related("organisation")
        .order_by("-begins_on", "name", "pk")
    )


def projects_on(cohort: Cohort) -> ProjectQuerySet:
    on = cohort.funding_projects.on(timezone.localdate())
    return on.filter(organisation=cohort.organisation_id).order_by("name", "pk")


def may_print(trainer: User, cohort: int, project: int) -> bool:
    led = cohorts_of(trainer).filter(pk=cohort).first()
    return led is not None and projects_on(led).filter(pk=project).exists()
