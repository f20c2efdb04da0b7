"""Discounts of the demonstration: a seller's voucher, and the platform's."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from marketplace.catalogue.models import Product
from marketplace.promotions import actions
from marketplace.promotions.models import Gives, Promotion

from . import accounts

SELLERS, PLATFORMS = "XINMI10", "YANXING20"

OF_THE_SELLER: dict[str, Any] = {
    "name": "新米尝鲜券",
    "name_en": "New rice voucher",
    "code": SELLERS,
    "gives": Gives.AMOUNT,
    "amount": Decimal("10.00"),
    "minimum": Decimal("59.00"),
    "max_uses": 200,
}
OF_THE_PLATFORM: dict[str, Any] = {
    "name": "雁行助农券",
    "name_en": "Yanxing voucher for growers",
    "code": PLATFORMS,
    "gives": Gives.PERCENT,
    "percent": Decimal("10.00"),
    "most": Decimal("20.00"),
    "minimum": Decimal("50.00"),
    "max_per_buyer": 2,
    "budget": 5000,
}


def load() -> None:
    """Both once, for the first seller's rice and for everything."""
    if Promotion.objects.exists():
        return
    now = timezone.now()
    today = timezone.localdate(now)
    always: dict[str, Any] = {"at": now, "starts_on": today - timedelta(days=40), "ends_on": today + timedelta(days=60)}
    seller = Product.objects.get(upc="qqhr-rice-5").whole.seller
    actions.make(seller=seller, by=accounts.by_ending("02"), **OF_THE_SELLER, **always)
    actions.make(seller=None, by=accounts.by_ending(accounts.OPERATOR), **OF_THE_PLATFORM, **always)
