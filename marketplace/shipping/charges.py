"""What a seller asks for sending some lines of a basket to a province."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from marketplace.shipping import freight
from marketplace.shipping.models import FreightTemplate


@dataclass(frozen=True)
class Charge:
    """Freight in yuan for one seller's goods; None while the province is unknown or when she does not deliver there."""

    fee: Decimal | None
    delivers: bool = True
    is_free: bool = False
    missing_for_free: Decimal | None = None


UNKNOWN = Charge(fee=None)


def templates_of(sellers: Iterable[int]) -> dict[int, FreightTemplate]:
    """Each seller's first template, for products that name none, in two queries."""
    found: dict[int, FreightTemplate] = {}
    for template in FreightTemplate.objects.filter(seller__in=sellers).order_by("-id").prefetch_related("zones"):
        found[template.seller_id] = template
    return found


def charge(lines, province: str | None, default: FreightTemplate | None) -> Charge:
    """The charge for one seller's priced lines. A seller without any template sends free of charge."""
    if not province:
        return UNKNOWN
    by_tariff = defaultdict(list)
    for line in lines:
        template = line.product.whole.freight_template or default
        if template is not None:
            by_tariff[template.tariff()].append(
                freight.Item(
                    weight_g=line.product.weight_to_carry,
                    quantity=line.quantity,
                    amount=line.unit_price * line.quantity,
                )
            )
    return total(by_tariff, province)


def total(by_tariff, province: str) -> Charge:
    """The sum over the tariffs of one seller, each a parcel group of its own."""
    try:
        quoted = freight.quote_seller(by_tariff, province)
    except freight.NoDelivery:
        return Charge(fee=None, delivers=False)
    missing = [quote.missing_amount for quote in quoted.by_tariff.values() if quote.missing_amount]
    return Charge(fee=quoted.fee, is_free=quoted.fee == 0, missing_for_free=min(missing, default=None))
