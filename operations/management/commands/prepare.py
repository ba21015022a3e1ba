from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from operations import catalogues, database, preparing


class Command(BaseCommand):
    help = "Bring database, files and lessons up to this version, as `serve` does before it starts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--translations", action="store_true", help="only compile the translations")

    def handle(self, *, translations: bool, **options: Any) -> None:
        if translations:
            catalogues.compile_messages()
            return
        database.refuse_unless_reachable()
        preparing.prepare(say=self.stdout.write)
