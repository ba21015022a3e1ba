from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from people import second_factor
from people.models import User


class Command(BaseCommand):
    help = "Takes the app, the passkeys and the recovery codes of somebody away who has lost them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="user name or e-mail address")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        person = User.objects.filter(Q(username__iexact=username) | Q(email__iexact=username)).first()
        if person is None:
            raise CommandError(f"There is nobody with the user name or e-mail address {username!r}.")
        if not second_factor.reset(person):
            self.stdout.write(f"{person} had no second factor.")
            return
        self.stdout.write(
            f"{person} has no second factor any more, and is asked to set one up before the next staff page."
        )
