from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from funding import own_copy, papers, receivers  # noqa: F401
