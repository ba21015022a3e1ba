"""What is only known when a statement is asked. So it is compiled once and asked again and again: for Django to write
one takes as long as for the database to answer it about an organisation."""

from typing import Any

from django.db.models import DateTimeField, Expression


class Asked(Expression):
    """Stands in the parameters by its name until then."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=DateTimeField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


NOW = Asked("now")
# Until then all tries are counted in rollups.
ROLLED_UP_UNTIL = Asked("rolled up until")
