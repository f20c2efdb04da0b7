"""Discounts among themselves: orders, their lines, the promotions behind them, and what promotions count."""

from collections.abc import Iterator

from django.db.models import BigIntegerField, Count, Q

from marketplace.core.money import to_fen, to_yuan
from marketplace.order.models import Order
from marketplace.promotions.models import Discount, Promotion, Use
from marketplace.settlement.models import LineTerms

from .differences import Difference, Kind
from .orders import YUAN, exact, sum_of


def discounts() -> Iterator[Difference]:
    """What was taken off an order is what its promotions say and what its lines bear."""
    terms = LineTerms.objects.all()
    summed = Order.objects.filter(Q(discount__gt=0) | Q(promotion_discounts__isnull=False)).distinct().order_by("pk")
    summed = summed.annotate(
        by_promotion=sum_of(Discount.objects.all(), "order", "amount", YUAN),
        own=sum_of(terms, "line__order", "own_discount_fen", BigIntegerField()),
        platform=sum_of(terms, "line__order", "platform_discount_fen", BigIntegerField()),
    )
    for order in summed:
        for found in (exact(order.by_promotion), to_yuan(order.own + order.platform)):
            if found != order.discount:
                yield Difference(Kind.PROMOTION_DISCOUNT, order.number, str(order.discount), str(found))


def uses() -> Iterator[Difference]:
    """What a promotion with a limit counts is what was used and not returned."""
    for promotion, number, made in miscounted():
        found = f"{promotion.used} × {to_yuan(promotion.given_fen)}"
        yield Difference(Kind.PROMOTION_USES, str(promotion), f"{number} × {to_yuan(made)}", found)


def miscounted() -> Iterator[tuple[Promotion, int, int]]:
    """Promotions with a limit that count something else than there was, with the uses and the fen there were."""
    kept = Use.objects.filter(returned_at=None)
    counted = Promotion.objects.filter(Q(max_uses__isnull=False) | Q(budget__isnull=False))
    summed = counted.annotate(
        made=sum_of(kept, "promotion", "saved", YUAN), number=Count("uses", filter=Q(uses__returned_at=None))
    )
    for promotion in summed.order_by("pk"):
        made = to_fen(exact(promotion.made))
        if (promotion.used, promotion.given_fen) != (promotion.number, made):
            yield promotion, promotion.number, made
