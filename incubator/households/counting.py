"""How many households are linked: numbers only, each household once."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from marketplace.accounts import roles

from .models import HouseholdLink


def linked(area: str, day: date) -> int:
    """Distinct households linked to cooperatives of a place on this day."""
    return households_of(roles.within((roles.stem(area),), "cooperative__area"), day)


def linked_to(cooperative, day: date) -> int:
    """Distinct households linked to one cooperative on this day."""
    return households_of(Q(cooperative=cooperative), day)


def households_of(links: Q, day: date) -> int:
    """Distinct households of these links on this day."""
    on_day = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return HouseholdLink.objects.filter(links, on_day).aggregate(n=Count("household", distinct=True))["n"]
