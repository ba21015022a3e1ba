from typing import Any

from wagtail.fields import StreamField


class StepStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations: a new help text is no change of the database."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
