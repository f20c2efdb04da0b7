"""How many households are linked: numbers only, each household once."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from marketplace.accounts import roles

from .models import HouseholdLink


def linked(area: str, day: date) -> int:
    """Distinct households linked to cooperatives of a place on this day."""
    on_day = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    within = roles.within((roles.stem(area),), "cooperative__area")
    found = HouseholdLink.objects.filter(on_day, within).aggregate(n=Count("household", distinct=True))
    return found["n"]
