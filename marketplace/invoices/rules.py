"""What an invoice is for, and who need not put tax on it."""

from decimal import Decimal

from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.partner.models import Partner
from marketplace.payment.refunds import refundable

from .models import InvoiceRequest, InvoiceState

GROWERS = frozenset({Partner.Kind.GROWER, Partner.Kind.COOPERATIVE})
"""What these grew themselves is free of value-added tax; the invoice says so."""


def amount_of(order: Order) -> Decimal:
    """What the buyer paid for the goods of an order, after discounts and after what she was given back; nothing before she paid."""
    return sum(refundable(order).lines.values(), Decimal("0.00"))


def may_be_asked(order: Order) -> bool:
    """True for an order that is paid and was not undone."""
    return order.state not in {OrderState.AWAITING_PAYMENT, OrderState.CLOSED} and amount_of(order) > 0


def is_tax_free(seller: Partner | None) -> bool:
    return seller is not None and seller.kind in GROWERS


def has_to_be_cancelled(asked: InvoiceRequest) -> bool:
    """True where money went back after the invoice was issued: a negative one 红冲 has to put it right."""
    if asked.state != InvoiceState.ISSUED or asked.amount is None:
        return False
    return amount_of(asked.order) < asked.amount
