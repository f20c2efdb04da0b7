"""A search backend that reads Chinese, over the database backends of ``modelsearch``.

The backend's indexer is a name in its module, so ours is put in its place; tests/search holds the pinned version to it.
"""

from django.db import connection
from django.db.models import QuerySet
from modelsearch.backends.base import OrderByFieldError
from modelsearch.query import PlainText

from .words import for_index, for_query


def SearchBackend(params):
    """The backend for the database in use, reading Chinese."""
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres import postgres as module

        backend = module.PostgresSearchBackend
    else:
        from modelsearch.backends.database.sqlite import sqlite as module

        backend = module.SQLiteSearchBackend
    if not issubclass(module.ObjectIndexer, ChineseIndexing):
        module.ObjectIndexer = type("ObjectIndexer", (ChineseIndexing, module.ObjectIndexer), {})
    return type("ChineseSearchBackend", (ChineseQueries, backend), {})(params)


class ChineseIndexing:
    """Splits texts before they go into the index."""

    def prepare_value(self, value):
        return for_index(super().prepare_value(value))  # type: ignore[misc]


class ChineseQueries:
    """Splits what people type the same way. An order that the index does not know gives way to the best matches first."""

    def search(self, query, model_or_queryset, fields=None, operator=None, order_by_relevance=True):
        asked = split(query, operator), plain(model_or_queryset), fields, None
        return in_an_order_it_knows(super().search, asked, order_by_relevance)  # type: ignore[misc]

    def autocomplete(self, query, model_or_queryset, fields=None, operator=None, order_by_relevance=True):
        asked = split(query, operator), plain(model_or_queryset), fields, None
        return in_an_order_it_knows(super().autocomplete, asked, order_by_relevance)  # type: ignore[misc]


def in_an_order_it_knows(find, asked, order_by_relevance):
    try:
        return find(*asked, order_by_relevance)
    except OrderByFieldError:
        return find(*asked, True)


def plain(model_or_queryset):
    """The same rows chosen by their keys where they were chosen by something computed, as an editor does with files that are used
    often: the backend reads conditions on columns only, and would break."""
    if not isinstance(model_or_queryset, QuerySet) or all(
        hasattr(each, "target") for each in compared(model_or_queryset.query.where)
    ):
        return model_or_queryset
    try:
        keys = list(model_or_queryset.order_by().values_list("pk", flat=True))
    except OverflowError:  # asked for a number that SQLite has no room for, and so for no row
        keys = []
    rows = model_or_queryset.all()
    rows.query.where = type(rows.query.where)()
    return rows.filter(pk__in=keys)


def compared(where):
    """The left sides of all conditions."""
    for child in where.children:
        if hasattr(child, "children"):
            yield from compared(child)
        elif hasattr(child, "lhs"):
            yield child.lhs


def split(query, operator=None):
    """Typed text as a plain query of our words, nothing where it holds none; query objects pass unchanged."""
    if not isinstance(query, str):
        return query
    words = " ".join(for_query(query))
    return PlainText(words, operator=operator or "and") if words else ""
