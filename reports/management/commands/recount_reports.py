from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.rollups import StillChanging, recount_all


class Command(BaseCommand):
    help = (
        "Counts the rollups of the reports anew from attempts and completions, and says what was different."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            for difference in recount_all(timezone.now()):
                count += 1
                self.stdout.write(
                    f"{difference.slice}: {difference.what}, {difference.gone} row(s) gone, {difference.new} new"
                )
        except StillChanging as error:
            raise CommandError(f"{error} Run this again.") from None
        self.stdout.write(self.style.SUCCESS(f"{count} difference(s) set right."))
