"""Many rows at once: plain values into a table, by COPY or one prepared statement; building model objects would take the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import connection, models, reset_queries

GROWN = {4**power for power in range(1, 8)}
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
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", values)  # noqa: S608
    reset_queries()  # in development Django remembers every statement


def has_grown(slices: int, *models_: type[models.Model]) -> None:
    """Tell the database's planner that these tables have grown, after the 4th, 16th, 64th … slice of a long piece of work.

    PostgreSQL counts tables now and then; one that was empty a minute ago is searched row by row until it does.
    """
    if connection.vendor == "postgresql" and slices in GROWN:
        with connection.cursor() as cursor:
            for model in models_:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def add_up(
    model: type[models.Model],
    rows: Sequence[Mapping[str, object]],
    key: Sequence[str],
    sums: Sequence[str],
    replaced: Sequence[str] = (),
) -> None:
    """Add ``sums`` of these rows to those under the same ``key`` (a unique constraint); new keys become rows.

    Other columns stay as they are, but those ``replaced`` take the new value. Adding is left to the database, so two
    transactions at once lose nothing.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    column = {field.attname: connection.ops.quote_name(str(field.column)) for field in fields}
    table = connection.ops.quote_name(model._meta.db_table)
    changes = [f"{column[name]} = {table}.{column[name]} + excluded.{column[name]}" for name in sums]
    changes += [f"{column[name]} = excluded.{column[name]}" for name in replaced]
    statement = (
        f"INSERT INTO {table} ({', '.join(column.values())}) VALUES ({', '.join(['%s'] * len(fields))}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(column[name] for name in key)}) DO UPDATE SET {', '.join(changes)}"
    )
    turns = [(field.attname, for_database(field)) for field in fields]
    with connection.cursor() as cursor:
        values: list[list[Any]] = [[turn(row[name]) for name, turn in turns] for row in rows]
        cursor.executemany(statement, values)
    reset_queries()


def for_database(field: models.Field) -> Callable[[object], object]:
    """How a value of this field is handed to the database."""
    if isinstance(field, AS_THEY_ARE):
        return as_it_is
    turn = partial(field.get_db_prep_save, connection=connection)
    return turn if isinstance(field, models.JSONField) else lru_cache(maxsize=1024)(turn)


def as_it_is(value: object) -> object:
    return value
