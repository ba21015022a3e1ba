from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from reports import funding_papers, own_copy, papers, telling, xapi_export  # noqa: F401 (each registers by being imported)
        from reports.stuck import papers as stuck_papers  # noqa: F401
