from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from courses.starter import load
from courses.starter.source import languages, modules, update_catalogue


class Command(BaseCommand):
    help = "Loads the starter lessons and their translations. Run again, it changes nothing a person has touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--update-catalogues",
            action="store_true",
            help="bring the PO files up to date with the English, load nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update_catalogues"]:
            for language in languages():
                for module in modules():
                    entries, missing = update_catalogue(language, module)
                    self.stdout.write(
                        f"{language} {module.folder}: {entries} texts, {missing} without translation"
                    )
            return
        report = load()
        for line in report.left_alone:
            self.stdout.write(self.style.WARNING(f"left alone – {line}"))
        self.stdout.write(
            self.style.SUCCESS(f"{len(report.written)} page(s) written, {len(report.left_alone)} left alone.")
        )
