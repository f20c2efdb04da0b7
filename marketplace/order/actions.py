"""What happens to orders after they are placed: confirmed, shipped, received, closed."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from marketplace.core import audit, events
from marketplace.core.states import IllegalMove
from marketplace.partner import stock

from .models import Line, Order, Parcel, ParcelLine, Purchase
from .states import OrderState


def locked_purchase(pk: int) -> Purchase:
    """The purchase with its row locked: every change of it or its orders starts here, so they queue up."""
    return Purchase.objects.select_for_update().get(pk=pk)


def locked_order(pk: int) -> Order:
    """The order with its purchase and itself locked, in that order."""
    locked_purchase(Order.objects.values_list("purchase_id", flat=True).get(pk=pk))
    return Order.objects.select_for_update().get(pk=pk)


@transaction.atomic
def confirm(*, purchase: Purchase, at) -> None:
    """Every order of a purchase may be packed now: it is paid, or will be paid to the courier. The caller holds the lock."""
    purchase.move("confirm")
    purchase.save(update_fields=["state", "paid_at"])
    for order in purchase.orders.select_for_update().order_by("id"):
        order.move("confirm")
        order.save(update_fields=["status"])
    audit.record("purchase.confirmed", of=purchase, at=at)


@transaction.atomic
def close(*, order: Order, by, at) -> None:
    """The order will not be sent; its goods go back to the shelf. The caller holds the purchase's lock."""
    order.move("close")
    order.closed_at = at
    order.save(update_fields=["status", "closed_at"])
    give_back(order.lines.all())
    audit.record("order.closed", of=order, by=by)
    events.announce("order_closed", order=order.pk)


def give_back(lines) -> None:
    """Unsent goods return to stock, once: a line remembers what it still holds."""
    held = [line for line in lines if line.num_allocated and line.stockrecord_id]
    stock.release(stock.Wanted(line.stockrecord_id, line.num_allocated) for line in held)
    for line in held:
        line.num_allocated, line.allocation_cancelled = 0, True
    Line.objects.bulk_update(held, ["num_allocated", "allocation_cancelled"])
    stock.tell_shelves(line.product_id for line in held if line.product_id)


@transaction.atomic
def ship(
    *, order: Order, carrier: str, tracking_number: str, by, at, quantities: dict[int, int] | None = None
) -> Parcel:
    """Goods leave in a parcel: all that is unsent, or ``quantities`` by line id. The last parcel starts the receipt clock.

    Raises IllegalMove for an order that is not awaiting shipment, ValueError for more of a line than is unsent.
    """
    order = locked_order(order.pk)
    if not order.allows("ship"):
        raise IllegalMove("ship", order.status)
    lines = list(order.lines.select_for_update().order_by("id"))
    sending = parcel_contents(lines, quantities)
    parcel = Parcel.objects.create(
        order=order, carrier=carrier, tracking_number=tracking_number, shipped_at=at, shipped_by=by
    )
    hand_over(parcel, sending)
    if not any(line.num_allocated for line in lines):
        order.move("ship")
        order.shipped_at = at
        order.confirm_receipt_by = at + timedelta(days=settings.RECEIPT_CONFIRMED_AFTER_DAYS)
        order.save(update_fields=["status", "shipped_at", "confirm_receipt_by"])
    audit.record("order.shipped", of=order, by=by, parcel=parcel.pk)
    events.announce("order_shipped", order=order.pk, parcel=parcel.pk)
    return parcel


def parcel_contents(lines: list[Line], quantities: dict[int, int] | None) -> list[tuple[Line, int]]:
    """What goes into a parcel, refused when it is nothing or more than is left to send."""
    if quantities is None:
        quantities = {line.pk: line.num_allocated for line in lines}
    sending = [(line, quantities.get(line.pk, 0)) for line in lines if quantities.get(line.pk, 0)]
    if not sending or any(not 0 < quantity <= line.num_allocated for line, quantity in sending):
        raise ValueError("a parcel holds at least one and at most the unsent goods of an order")
    return sending


def hand_over(parcel: Parcel, sending: list[tuple[Line, int]]) -> None:
    """Stock leaves the house with the parcel."""
    ParcelLine.objects.bulk_create([ParcelLine(parcel=parcel, line=line, quantity=n) for line, n in sending])
    stock.hand_over(stock.Wanted(line.stockrecord_id, n) for line, n in sending if line.stockrecord_id)
    for line, quantity in sending:
        line.num_allocated -= quantity
    Line.objects.bulk_update([line for line, _n in sending], ["num_allocated"])


@transaction.atomic
def confirm_receipt(*, order: Order, by, at) -> Order:
    """The buyer has her goods (``by`` None: the time to object has passed). Raises IllegalMove before shipment or twice."""
    order = locked_order(order.pk)
    order.move("receive")
    order.received_at = at
    order.save(update_fields=["status", "received_at"])
    audit.record("order.received", of=order, by=by)
    events.announce("order_received", order=order.pk)
    return order


def confirm_overdue_receipts(now) -> int:
    """Confirm the receipt of orders whose buyers said nothing in time; returns how many."""
    overdue = Order.objects.filter(status=OrderState.AWAITING_RECEIPT, confirm_receipt_by__lte=now)
    done = 0
    for order in overdue.order_by("id")[:500]:
        try:
            confirm_receipt(order=order, by=None, at=now)
            done += 1
        except IllegalMove:
            continue  # the buyer was quicker
    return done
