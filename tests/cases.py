"""Orders that went through the post, and what buyers then ask for."""

from decimal import Decimal
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from marketplace.aftersales import actions as cases
from marketplace.aftersales.rules import Wish
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.payment import actions as payments
from tests import shop

D = Decimal
ZTO = {"carrier": "zhongtong", "tracking_number": "73100000000017"}


def photo(colour="brown") -> ContentFile:
    """A small picture, as core.images leaves it."""
    out = BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "WEBP")
    return ContentFile(out.getvalue(), name="photo.webp")


def an_order(*, of=None, owner=None, sent=True, received=False, method="demo", quantity=2, **fields) -> Order:
    """A paid order of two bags for ¥10.00 each and two boxes for ¥30.00 each, sent unless told otherwise."""
    of = of or shop.seller(f"样例粮铺{Order.objects.count()}", fee="8.00")
    bag = shop.product(of, price="10.00", grams=500, **fields)
    box = shop.product(of, "示例苹果", price="30.00", grams=500, **fields)
    bought = shop.buy(bag, box, quantity=quantity, owner=owner, payment_method=method, exempt_confirmed=True)
    if method != "cash":
        payments.complete(attempt=bought.attempts.get(), at=timezone.now())
    order = bought.orders.get()
    if sent or received:
        orders.ship(order=order, by=None, at=timezone.now(), **ZTO)
    if received:
        orders.confirm_receipt(order=order, by=None, at=timezone.now())
    return Order.objects.get(pk=order.pk)


def wishes(order, *amounts, quantity=1):
    """So many pieces of each line and these amounts; a line without an amount is left out."""
    lines = order.lines.order_by("id")
    return [Wish(line, quantity, D(amount)) for line, amount in zip(lines, amounts, strict=False) if amount]


def refunded_in_full(order) -> None:
    """Everything the buyer paid for an order that did not arrive goes back by a case."""
    left = payments.refundable(order)
    wished = [
        Wish(line, line.quantity, left.lines[line.pk]) for line in order.lines.order_by("id") if left.lines[line.pk]
    ]
    case = cases.open_case(
        order=order,
        kind="refund",
        reason="not_arrived",
        text="没有收到",
        wishes=wished,
        freight=left.freight,
        by=None,
        at=timezone.now(),
    )
    cases.agree(case=case, by=None, at=timezone.now())
    order.refresh_from_db()


def a_case(
    order=None, *amounts, kind="compensation", reason="damaged", quantity=1, freight="0.00", photos=1, by=None, at=None
):
    """An open case: a spoilt bag, unless told otherwise."""
    order = order or an_order()
    return cases.open_case(
        order=order,
        kind=kind,
        reason=reason,
        text="袋子破了",
        wishes=wishes(order, *(amounts or ("4.00",)), quantity=quantity),
        freight=D(freight),
        photos=[photo() for _n in range(photos)],
        by=by,
        at=at or timezone.now(),
    )
