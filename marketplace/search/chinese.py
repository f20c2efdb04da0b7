"""A search backend that reads Chinese, over the database backends of ``modelsearch``.

The backend's indexer is a name in its module, so ours is put in its place; tests/search holds the pinned version to it.
"""

from django.db import connection
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
    """Splits what people type the same way."""

    def search(self, query, model_or_queryset, fields=None, operator=None, order_by_relevance=True):
        query = split(query, operator)
        return super().search(query, model_or_queryset, fields, None, order_by_relevance)  # type: ignore[misc]

    def autocomplete(self, query, model_or_queryset, fields=None, operator=None, order_by_relevance=True):
        query = split(query, operator)
        return super().autocomplete(query, model_or_queryset, fields, None, order_by_relevance)  # type: ignore[misc]


def split(query, operator=None):
    """Typed text as a plain query of our words, nothing where it holds none; query objects pass unchanged."""
    if not isinstance(query, str):
        return query
    words = " ".join(for_query(query))
    return PlainText(words, operator=operator or "and") if words else ""
