"""Search on PostgreSQL goes through an index of what is really asked."""

import pytest
from django.db import connection

from cms.templatetags.found import pages_found
from marketplace.catalogue import search
from marketplace.catalogue.listing import Listing
from marketplace.search import hits

pytestmark = pytest.mark.django_db
INDEXED = '("title" || "body")'


def test_what_is_asked_stands_in_an_index():
    asked = str(search.with_all_words("稻花香").query)
    if connection.vendor != "postgresql":
        assert "MATCH" in asked  # SQLite asks its full-text table
        return

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM wagtailsearch_indexentry WHERE {INDEXED} @@ '花香'::tsquery")
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert INDEXED in asked.replace("U0.", "")
    assert "search_title_and_body" in plan


@pytest.mark.parametrize("typed", ["%", "，。！", "\u200b", "'"])
def test_signs_without_a_word_find_nothing_and_break_nothing(typed):
    assert list(hits.keys(typed, Listing)) == []
    assert pages_found(typed) == {"pages": []}
