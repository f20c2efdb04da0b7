"""Freezing what was agreed: commission and discounts become terms of each order line when it is placed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db.models import Q

from marketplace.catalogue.models import Category
from marketplace.core.money import to_fen
from marketplace.order.models import Line, Order

from . import shares
from .commission import STEP, Sold, rate_for
from .models import CommissionRate, LineTerms, Scope
from .shares import OrderShare


def freeze(lines: Sequence[Line], *, discounts: Mapping[int, tuple[int, int]] | None = None, at) -> list[LineTerms]:
    """Write the terms of new lines. ``discounts``: (own, platform) in fen by line id; others have none.

    The lines' products come loaded (``line.product.whole``).
    """
    goods = sold(lines)
    rates = rates_for(goods.values(), at)
    taken_off = discounts or {}
    return LineTerms.objects.bulk_create(
        terms_of(line, rate_for(goods[line.pk], rates) if line.pk in goods else None, *taken_off.get(line.pk, (0, 0)))
        for line in lines
    )


def terms_of(line: Line, rate: CommissionRate | None, own: int = 0, platform: int = 0) -> LineTerms:
    """One line's terms; not saved."""
    goods = to_fen(line.line_price_before_discounts_incl_tax)
    percent = (rate.percent if rate else None) or Decimal("0.00")
    return LineTerms(
        line=line,
        percent=percent,
        rate=rate,
        goods_fen=goods,
        own_discount_fen=own,
        platform_discount_fen=platform,
        commission_fen=shares.commission(goods - own, to_fen(percent) if rate else 0),
    )


def sold(lines: Iterable[Line]) -> dict[int, Sold]:
    """What each line is for a rate: product, seller, categories."""
    wholes = {line.pk: line.product.whole for line in lines if line.product_id}
    paths = defaultdict(list)
    links = Category.objects.filter(product__in={whole.pk for whole in wholes.values()})
    for product, path in links.values_list("product", "path"):
        paths[product].append(path)
    return {
        line: Sold(product=whole.pk, seller=whole.seller_id, categories=tuple(paths[whole.pk]))
        for line, whole in wholes.items()
    }


def rates_for(goods: Iterable[Sold], at) -> list[CommissionRate]:
    """Every rate that could matter for these, newest first, in one query."""
    goods = list(goods)
    above = {path[:end] for each in goods for path in each.categories for end in range(STEP, len(path) + 1, STEP)}
    return list(
        CommissionRate.objects.in_force(at).filter(
            Q(scope=Scope.PLATFORM)
            | Q(product__in={each.product for each in goods})
            | Q(seller__in={each.seller for each in goods})
            | Q(category__path__in=above)
        )
    )


def shares_of(orders: Sequence[Order]) -> list[tuple[Order, OrderShare]]:
    """Orders as they were agreed. Lines of the days before commission get terms now: nothing kept, nothing taken off."""
    lines = list(Line.objects.filter(order__in=orders).select_related("terms").order_by("pk"))
    missing = [terms_of(line, None) for line in lines if not hasattr(line, "terms")]
    LineTerms.objects.bulk_create(missing)
    for terms in missing:
        terms.line.terms = terms
    agreed: dict[int, dict[int, shares.LineShare]] = {order.pk: {} for order in orders}
    for line in lines:
        agreed[line.order_id][line.pk] = line.terms.share
    return [(order, OrderShare(agreed[order.pk], to_fen(order.freight))) for order in orders]
