"""Orders of our own storefront as sale facts: from payment on, cash on delivery from collection on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from marketplace.core.money import to_fen
from marketplace.order.models import Line, Order
from marketplace.order.states import OrderState
from marketplace.partner.models import Partner
from marketplace.payment.models import RefundLine, RefundState
from marketplace.payment.refunds import paid_for

from . import ledger
from .counting import Sold, is_refunded_in_full
from .goods import Good
from .models import ChannelAccount
from .states import SalesChannel, SaleState

STATES = {
    OrderState.AWAITING_SHIPMENT: SaleState.PAID,
    OrderState.AWAITING_RECEIPT: SaleState.SHIPPED,
    OrderState.COMPLETED: SaleState.COMPLETED,
    OrderState.CLOSED: SaleState.REFUNDED,
}
CASH = "cash"


@transaction.atomic
def count_order(*, order: Order, at: datetime) -> None:
    """Bring the facts of one order up to date with it. Safe to repeat: what has not changed gets no new version."""
    if order.seller is None:
        return
    account = account_of(order.seller)
    ChannelAccount.objects.select_for_update().get(pk=account.pk)
    ledger.write(account, [order.number], facts_of(account, order), run=None, at=at)


def account_of(seller: Partner) -> ChannelAccount:
    """The seller's account on our storefront; its name is the shop's, told apart where two shops have one."""
    account = ChannelAccount.objects.filter(channel=SalesChannel.STOREFRONT, seller=seller).first()
    if account is not None:
        return account
    taken = ChannelAccount.objects.filter(channel=SalesChannel.STOREFRONT, name=seller.name).exists()
    name = f"{seller.name[:60]} {seller.code}"[:80] if taken else seller.name[:80]
    account, _made = ChannelAccount.objects.get_or_create(
        channel=SalesChannel.STOREFRONT,
        seller=seller,
        defaults={"name": name, "area": seller.area, "is_sample": seller.is_sample},
    )
    return account


def facts_of(account: ChannelAccount, order: Order) -> ledger.Facts:
    """The order's lines as facts; none before it was paid."""
    sold_on = day_paid(order)
    if sold_on is None:
        return {}
    lines = list(order.lines.select_related("product__parent").order_by("id"))
    sold = lines_sold(order, lines, sold_on)
    gone = order.status == OrderState.CLOSED or is_refunded_in_full(sold)
    facts = {}
    for place, (line, of) in enumerate(zip(lines, sold, strict=True)):
        fact = ledger.fact_of(account, order.number, of, good_of(line), is_returned=gone)
        facts[ledger.key_of(fact)] = fact | {"is_first": int(place == 0), "is_double": False}
    return facts


def day_paid(order: Order) -> date | None:
    """When the money came: with the parcel where the buyer pays the courier."""
    purchase = order.purchase
    if purchase is None or order.status not in STATES:
        return None
    if purchase.payment_method == CASH:
        paid_at = order.received_at if order.status == OrderState.COMPLETED else None
    else:
        paid_at = purchase.paid_at
    return timezone.localdate(paid_at) if paid_at else None


def lines_sold(order: Order, lines: Sequence[Line], sold_on: date) -> list[Sold]:
    """What each line brought, after discounts, and what of it went back. A closed order has been given back in full."""
    paid, back = paid_for(order).lines, given_back(order)
    is_closed = order.status == OrderState.CLOSED
    return [
        Sold(
            line_key=str(line.pk),
            state=STATES[order.state],
            sold_on=sold_on.isoformat(),
            title=line.title,
            code=line.partner_sku,
            pack=line.pack,
            quantity=str(line.quantity),
            unit="",
            gross_fen=to_fen(paid[line.pk]),
            refunded_fen=to_fen(paid[line.pk] if is_closed else back.get(line.pk, Decimal(0))),
            is_refund_unknown=False,
        )
        for line in lines
    ]


def given_back(order: Order) -> dict[int, Decimal]:
    """Yuan by line that have gone back to the buyer."""
    made = RefundLine.objects.filter(refund__order=order, refund__state=RefundState.DONE)
    return dict(made.order_by("line_id").values_list("line_id").annotate(sum=Sum("amount")))


def good_of(line: Line) -> Good:
    """The good as the order knew it; its origin from the catalogue."""
    if line.product is None:
        return Good(line.partner_sku, line.net_weight_g)
    whole = line.product.whole
    return Good(line.partner_sku, line.net_weight_g, line.product_id, whole.producer_id, whole.origin)
