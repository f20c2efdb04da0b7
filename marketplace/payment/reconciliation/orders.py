"""Purchases, orders, payments, refunds and stock among themselves."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import BigIntegerField, DecimalField, F, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from marketplace.core.money import FEN
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.states import OrderState
from marketplace.partner.models import StockPool, StockRecord

from ..models import AttemptState, PaymentAttempt, Refund
from .differences import Difference, Kind

YUAN = DecimalField(max_digits=14, decimal_places=2)


def sum_of(rows, link: str, value: str, field):
    """The sum of ``value`` over the rows that hang on the outer row by ``link``; 0 where there are none."""
    sums = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(sum=Sum(value)).values("sum")
    return Coalesce(Subquery(sums, output_field=field), 0, output_field=field)


def exact(sum_in_yuan: Decimal) -> Decimal:
    """SQLite adds with the last binary digit wrong."""
    return sum_in_yuan.quantize(FEN)


def purchases() -> Iterator[Difference]:
    """Orders add up to their purchase."""
    summed = Purchase.objects.annotate(sum=sum_of(Order.objects.all(), "purchase", "total_incl_tax", YUAN))
    for number, total, found in summed.exclude(sum=F("total")).values_list("number", "total", "sum"):
        if exact(found) != total:
            yield Difference(Kind.PURCHASE_SUM, number, str(total), str(exact(found)))


def payments() -> Iterator[Difference]:
    """What counts as paid was paid, once and in full; cash is what the parcels that arrived cost."""
    succeeded = PaymentAttempt.objects.filter(state=AttemptState.SUCCEEDED)
    unproven = Purchase.objects.filter(paid_at__isnull=False).exclude(attempts__in=succeeded)
    for number, total in unproven.values_list("number", "total"):
        yield Difference(Kind.PAID_WITHOUT_PAYMENT, number, str(total))
    for number, amount in succeeded.filter(purchase__paid_at=None).values_list("purchase__number", "amount"):
        yield Difference(Kind.PAYMENT_WITHOUT_PAID, number, "", str(amount))
    online = succeeded.exclude(provider="cash").exclude(amount=F("purchase__total"))
    for number, total, amount in online.values_list("purchase__number", "purchase__total", "amount"):
        yield Difference(Kind.PAYMENT_SUM, number, str(total), str(amount))


def refunds() -> Iterator[Difference]:
    """Nothing above what was paid, and all of it where a paid order will not be sent."""
    for rows, link, total in ((PaymentAttempt, "attempt", "amount"), (Order, "order", "total_incl_tax")):
        given = rows.objects.annotate(given=sum_of(Refund.objects.all(), link, "amount", YUAN))
        for row in given.filter(given__gt=F(total)):
            if exact(row.given) > getattr(row, total):
                yield Difference(Kind.REFUND_SUM, name_of(row), str(getattr(row, total)), str(exact(row.given)))
    closed = Order.objects.filter(status=OrderState.CLOSED, payable__isnull=False)
    for order in closed.annotate(given=sum_of(Refund.objects.all(), "order", "amount", YUAN)):
        if exact(order.given) < order.total:
            yield Difference(Kind.CLOSED_NOT_REFUNDED, order.number, str(order.total), str(exact(order.given)))


def name_of(row) -> str:
    return row.number if isinstance(row, Order) else row.purchase.number


def stock() -> Iterator[Difference]:
    """What stock records keep for orders is what the orders' lines hold, and orders that are over hold nothing."""
    held = sum_of(Line.objects.all(), "stockrecord", "num_allocated", IntegerField())
    kept = Coalesce(F("num_allocated"), 0)
    for record in StockRecord.objects.annotate(held=held, kept=kept).exclude(held=F("kept")):
        yield Difference(Kind.STOCK_PROMISED, record.partner_sku, str(record.held), str(record.kept))
    yield from pools()
    over = Q(order__status__in=[OrderState.CLOSED, OrderState.COMPLETED], num_allocated__gt=0)
    for number, sku, kept in Line.objects.filter(over).values_list("order__number", "partner_sku", "num_allocated"):
        yield Difference(Kind.STOCK_OF_ENDED, f"{number} {sku}", "0", str(kept))


def pools() -> Iterator[Difference]:
    """What pools of loose goods keep for orders is what goes into the packs that are promised."""
    for pool in pools_with_held().exclude(held=F("grams_allocated")):
        yield Difference(Kind.POOL_PROMISED, f"{pool.pk} {pool.name}", f"{pool.held} g", f"{pool.grams_allocated} g")


def pools_with_held():
    """Pools with the grams that go into promised packs as ``held``."""
    promised = StockRecord.objects.annotate(grams_promised=Cast("num_allocated", BigIntegerField()) * F("pool_grams"))
    return StockPool.objects.annotate(held=sum_of(promised, "pool", "grams_promised", BigIntegerField()))
