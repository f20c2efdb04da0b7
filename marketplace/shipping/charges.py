"""What a seller asks for sending some lines of a basket to a province."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from marketplace.catalogue.models import Product
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


@dataclass(frozen=True)
class Terms:
    """The freight templates of some goods and their sellers."""

    by_id: Mapping[int, FreightTemplate] = field(default_factory=dict)
    first: Mapping[int, FreightTemplate] = field(default_factory=dict)

    def of(self, good: Product) -> FreightTemplate | None:
        """What this good is sent by: the template it names or its seller's first; None for a seller without any."""
        return self.by_id.get(good.freight_template_id) or self.first.get(good.seller_id)


def terms_of(goods: Collection[Product]) -> Terms:
    """The templates of these goods and of their sellers, in two queries; none for no goods."""
    if not goods:
        return Terms()
    theirs = Q(seller__in={good.seller_id for good in goods}) | Q(pk__in={good.freight_template_id for good in goods})
    templates = list(FreightTemplate.objects.filter(theirs).order_by("-id").prefetch_related("zones"))
    return Terms({each.pk: each for each in templates}, {each.seller_id: each for each in templates})


def charge(lines, province: str | None, terms: Terms) -> Charge:
    """The charge for one seller's priced lines. A seller without any template sends free of charge."""
    if not province:
        return UNKNOWN
    by_tariff = defaultdict(list)
    for line in lines:
        template = terms.of(line.product.whole)
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
