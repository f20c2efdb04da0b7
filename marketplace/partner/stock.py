"""Stock moves by one conditional UPDATE per row, rows in key order, so nothing is sold twice and nobody deadlocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from .models import StockRecord


@dataclass(frozen=True)
class Wanted:
    """How many of a stock record are wanted, and at which price in yuan the buyer saw it."""

    stock_id: int
    quantity: int
    price: Decimal | None = None


class NotEnough(Exception):
    """A stock record has fewer than wanted, or another price than was seen. The caller's transaction must roll back."""

    def __init__(self, stock_id: int):
        super().__init__(f"stock record {stock_id}")
        self.stock_id = stock_id


def reserve(wanted: Iterable[Wanted]) -> None:
    """Promise these goods to an order; raises NotEnough if any row cannot give them at the price seen."""
    for want in in_key_order(wanted):
        if not take(want):
            raise NotEnough(want.stock_id)


def take(want: Wanted) -> bool:
    """The guard: price and free stock are tested by the same statement that takes them."""
    rows = StockRecord.objects.filter(
        pk=want.stock_id, price=want.price, num_in_stock__gte=F("num_allocated") + want.quantity
    )
    return rows.update(num_allocated=F("num_allocated") + want.quantity) == 1


def release(promised: Iterable[Wanted]) -> None:
    """Give promised goods back to the shelf."""
    for want in in_key_order(promised):
        StockRecord.objects.filter(pk=want.stock_id, num_allocated__gte=want.quantity).update(
            num_allocated=F("num_allocated") - want.quantity
        )


def hand_over(promised: Iterable[Wanted]) -> None:
    """Promised goods leave the house with a parcel."""
    for want in in_key_order(promised):
        StockRecord.objects.filter(pk=want.stock_id, num_allocated__gte=want.quantity).update(
            num_allocated=F("num_allocated") - want.quantity, num_in_stock=F("num_in_stock") - want.quantity
        )


def take_back(sent: Iterable[Wanted]) -> None:
    """A parcel was a mistake: its goods never left the house and are promised as before."""
    for want in in_key_order(sent):
        StockRecord.objects.filter(pk=want.stock_id).update(
            num_allocated=F("num_allocated") + want.quantity, num_in_stock=F("num_in_stock") + want.quantity
        )


def put_back(returned: Iterable[Wanted]) -> None:
    """Goods that a buyer sent back are for sale again."""
    for want in in_key_order(returned):
        StockRecord.objects.filter(pk=want.stock_id).update(num_in_stock=F("num_in_stock") + want.quantity)


def take_out(wanted: Iterable[Wanted]) -> None:
    """Goods nobody was promised leave the house; raises NotEnough if any row has too few that are free."""
    for want in in_key_order(wanted):
        free = StockRecord.objects.filter(pk=want.stock_id, num_in_stock__gte=F("num_allocated") + want.quantity)
        if not free.update(num_in_stock=F("num_in_stock") - want.quantity):
            raise NotEnough(want.stock_id)


def in_key_order(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Every transaction locks stock rows in the same order, and so never waits in a circle."""
    return sorted(wanted, key=lambda want: want.stock_id)


def tell_shelves(product_ids: Iterable[int]) -> None:
    """After the commit, let lists and facets know that these packs may have sold out or come back."""
    transaction.on_commit(partial(refresh_shelves, list(product_ids)))


def refresh_shelves(product_ids: list[int]) -> None:
    """The catalogue builds on sellers and stock, so it is only named here."""
    import_string("marketplace.catalogue.actions.sync_stock")(product_ids)
