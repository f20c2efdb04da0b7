"""Price, stock and season of goods on sale: changed at once, without review."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from marketplace.catalogue.models import Product
from marketplace.core import audit
from marketplace.partner import actions as partner
from marketplace.partner.models import StockRecord

from .models import refuse_halted
from .packs import OWN, source_of


@dataclass(frozen=True)
class Count:
    """What a seller says of one pack. ``seen`` is how many were free to sell when she looked: if she leaves that number
    alone, the stock stays whatever it is by now; ``low`` of None keeps the threshold there is."""

    pack: int
    price: Decimal
    free: int
    seen: int
    low: int | None = None


@transaction.atomic
def take_stock(*, product: Product, counts: list[Count], by) -> int:
    """Write prices and stock of a product's packs; returns how many packs changed. What is promised stays promised."""
    records = StockRecord.objects.select_for_update(of=("self",)).filter(product__in=[count.pack for count in counts])
    by_pack = {record.product_id: record for record in records.order_by("pk")}
    changed = 0
    for count in counts:
        if count.pack in by_pack and note(by_pack[count.pack], count):
            changed += 1
    if changed:
        audit.record("stock.taken", of=product, by=by, packs=changed)
    return changed


def note(record: StockRecord, count: Count) -> bool:
    """Write one count; False if it says what was so already."""
    before = (record.price, record.num_in_stock, record.low_stock_threshold)
    record.price = count.price
    if count.free != count.seen and record.pool_id is None:
        record.num_in_stock = record.num_allocated + count.free
    if count.low is not None:
        record.low_stock_threshold = count.low
    if before == (record.price, record.num_in_stock, record.low_stock_threshold):
        return False
    record.save(update_fields=["price", "num_in_stock", "low_stock_threshold", "date_updated"])
    return True


@transaction.atomic
def choose_sources(*, product: Product, sources: dict[int, str], prices: dict[int, Decimal], by) -> None:
    """Where packs (by number) come from: a stock of their own, a pile, a supplier. What is not named stays as it is.

    ``prices`` are what the packs cost from now on, which a supplier's floor is held against.

    Raises CannotSupply, and changes nothing, if one of them cannot be filled so.
    """
    chosen = {pack: source_of(value, product.seller) for pack, value in sources.items()}
    for record in partner.locked_together(chosen, [pool for pool, _grant in chosen.values() if pool]):
        pool, grant = chosen[record.product_id]
        if pool:
            partner.fill_from(record=record, pool=pool, grant=grant, price=prices.get(record.product_id), by=by)
        elif sources[record.product_id] == OWN:
            partner.fill_from_own(record=record, by=by)


@transaction.atomic
def choose_low_stock(*, seller, number: int | None, by) -> None:
    """From so few on a pack is low stock, unless it has a number of its own. None: the usual number."""
    type(seller).objects.filter(pk=seller.pk).update(low_stock=number)
    audit.record("shop.low_stock", of=seller, by=by, number=number)


@transaction.atomic
def set_season(*, product: Product, sale_from: date | None, sale_until: date | None, ship_by: date | None, by) -> None:
    """Between which days it is sold, and by when a pre-sale is sent. Orders already placed keep their promise."""
    product.sale_from, product.sale_until, product.ship_by = sale_from, sale_until, ship_by
    product.save(update_fields=["sale_from", "sale_until", "ship_by", "date_updated"])
    audit.record("product.season", of=product, by=by, sale_from=sale_from, sale_until=sale_until, ship_by=ship_by)


@transaction.atomic
def put_on_shelf(*, product: Product, on: bool, by) -> None:
    """Take a good off the shelf or put it back; twice changes nothing. Orders placed before are not touched.

    Raises Refusal for what the marketplace keeps off the shelf.
    """
    product = Product.objects.locked(product.pk)
    if on:
        refuse_halted(product)
    else:
        product.halts.standing().update(was_on_shelf=False)  # she would not have it back there
    if product.is_public == on:
        return
    product.is_public = on
    product.save(update_fields=["is_public", "date_updated"])
    audit.record("product.on_shelf" if on else "product.off_shelf", of=product, by=by)
