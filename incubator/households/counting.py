"""How many households are linked: numbers only, each household once."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from marketplace.accounts import roles

from .models import PERMISSION, HouseholdLink

TOLD_FROM = 10
"""Who may not read households learns of a cooperative's only whether they are as many: exact numbers and a published total would
tell those that are kept back."""


def linked(area: str, day: date) -> int:
    """Distinct households linked to cooperatives of a place on this day."""
    return households_of(roles.within((roles.stem(area),), "cooperative__area"), day)


def linked_to(cooperative, day: date) -> int:
    """Distinct households linked to one cooperative on this day."""
    return households_of(Q(cooperative=cooperative), day)


def told_to(user, cooperative, day: date) -> str:
    """How many households are recorded with one cooperative, as exactly as this person may know; empty for none."""
    count = linked_to(cooperative, day)
    if not count or user.has_perm(PERMISSION):
        return str(count or "")
    return (_("fewer than %(n)s") if count < TOLD_FROM else _("%(n)s or more")) % {"n": TOLD_FROM}


def households_of(links: Q, day: date) -> int:
    """Distinct households of these links on this day."""
    on_day = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return HouseholdLink.objects.filter(links, on_day).aggregate(n=Count("household", distinct=True))["n"]
