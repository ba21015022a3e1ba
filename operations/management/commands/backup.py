from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations import database
from operations.backing_up import CannotBackUp, back_up


class Command(BaseCommand):
    help = "Write everything (database, media, certificates, key) to one .tar.gz; the site may keep running."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        database.refuse_unless_reachable()
        try:
            manifest = back_up(file.absolute())
        except CannotBackUp as error:
            raise CommandError(f"The backup was not made: {error}") from None
        except OSError as error:
            raise CommandError(
                f"The backup was not made: {error.strerror} ({error.filename or file})."
            ) from None
        rows = sum(manifest["counts"].values())
        self.stdout.write(
            f"{file}: {file.stat().st_size:,} bytes, {rows:,} rows. "
            "It holds names and the secret key: keep it safe."
        )
