"""What happens to orders after they are placed: confirmed, shipped, received, closed."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from oscar.apps.order.models import OrderStatusChange

from marketplace.core import audit, events
from marketplace.core.states import IllegalMove
from marketplace.partner import stock

from . import parcels
from .locks import locked_order, locked_purchase
from .models import Line, Order, Purchase
from .parcels import TooLate, correct_parcel, send_again, ship, undo_parcel
from .states import OrderState

__all__ = ["TooLate", "correct_parcel", "locked_order", "locked_purchase", "send_again", "ship", "undo_parcel"]
"""Parcels have a module of their own; their verbs are called from here like the others."""


@transaction.atomic
def confirm(*, purchase: Purchase, at) -> None:
    """Every order of a purchase may be packed now: it is paid, or will be paid to the courier. The caller holds the lock."""
    purchase.move("confirm")
    purchase.save(update_fields=["state", "paid_at"])
    orders = list(purchase.orders.select_for_update(no_key=True).order_by("id"))
    OrderStatusChange.objects.bulk_create([order.step("confirm") for order in orders])
    purchase.orders.update(status=OrderState.AWAITING_SHIPMENT)
    audit.record("purchase.confirmed", of=purchase, at=at)


@transaction.atomic
def close(*, order: Order, by, at, move: str = "close") -> None:
    """The order will not be sent, or (move "give_up") all of it was given back; goods still here go back to the shelf.

    The caller holds the purchase's lock.
    """
    order.move(move)
    order.closed_at = at
    order.save(update_fields=["status", "closed_at"])
    give_back(order.lines.all())
    audit.record("order.closed", of=order, by=by)
    events.announce("order_closed", order=order.pk)


@transaction.atomic
def call_off(*, order: Order, quantities: Mapping[int, int], by, at) -> Order:
    """So many of each line (by id), at most what is unsent, will not be sent any more and go back to the shelf.

    An order of which nothing is left to send counts as shipped if a parcel left, and closes if none did.
    """
    order = locked_order(order.pk)
    if not order.allows("ship"):
        raise IllegalMove("call off", order.status)
    lines = list(order.lines.select_for_update(no_key=True).order_by("id"))
    dropped = [(line, min(quantities.get(line.pk, 0), line.num_allocated)) for line in lines]
    stock.release(stock.Wanted(line.stockrecord_id, n) for line, n in dropped if n and line.stockrecord_id)
    for line, quantity in dropped:
        line.num_allocated -= quantity
    Line.objects.bulk_update(lines, ["num_allocated"])
    stock.tell_shelves(line.product_id for line, n in dropped if n and line.product_id)
    audit.record("order.called_off", of=order, by=by, pieces=sum(n for _line, n in dropped))
    if not any(line.num_allocated for line in lines):
        parcels.all_sent(order, at) if order.parcels.exists() else close(order=order, by=by, at=at)
    return order


def give_back(lines) -> None:
    """Unsent goods return to stock, once: a line remembers what it still holds."""
    held = [line for line in lines if line.num_allocated and line.stockrecord_id]
    stock.release(stock.Wanted(line.stockrecord_id, line.num_allocated) for line in held)
    for line in held:
        line.num_allocated, line.allocation_cancelled = 0, True
    Line.objects.bulk_update(held, ["num_allocated", "allocation_cancelled"])
    stock.tell_shelves(line.product_id for line in held if line.product_id)


@transaction.atomic
def confirm_receipt(*, order: Order, by, at) -> Order:
    """The buyer has her goods (``by`` None: the time to object has passed). Raises IllegalMove before shipment or twice."""
    order = locked_order(order.pk)
    order.move("receive")
    order.received_at, order.receipt_on_hold = at, False
    order.save(update_fields=["status", "received_at", "receipt_on_hold"])
    audit.record("order.received", of=order, by=by)
    events.announce("order_received", order=order.pk)
    return order


def hold_receipt(*, order: Order) -> None:
    """While something is being settled, time alone confirms nothing. The caller holds the order's lock."""
    if order.allows("ship") or order.allows("receive"):
        order.receipt_on_hold = True
        order.save(update_fields=["receipt_on_hold"])


def resume_receipt(*, order: Order, at) -> None:
    """It is settled: the clock goes on, with a few days left at least. The caller holds the order's lock."""
    if order.receipt_on_hold:
        order.receipt_on_hold = False
        if order.confirm_receipt_by is not None:
            soonest = at + timedelta(days=settings.RECEIPT_CONFIRMED_AFTER_CASE_DAYS)
            order.confirm_receipt_by = max(order.confirm_receipt_by, soonest)
        order.save(update_fields=["receipt_on_hold", "confirm_receipt_by"])


def confirm_overdue_receipts(now) -> int:
    """Confirm the receipt of orders whose buyers said nothing in time; returns how many."""
    waiting = Order.objects.filter(status=OrderState.AWAITING_RECEIPT, receipt_on_hold=False)
    overdue = waiting.filter(confirm_receipt_by__lte=now)
    done = 0
    for order in overdue.order_by("id")[:500]:
        try:
            confirm_receipt(order=order, by=None, at=now)
            done += 1
        except IllegalMove:
            continue  # the buyer was quicker
    return done
