"""All comparisons, one after the other."""

from collections.abc import Iterator
from datetime import datetime

from . import books, orders, promotions, provider
from .differences import Difference


def differences(since: datetime) -> Iterator[Difference]:
    """Everything that disagrees; of the provider, what happened after ``since``. Reads only."""
    for check in (orders.purchases, orders.payments, orders.refunds, orders.stock):
        yield from check()
    for check in (promotions.discounts, promotions.uses):
        yield from check()
    for check in (books.orders, books.refunds, books.surplus, books.balances, books.sellers, books.places):
        yield from check()
    yield from provider.stripe(since)
