"""Sums over much of a table, planned by the database for the days and places they are asked for (ADR 0018)."""

from typing import Any

from django.db import connections
from django.db.models import QuerySet


def rows_planned_anew(rows: QuerySet) -> list[Any]:
    """All of ``rows``, by a statement that is not kept ready.

    From its tenth time on PostgreSQL runs a kept statement by a plan for any values at all, which takes a stretch of days to hold
    one row in two hundred: a sum of all years then costs four times what it has to.
    """
    connection = connections[rows.db]
    if connection.vendor != "postgresql":
        return list(rows)
    connection.ensure_connection()
    driver = connection.connection
    kept, driver.prepare_threshold = driver.prepare_threshold, None
    try:
        return list(rows)
    finally:
        driver.prepare_threshold = kept
