from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from operations import database, region, region_removal


class Command(BaseCommand):
    help = "Write a region of made-up people, to measure with and to look at; the same seed makes the same region."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--learners", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            help="YYYY-MM-DD: all was done before this day (default: today)",
        )
        parser.add_argument(
            "--beside", action="store_true", help="write it though the database has people of its own"
        )
        parser.add_argument(
            "--remove", action="store_true", help="take away what was ever written here, and no more"
        )

    def handle(self, *, remove: bool, **options: Any) -> None:
        database.refuse_unless_reachable()
        if remove:
            self.remove()
        else:
            self.make(**options)

    def make(self, *, learners: int, seed: int, until: date | None, beside: bool, **options: Any) -> None:
        try:
            made = region.make(
                learners=learners,
                seed=seed,
                until=until,
                today=timezone.localdate(),
                is_beside=beside,
                say=self.stdout.write,
            )
        except region.CannotMake as error:
            raise CommandError(f"Nothing was written: {error}") from None
        if not made.rows:
            self.stdout.write(f"The region of seed {seed} is there already: nothing was added.")
            return
        for table, rows in sorted(made.rows.items()):
            self.stdout.write(f"{table:<40} {rows:>12,}")
        rows = made.rows.total()
        self.stdout.write(
            self.style.SUCCESS(
                f"{rows:,} rows in {made.seconds:.1f} s, {rows / made.seconds:,.0f} rows a second."
            )
        )

    def remove(self) -> None:
        rows, staying = region_removal.remove(self.stdout.write)
        self.stdout.write(self.style.SUCCESS(f"{rows:,} rows were taken away."))
        if staying:
            raise CommandError(
                "These stay, because somebody real is a member or has learned there: " + ", ".join(staying)
            )
