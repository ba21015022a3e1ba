from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand

from learners.moving import bring_all_home
from learners.rollups import rebuild_all


class Command(BaseCommand):
    help = "Recomputes completions and rollups from attempts, and reports every difference it found."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in chain(bring_all_home(), rebuild_all()):
            count += 1
            self.stdout.write(
                f"enrolment {difference.enrolment or '-'}: "
                f"{difference.what} was {difference.was}, is {difference.now}"
            )
        self.stdout.write(self.style.SUCCESS(f"{count} difference(s) set right."))
