"""The money of a case, and what follows from it for the order: unsent goods stay here, an empty order closes."""

from decimal import Decimal

from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.payment import actions as payments
from marketplace.payment.actions import Shares
from marketplace.promotions import counting as promotions
from marketplace.settlement import actions as settlement

from .models import Case, CaseLine
from .states import Kind
from .steps import CaseRefused

ZERO = Decimal("0.00")


def remember(case: Case, shares: Shares) -> None:
    """Write down what is offered or agreed, line by line. The caller saves the case."""
    lines = list(case.lines.all())
    for line in lines:
        line.agreed = shares.lines.get(line.line_id, ZERO)
    CaseLine.objects.bulk_update(lines, ["agreed"])
    case.freight_agreed = shares.freight


def asked(case: Case) -> Shares:
    """What the buyer asked for."""
    return Shares({line.line_id: line.asked for line in case.lines.all()}, case.freight_asked)


def agreed(case: Case) -> Shares:
    """What was offered or agreed."""
    return Shares({line.line_id: line.agreed or ZERO for line in case.lines.all()}, case.freight_agreed or ZERO)


def pay(case: Case, shares: Shares, by, at) -> None:
    """Owe the buyer these amounts, once per case. Raises CaseRefused for more than is left. The caller moves the case.

    Goods and promotions first, the ledger's accounts last, as in every transaction, so that none waits for another in a circle.
    A closed order gives the platform back what it paid of the price.
    """
    remember(case, shares)
    is_empty = shares.total >= payments.refundable(case.order).total
    order = settle_goods(case, shares, is_empty, by, at)
    try:
        case.refund = payments.refund_lines(
            order=order, amounts=shares.lines, freight=shares.freight, cause=f"case:{case.pk}", by=by, at=at
        )
    except payments.RefundRefused as refusal:
        raise CaseRefused(refusal.for_people) from refusal
    if is_empty and order.status == OrderState.CLOSED:
        settlement.order_closed(order=order, at=at)


def settle_goods(case: Case, shares: Shares, is_empty: bool, by, at) -> Order:
    """Pieces that are refunded in full before they were sent are not sent; an order with nothing left of it closes.

    Its promotions come back where nothing was sent.
    """
    order = case.order
    if case.kind == Kind.REFUND and order.status == OrderState.AWAITING_SHIPMENT:
        order = orders.call_off(order=order, quantities=fully_refunded(case, shares), by=by, at=at)
    if is_empty and order.allows("give_up"):
        orders.close(order=order, by=by, at=at, move="give_up")
    if order.status == OrderState.CLOSED:
        promotions.give_back(purchase=order.purchase, at=at)
    return order


def fully_refunded(case: Case, shares: Shares) -> dict[int, int]:
    """Pieces by line that cost the buyer nothing any more."""
    paid = payments.paid_for(case.order).lines
    return {
        each.line_id: each.quantity
        for each in case.lines.select_related("line")
        if shares.lines[each.line_id] * each.line.quantity >= paid[each.line_id] * each.quantity
    }
