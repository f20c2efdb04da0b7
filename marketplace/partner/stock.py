"""Stock moves by one conditional UPDATE per row, rows in key order, so nothing is sold twice and nobody deadlocks.

Packs filled from a pool move their own row first and then, in key order again, the pool's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, When
from django.utils import timezone
from django.utils.module_loading import import_string

from . import pools
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
    wants = in_key_order(wanted)
    for want in wants:
        if not take(want):
            raise NotEnough(want.stock_id)
    for draw in pools.draws(wants):
        if not pools.promise(draw):
            raise NotEnough(draw.stock_id)


def take(want: Wanted) -> bool:
    """The guard: price, supply and free stock are tested by the same statement that takes them. A pool has a guard of its own."""
    rows = StockRecord.objects.supplied(timezone.localdate()).filter(pk=want.stock_id, price=want.price)
    enough = Q(pool__isnull=False) | Q(num_in_stock__gte=F("num_allocated") + want.quantity)
    return rows.filter(enough).update(num_allocated=F("num_allocated") + want.quantity) == 1


def release(promised: Iterable[Wanted]) -> None:
    """Give promised goods back to the shelf."""
    done = [want for want in in_key_order(promised) if promised_rows(want).update(num_allocated=less(want))]
    for draw in pools.draws(done):
        pools.release(draw)


def hand_over(promised: Iterable[Wanted]) -> None:
    """Promised goods leave the house with a parcel."""
    done = []
    for want in in_key_order(promised):
        if promised_rows(want).update(num_allocated=less(want), num_in_stock=own_stock(-want.quantity)):
            done.append(want)
    for draw in pools.draws(done):
        pools.hand_over(draw)


def take_back(sent: Iterable[Wanted]) -> None:
    """A parcel was a mistake: its goods never left the house and are promised as before."""
    wants = in_key_order(sent)
    for want in wants:
        StockRecord.objects.filter(pk=want.stock_id).update(
            num_allocated=F("num_allocated") + want.quantity, num_in_stock=own_stock(want.quantity)
        )
    for draw in pools.draws(wants):
        pools.take_back(draw)


def put_back(returned: Iterable[Wanted]) -> None:
    """Goods that a buyer sent back are for sale again."""
    wants = in_key_order(returned)
    for want in wants:
        StockRecord.objects.filter(pk=want.stock_id).update(num_in_stock=own_stock(want.quantity))
    for draw in pools.draws(wants):
        pools.put_back(draw)


def take_out(wanted: Iterable[Wanted]) -> None:
    """Goods nobody was promised leave the house; raises NotEnough if any row has too few that are free."""
    wants = in_key_order(wanted)
    for want in wants:
        enough = Q(pool__isnull=False) | Q(num_in_stock__gte=F("num_allocated") + want.quantity)
        free = StockRecord.objects.filter(enough, pk=want.stock_id)
        if not free.update(num_in_stock=own_stock(-want.quantity)):
            raise NotEnough(want.stock_id)
    for draw in pools.draws(wants):
        if not pools.take_out(draw):
            raise NotEnough(draw.stock_id)


def promised_rows(want: Wanted):
    """The row, if so many of it are promised."""
    return StockRecord.objects.filter(pk=want.stock_id, num_allocated__gte=want.quantity)


def less(want: Wanted):
    return F("num_allocated") - want.quantity


def own_stock(change: int):
    """A pack filled from a pool has no stock of its own that could change."""
    own = When(pool__isnull=True, then=F("num_in_stock") + change)
    return Case(own, default=F("num_in_stock"), output_field=IntegerField())


def in_key_order(wanted: Iterable[Wanted]) -> list[Wanted]:
    """Every transaction locks stock rows in the same order, and so never waits in a circle."""
    return sorted(wanted, key=lambda want: want.stock_id)


def tell_shelves(product_ids: Iterable[int]) -> None:
    """After the commit, let lists and facets know that these packs may have sold out or come back."""
    transaction.on_commit(partial(refresh_shelves, list(product_ids)))


def refresh_shelves(product_ids: list[int]) -> None:
    """The catalogue builds on sellers and stock, so it is only named here."""
    import_string("marketplace.catalogue.actions.sync_stock")(product_ids)
