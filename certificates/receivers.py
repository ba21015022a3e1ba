from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from certificates import following, issuing, supervision
from certificates import letters as letters  # registers its kind by being imported
from classrooms.signals import supervision_changed
from courses.models import Module
from learners.models import ModuleCompletion
from learners.signals import completions_merged, module_completed
from people import portability
from people.models import User
from people.signals import people_merged, person_leaving


@receiver(module_completed)
def issue_at_once(sender: Any, completion: ModuleCompletion, **kwargs: Any) -> None:
    issuing.issue(completion)


@receiver(supervision_changed)
def say_who_watched(sender: Any, person: User, module: Module, **kwargs: Any) -> None:
    supervision.follow_supervision(person, module)


@receiver(people_merged)
def follow_person(sender: Any, guest: User, person: User, **kwargs: Any) -> None:
    following.follow_person(guest, person)


@receiver(completions_merged)
def follow_completion(sender: Any, gone: ModuleCompletion, kept: ModuleCompletion, **kwargs: Any) -> None:
    following.follow_completion(gone, kept)


@receiver(person_leaving)
def forget_name(sender: Any, person: User, **kwargs: Any) -> None:
    following.forget_name(person)


@receiver(pre_delete, sender=User)
def forget_name_of_deleted(sender: Any, instance: User, **kwargs: Any) -> None:
    """The editor's list of people deletes without telling the rooms."""
    following.forget_name(instance)


def _rows(person: User) -> list[dict[str, Any]]:
    return [
        {
            "code": credential.readable_code,
            "name": credential.name,
            "module": credential.texts[credential.help_language]["title"],
            "started": credential.started_on.isoformat(),
            "completed": credential.completed_on.isoformat(),
            "issued": credential.issued_at.isoformat(),
            "issuer": credential.issuer_name,
            "kind": credential.kind,
            "minutes": credential.minutes_planned,
            "minutes attended": credential.minutes_attended,
            "supervised": credential.is_supervised,
            "valid": credential.is_valid,
        }
        for credential in person.credentials.order_by("pk")
    ]


portability.offer("certificates", _("My certificates"), _rows)
