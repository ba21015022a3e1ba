from celery import shared_task
from django.utils import timezone

from funding.models import Project
from reports import funding, rollups, scheduling


@shared_task
def recount_changed() -> None:
    rollups.sweep(timezone.now())


@shared_task
def write_scheduled() -> None:
    scheduling.write_due(timezone.now())


@shared_task
def close_projects() -> None:
    """The sweep: each on its own, so that one that cannot be counted holds up no other."""
    for project_id in Project.objects.over(timezone.localdate()).values_list("pk", flat=True):
        close_project.delay(project_id)


@shared_task
def close_project(project_id: int) -> None:
    funding.close(project_id, now=timezone.now())
