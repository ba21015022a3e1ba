import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations import database
from operations.backing_up import CannotBackUp
from operations.restoring import CannotRestore, restore
from operations.supervisor import AlreadyRunning, sole_use_of


class Command(BaseCommand):
    help = "Put back what `backup` wrote, and count it. Stop the site first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace everything that is there now")

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        database.refuse_unless_reachable()
        try:
            with sole_use_of(settings.DATA_DIR):
                manifest, found = restore(file.absolute(), replace=replace)
        except AlreadyRunning:
            raise CommandError("Nothing was restored: the site is running. Stop it first.") from None
        except (CannotRestore, CannotBackUp) as error:
            raise CommandError(f"Nothing was restored: {error}") from None
        self.report(manifest, found)

    def report(self, manifest: dict[str, Any], found: dict[str, int]) -> None:
        expected = manifest["counts"]
        self.stdout.write(f"Backup of {manifest['made_at']}, StepIn {manifest['version']}:")
        for table in sorted(expected):
            is_same = found.get(table) == expected[table]
            if expected[table] or not is_same:
                self.stdout.write(
                    f"{table:<48} {found.get(table, 'missing'):>9}"
                    + ("" if is_same else f"   the backup had {expected[table]}")
                )
        different = [table for table in expected if found.get(table) != expected[table]]
        if different:
            sys.exit(f"{len(different)} tables differ from the backup.")
        self.stdout.write(f"All {len(expected)} tables have as many rows as the backup.")
