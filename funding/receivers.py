from typing import Any

from django.dispatch import receiver

from funding import actions
from people.models import User
from people.signals import people_merged, person_leaving


@receiver(people_merged)
def take_over(sender: Any, guest: User, person: User, **kwargs: Any) -> None:
    actions.take_over(guest, person)


@receiver(person_leaving)
def forget(sender: Any, person: User, **kwargs: Any) -> None:
    actions.forget(person)
