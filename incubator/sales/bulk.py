"""Many rows at once: plain values into a table with one prepared statement, where building model objects would take the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import connection, models, reset_queries

AS_THEY_ARE = (models.CharField, models.IntegerField, models.BooleanField, models.ForeignKey)


def insert(model: type[models.Model], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows given by column attribute (``account_id``); what a row leaves out takes the field's default."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    columns = [(field.attname, field.get_default(), for_database(field)) for field in fields]
    values: list[list[Any]] = [[turn(row.get(name, default)) for name, default, turn in columns] for row in rows]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)  # noqa: S608
    reset_queries()  # in development Django remembers every statement


def for_database(field: models.Field) -> Callable[[object], object]:
    """How a value of this field is handed to the database."""
    if isinstance(field, AS_THEY_ARE):
        return as_it_is
    turn = partial(field.get_db_prep_save, connection=connection)
    return turn if isinstance(field, models.JSONField) else lru_cache(maxsize=1024)(turn)


def as_it_is(value: object) -> object:
    return value
