"""Short ways to make a promotion."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from marketplace.promotions import actions


def promotion(seller=None, *, code="", off=None, percent=None, days=(0, 7), **terms):
    """``off`` yuan or ``percent`` off, paid by ``seller`` (the platform without one), from and to so many days from today."""
    today = timezone.localdate()
    terms = {
        "name": "样例优惠",
        "gives": "percent" if percent else "amount",
        "amount": Decimal(off) if off else None,
        "percent": Decimal(percent) if percent else None,
        "starts_on": today + timedelta(days=days[0]),
        "ends_on": today + timedelta(days=days[1]),
    } | terms
    return actions.make(seller=seller, code=code, by=None, at=timezone.now(), **terms)
