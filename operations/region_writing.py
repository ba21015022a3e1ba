"""Rows by the hundred thousand, a few thousand in memory: COPY on PostgreSQL, executemany on SQLite."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db import connection, models

ROWS_AT_ONCE = 2000
IDS_AT_ONCE = 100


class Table:
    """The columns that rows give, in their order (`names`); every other one gets its default."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        self.name = model._meta.db_table
        fields = {field.attname: field for field in model._meta.concrete_fields}
        given = [fields.pop(name) for name in names]
        others = [field for field in fields.values() if not field.primary_key]
        self.fields = [*given, *others]
        self.constants = tuple(field.get_default() for field in others)

    @property
    def columns(self) -> str:
        return ", ".join(connection.ops.quote_name(str(field.column)) for field in self.fields)


class Writer:
    """Writes within one transaction; the database looks at foreign keys when that ends, so order is free."""

    def __init__(self) -> None:
        self.written: Counter[str] = Counter()
        self._waiting: dict[Table, list[tuple[Any, ...]]] = defaultdict(list)
        self._ids: dict[type[models.Model], Iterator[int]] = {}
        self._is_postgres = connection.vendor == "postgresql"

    def add(self, table: Table, *row: Any) -> None:
        rows = self._waiting[table]
        rows.append(row + table.constants)
        if len(rows) >= ROWS_AT_ONCE:
            self._write(table)

    def flush(self) -> None:
        for table in self._waiting:
            self._write(table)

    def new_id(self, model: type[models.Model]) -> int:
        """From the database's own counter, so that what is written beside us keeps its numbers."""
        if model not in self._ids:
            self._ids[model] = self._postgres_ids(model) if self._is_postgres else self._sqlite_ids(model)
        return next(self._ids[model])

    def _postgres_ids(self, model: type[models.Model]) -> Iterator[int]:
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [connection.ops.quote_name(model._meta.db_table), IDS_AT_ONCE],
                )
                numbers = [number for (number,) in cursor.fetchall()]
            yield from numbers

    def _sqlite_ids(self, model: type[models.Model]) -> Iterator[int]:
        """Nobody else writes while our transaction is open; the counter follows what is inserted."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
            row = cursor.fetchone()
        return count(row[0] + 1 if row else 1)

    def _write(self, table: Table) -> None:
        rows = self._waiting[table]
        self.written[table.name] += len(rows)
        converters = [
            (place, convert) for place, field in enumerate(table.fields) if (convert := _converter(field))
        ]
        prepared = [_prepared(row, converters) for row in rows]
        name = connection.ops.quote_name(table.name)
        with connection.cursor() as cursor:
            if self._is_postgres:
                with cursor.copy(f"COPY {name} ({table.columns}) FROM STDIN") as copy:
                    for row in prepared:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(table.fields))
                cursor.executemany(f"INSERT INTO {name} ({table.columns}) VALUES ({places})", prepared)  # noqa: S608
        rows.clear()


def _converter(field: models.Field) -> Callable[[Any], Any] | None:
    """How a value becomes what the driver takes. Keys are written as 32 hexadecimal signs: both databases read that."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return connection.ops.adapt_datefield_value if isinstance(field, models.DateField) else None


def _prepared(row: tuple[Any, ...], converters: list[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return values
