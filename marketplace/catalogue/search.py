"""Finding listings by what people type: all words first, then the same sound, then most of the words."""

from collections.abc import Callable
from functools import reduce
from operator import add
from typing import TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from marketplace.search import hits
from marketplace.search.words import for_query, is_han, pairs, runs, spellings

from .listing import Listing

LEAST_SHARE = 0.5

Answer = TypeVar("Answer")


def find(typed: str, ask: Callable[[QuerySet[Listing]], Answer]) -> tuple[QuerySet[Listing], Answer]:
    """Live listings for what was typed, in no particular order, and what ``ask`` says of them.

    1. every word (pairs of Chinese characters, Latin words, pinyin);  2. the same sound: 大迷 finds 大米;
    3. at least half of the characters or pairs: one wrong character does not hide the goods. The first attempt of which
    ``ask`` has anything to say counts: the page's own question tells whether something was found.
    """
    attempts = (with_all_words, with_same_sound, with_most_words) if for_query(typed) else ()
    for attempt in attempts:
        found = attempt(typed)
        if found is not None and (answer := ask(found)):
            return found, answer
    nothing = Listing.objects.none()
    return nothing, ask(nothing)


def with_all_words(typed: str) -> QuerySet[Listing]:
    """Listings whose indexed text holds every word."""
    return Listing.objects.live().filter(pk__in=hits.keys(typed, Listing))


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
    near = Listing.objects.live().filter(pk__in=hits.keys(" ".join(parts), Listing, operator="or"))
    return near.alias(points=reduce(add, points)).filter(points__gte=needed)


def best_first(found: QuerySet[Listing], typed: str) -> QuerySet[Listing]:
    """Those named so before those that only come from there or are sold there; then by rank."""
    words = typed.strip()
    holds = "title__contains" if words.upper() == words else "title__icontains"
    named = Case(When(Q(**{holds: words}), then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(named, "-rank", "product_id")
