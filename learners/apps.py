from django.apps import AppConfig


class LearnersConfig(AppConfig):
    name = "learners"

    def ready(self) -> None:
        from learners import classes, handout, helping, own_copy, papers, receivers  # noqa: F401
