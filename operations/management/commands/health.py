import sys
from typing import Any

from django.core.management.base import BaseCommand

from operations import health


class Command(BaseCommand):
    help = "Say what is well and what is not, in the words of /readyz. Exit code 1 when something is not."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = health.findings()
        for finding in findings:
            self.stdout.write(f"{finding.name}: {finding.why}")
        if not all(finding.is_ok for finding in findings):
            sys.exit(1)
