from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"

    def ready(self) -> None:
        from certificates import papers, receivers  # noqa: F401 (registers and listens by being imported)
