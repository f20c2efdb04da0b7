"""Which rows a search finds, as keys for a query of their own.

PostgreSQL cannot guess how few rows hold a word: asked for rows and word at once it sorts the whole shelf and tests every
row on the way. So the keys are asked for in a subquery it must answer first, from the index alone.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Func
from django.db.models.functions import Cast
from modelsearch.backends import get_search_backend

from .words import for_query

TEXT: Func = Func(F("title"), F("body"), template="(%(expressions)s)", arg_joiner=" || ")
"""What marketplace/search/migrations puts into an index."""
NO_LIMIT = 1_000_000_000
"""A limit that nothing reaches: it keeps the planner from merging the subquery into the query around it."""


def keys(words: str, model: type[models.Model], *, operator: str = "and") -> models.QuerySet:
    """Keys of the rows whose indexed text holds all the words (``operator="or"``: any of them), for ``pk__in``."""
    if not for_query(words):
        return model._default_manager.none().values("pk")
    results = get_search_backend().search(words, model._default_manager.all(), None, operator, False)
    if connection.vendor != "postgresql":
        return results.get_queryset().order_by().values("pk")
    compiler = results.query_compiler
    asked = compiler.build_tsquery(compiler.query, config=compiler.get_config(results.backend))
    entries = apps.get_model("wagtailsearch", "IndexEntry").objects.annotate(text=TEXT)
    found = entries.filter(content_type=ContentType.objects.get_for_model(model), text=asked)
    return found.annotate(key=Cast("object_id", models.BigIntegerField())).values("key")[:NO_LIMIT]
