"""What sellers do with loose goods: pile them up, fill packs from them, let others sell them and take that back.

``grant_supply`` and ``revoke_supply`` are for whoever speaks for a cooperative: its own pages here, and the incubator's
agreements, which call them by these names.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.refusal import Refusal

from .models import Partner, StockRecord, below_floor
from .supply import StockPool, SupplyGrant


class CannotSupply(Refusal):
    """This pack cannot be filled or sold so; ``for_people`` says why, in the reader's language."""


@transaction.atomic
def make_pool(*, name: str, grams: int, by, seller: Partner | None = None, producer=None) -> StockPool:
    """A pile of loose goods of a seller, or of a producer without a shop."""
    pool = StockPool.objects.create(seller=seller, producer=producer, name=name.strip()[:60], grams=grams)
    audit.record("pool.made", of=pool, by=by, grams=grams)
    return pool


@transaction.atomic
def count_pool(*, pool: StockPool, free: int, seen: int, by) -> bool:
    """So many grams are free. Who leaves the number she saw alone changes nothing; what is promised stays promised."""
    if free == seen:
        return False
    StockPool.objects.filter(pk=pool.pk).update(grams=F("grams_allocated") + free)
    audit.record("pool.counted", of=pool, by=by, free=free)
    tell_shelves(pool)
    return True


@transaction.atomic
def fill_from(
    *, record: StockRecord, pool: StockPool, by, grant: SupplyGrant | None = None, price: Decimal | None = None
) -> StockRecord:
    """From now on this pack is filled from the pool, and costs ``price`` if one is given; packs promised already are
    counted into it.

    Raises CannotSupply for a pack of unknown weight, a pool of somebody else without a grant, and a price below the floor.
    """
    record = locked(record)
    if price is not None and price != record.price:
        record.price = price
    elif (record.pool_id, record.grant_id) == (pool.pk, grant.pk if grant else None):
        return record
    grams = record.product.net_weight_g
    if not grams:
        raise CannotSupply(_("Please write how much is in one pack first."))
    if pool.seller_id != record.partner_id and (
        grant is None or grant.pool_id != pool.pk or grant.seller_id != record.partner_id or grant.revoked_at
    ):
        raise CannotSupply(_("These goods are not yours to sell."))
    if grant:
        refuse_below_floor(grant, grams, record.price)
    lock_pools(pool.pk, record.pool_id)
    part_from_pool(record)
    move_promised(pool, record.num_allocated * grams)
    record.pool, record.pool_grams, record.grant, record.num_in_stock = pool, grams, grant, 0
    record.save()
    audit.record("stock.from_pool", of=record, by=by, pool=pool.pk, grant=grant.pk if grant else "")
    return record


@transaction.atomic
def fill_from_own(*, record: StockRecord, by) -> StockRecord:
    """From now on this pack has a stock of its own: what is promised, and nothing more until it is counted."""
    record = locked(record)
    if record.pool_id:
        audit.record("stock.own", of=record, by=by, pool=record.pool_id)
        part_from_pool(record)
        record.save()
    return record


def follow_weight(*, record: StockRecord) -> None:
    """The pack weighs something else by now: what is promised of it leaves the pool with the old weight and comes with the new."""
    record = locked(record)
    grams = record.product.net_weight_g
    if record.pool is None or grams == record.pool_grams:
        return
    pool, grant = record.pool, record.grant
    part_from_pool(record)
    if grams:
        move_promised(pool, record.num_allocated * grams)
        record.pool, record.pool_grams, record.grant, record.num_in_stock = pool, grams, grant, 0
    record.save()


def part_from_pool(record: StockRecord) -> None:
    """Promised packs leave the pool with their goods. Saving the record is up to the caller."""
    if record.pool is not None:
        move_promised(record.pool, -record.num_allocated * (record.pool_grams or 0))
        record.pool = record.pool_grams = record.grant = None
        record.num_in_stock = record.num_allocated


def move_promised(pool: StockPool, grams: int) -> None:
    """Goods that are there and promised come or go."""
    StockPool.objects.filter(pk=pool.pk).update(grams=F("grams") + grams, grams_allocated=F("grams_allocated") + grams)


def lock_pools(*keys: int | None) -> None:
    """In key order, so that packs that change places do not wait for each other's pool."""
    list(StockPool.objects.select_for_update(of=("self",)).filter(pk__in=[key for key in keys if key]).order_by("pk"))


def locked_together(packs: Iterable[int], pools: Iterable[StockPool]) -> list[StockRecord]:
    """Several packs and every pile they leave or come to, in the order in which a checkout takes them: nobody waits in a circle."""
    records = list(StockRecord.objects.select_for_update(of=("self",)).filter(product__in=packs).order_by("pk"))
    lock_pools(*(pool.pk for pool in pools), *(record.pool_id for record in records))
    return records


def locked(record: StockRecord) -> StockRecord:
    """Pack first, pool afterwards, as everybody does."""
    return StockRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)


def refuse_below_floor(grant: SupplyGrant, grams: int, price: Decimal | None) -> None:
    """Raise CannotSupply for a price below what the supplier allows."""
    floor = grant.floor_of(grams)
    if price is not None and price < floor:
        raise CannotSupply(below_floor(floor))


@transaction.atomic
def grant_supply(
    *, pool: StockPool, seller: Partner, floor_per_kg: Decimal, starts_on: date, by, at, ends_on: date | None = None
) -> SupplyGrant:
    """Let ``seller`` sell the goods of ``pool`` from one day to another, for not less than a floor price in yuan per kg.

    Raises CannotSupply if she may already, or if they are her own goods.
    """
    if pool.seller_id == seller.pk:
        raise CannotSupply(_("These goods are the seller's own."))
    if ends_on and ends_on < starts_on:
        raise CannotSupply(_("The last day comes after the first."))
    try:
        with transaction.atomic():
            grant = SupplyGrant.objects.create(
                pool=pool,
                seller=seller,
                floor_per_kg=floor_per_kg,
                starts_on=starts_on,
                ends_on=ends_on,
                granted_by=by,
                granted_at=at,
            )
    except IntegrityError:
        raise CannotSupply(_("This seller may sell these goods already. Revoke the old grant first.")) from None
    audit.record("supply.granted", of=grant, by=by, pool=pool.pk, seller=seller.pk, floor=floor_per_kg)
    return grant


@transaction.atomic
def revoke_supply(*, grant: SupplyGrant, by, at) -> SupplyGrant:
    """Nobody can order goods under this grant any more, from this moment; what was ordered before is still sent.

    A second call changes nothing.
    """
    grant = SupplyGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if grant.revoked_at is None:
        grant.revoked_at, grant.revoked_by = at, by
        grant.save(update_fields=["revoked_at", "revoked_by"])
        audit.record("supply.revoked", of=grant, by=by, pool=grant.pool_id, seller=grant.seller_id)
        events.announce("supply_revoked", grant=grant.pk)
        tell_shelves(grant.pool)
    return grant


def tell_shelves(pool: StockPool) -> None:
    """After the commit the lists follow what the pool still gives."""
    packs = StockRecord.objects.filter(pool=pool).values_list("product_id", flat=True)
    transaction.on_commit(partial(follow, list(packs)))


def follow(packs: list[int]) -> None:
    """The catalogue builds on sellers and stock, so it is only named here."""
    import_string("marketplace.catalogue.actions.follow_packs")(packs)
