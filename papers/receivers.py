from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from papers import actions
from people import portability
from people.models import User
from people.signals import person_leaving


@receiver(person_leaving)
def forget_papers(sender: Any, person: User, **kwargs: Any) -> None:
    actions.forget(person)


@receiver(pre_delete, sender=User)
def forget_papers_of_deleted(sender: Any, instance: User, **kwargs: Any) -> None:
    """The editor's list of people deletes without telling the rooms."""
    actions.forget(instance)


def _rows(person: User) -> list[dict[str, Any]]:
    return [
        {"paper": job.kind, "about": job.title, "asked": job.asked_at.isoformat()}
        for job in person.print_jobs.order_by("asked_at")
    ]


portability.offer("papers", _("Papers I asked for"), _rows)
