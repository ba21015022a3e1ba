"""When a class began and ended, and how long it was, as SQL; `classrooms.register` says the same of one class."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, Func, IntegerField, Q, When
from django.db.models.functions import Coalesce, Greatest

from reports.asked import Asked


class WholeMinutes(Func):
    """From one moment to another: a minute that was begun and not completed does not count."""

    output_field = IntegerField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Of the texts that moments are here. Django would call Python for each row, which took most of a page."""
        parts, params = [], []
        for expression in self.source_expressions:
            moment, its_params = compiler.compile(expression)
            parts.append(
                f"(CAST(strftime('%%s', {moment}) AS integer) * 1000000"
                f" + CAST(substr({moment} || '000000', 21, 6) AS integer))"
            )
            params += [*its_params, *its_params]
        return f"(({parts[1]} - {parts[0]}) / 60000000)", params

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (began, its_params), (ended, further) = map(compiler.compile, self.source_expressions)
        return f"FLOOR(date_part('epoch', {ended} - {began}) / 60)::integer", [*its_params, *further]


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
    return Greatest(WholeMinutes(began(prefix), ended(prefix)), 0)


def is_over(now: datetime | Asked, prefix: str = "") -> Q:
    closed, closes, ends = (f"{prefix}{name}" for name in ("closed_at", "closes_at", "ends_at"))
    return (
        Q(**{f"{closed}__isnull": False})
        | Q(**{f"{closes}__lte": now})
        | Q(**{f"{closes}__isnull": True, f"{ends}__lte": now})
    )
