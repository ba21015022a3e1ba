"""When a class began and ended, and how long it was, as SQL; `classrooms.register` says the same of one class."""

from datetime import datetime
from typing import Any

from django.db.models import Case, DurationField, ExpressionWrapper, F, Func, IntegerField, Q, When
from django.db.models.functions import Coalesce, Greatest

from reports.asked import Asked


class WholeMinutes(Func):
    """Of a duration: what was begun and not completed does not count."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s) / 60000000", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "FLOOR(date_part('epoch', %(expressions)s) / 60)::integer"
        return self.as_sql(compiler, connection, template=template, **context)


def began(prefix: str = "") -> Any:
    opened, starts, closed = (f"{prefix}{name}" for name in ("opened_at", "starts_at", "closed_at"))
    return Case(
        # Over before it should have begun.
        When(**{f"{closed}__lte": F(starts)}, then=F(opened)),
        # Each stands in for the other: of a NULL and a time, SQLite's greatest is NULL.
        default=Greatest(Coalesce(opened, starts), Coalesce(starts, opened)),
    )


def ended(prefix: str = "") -> Any:
    """Of a class that is over."""
    closed, closes, ends = (f"{prefix}{name}" for name in ("closed_at", "closes_at", "ends_at"))
    return Case(
        When(**{f"{closed}__isnull": False}, then=F(closed)),
        When(**{f"{ends}__gt": began(prefix)}, then=F(ends)),
        default=Coalesce(closes, ends),
    )


def minutes(prefix: str = "") -> Any:
    length = ExpressionWrapper(ended(prefix) - began(prefix), output_field=DurationField())
    return Greatest(WholeMinutes(length), 0)


def is_over(now: datetime | Asked, prefix: str = "") -> Q:
    closed, closes, ends = (f"{prefix}{name}" for name in ("closed_at", "closes_at", "ends_at"))
    return (
        Q(**{f"{closed}__isnull": False})
        | Q(**{f"{closes}__lte": now})
        | Q(**{f"{closes}__isnull": True, f"{ends}__lte": now})
    )
