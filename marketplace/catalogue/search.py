"""Finding listings by what people type: all words first, then the same sound, then most of the words."""

from functools import reduce
from operator import add, or_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from modelsearch.backends import get_search_backend

from marketplace.search.words import for_query, is_han, pairs, runs, spellings

from .listing import Listing

LEAST_SHARE = 0.5


def find(typed: str) -> QuerySet[Listing]:
    """Live listings for what was typed, in no particular order; empty when nothing comes near.

    1. every word (pairs of Chinese characters, Latin words, pinyin);  2. the same sound: 大迷 finds 大米;
    3. at least half of the characters or pairs: one wrong character does not hide the goods.
    """
    if not for_query(typed):
        return Listing.objects.none()
    for attempt in (with_all_words, with_same_sound, with_most_words):
        found = attempt(typed)
        if found is not None and found.exists():
            return found
    return Listing.objects.none()


def with_all_words(typed: str) -> QuerySet[Listing]:
    """Listings whose indexed text holds every word."""
    results = get_search_backend().search(typed, Listing.objects.live(), order_by_relevance=False)
    return results.get_queryset().order_by()


def with_same_sound(typed: str) -> QuerySet[Listing] | None:
    """Listings with a name that sounds as what was typed; None when no Chinese was typed."""
    sounds = [spellings(run).split()[-1] for run in runs(typed) if is_han(run) and len(run) > 1]
    return with_all_words(" ".join(sounds)) if sounds else None


def with_most_words(typed: str) -> QuerySet[Listing] | None:
    """Listings whose title, places or words hold at least half of the pairs (of the characters, for short words)."""
    parts = [part for run in runs(typed) for part in (pairs(run) if len(run) > 3 else run) if is_han(part)][:20]
    if not parts:
        return None
    needed = max(1, round(len(parts) * LEAST_SHARE))
    matches = [Q(title__contains=part) | Q(places__contains=part) for part in parts]
    points = [Case(When(match, then=Value(1)), default=Value(0), output_field=IntegerField()) for match in matches]
    found = Listing.objects.live().filter(reduce(or_, matches)).alias(points=reduce(add, points))
    return found.filter(points__gte=needed)


def best_first(found: QuerySet[Listing], typed: str) -> QuerySet[Listing]:
    """Those named so before those that only come from there or are sold there; then by rank."""
    named = Case(When(Q(title__icontains=typed.strip()), then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(named, "-rank", "product_id")
