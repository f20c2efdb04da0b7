"""Goods on their way: sent in one parcel or several, corrected, taken back when the parcel was a mistake, sent again."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.states import IllegalMove
from marketplace.partner import stock

from .locks import locked_order
from .models import Line, Order, Parcel, ParcelLine


class TooLate(IllegalMove):
    """A parcel can only be taken back for a short time, and not once the buyer has it."""

    @property
    def for_people(self) -> str:
        return _("This parcel can no longer be taken back. If its number is wrong, correct the number.")


@transaction.atomic
def ship(
    *, order: Order, carrier: str, tracking_number: str, by, at, quantities: Mapping[int, int] | None = None
) -> Parcel:
    """Goods leave in a parcel: all that is unsent, or ``quantities`` by line id. The last parcel starts the receipt clock.

    Raises IllegalMove for an order that is not awaiting shipment, ValueError for more of a line than is unsent.
    """
    order = locked_order(order.pk)
    if not order.allows("ship"):
        raise IllegalMove("ship", order.status)
    lines = list(order.lines.select_for_update(no_key=True).order_by("id"))
    sending = parcel_contents(lines, quantities)
    parcel = Parcel.objects.create(
        order=order, carrier=carrier, tracking_number=tracking_number, shipped_at=at, shipped_by=by
    )
    hand_over(parcel, sending)
    if not any(line.num_allocated for line in lines):
        all_sent(order, at)
    audit.record("order.shipped", of=order, by=by, parcel=parcel.pk)
    events.announce("order_shipped", order=order.pk, parcel=parcel.pk)
    return parcel


def orders_with(tracking_number: str, *, besides: Order) -> list[Order]:
    """Other orders, of whatever seller, that have a parcel with this number."""
    parcels = Parcel.objects.filter(tracking_number=tracking_number).exclude(order=besides)
    return [parcel.order for parcel in parcels.select_related("order").order_by("-id")[:5]]


def all_sent(order: Order, at) -> None:
    """Nothing of the order is left to send: the buyer has her time to look at it. The caller holds the lock."""
    order.move("ship")
    order.shipped_at = at
    order.confirm_receipt_by = at + timedelta(days=settings.RECEIPT_CONFIRMED_AFTER_DAYS)
    order.save(update_fields=["status", "shipped_at", "confirm_receipt_by"])


def parcel_contents(lines: list[Line], quantities: Mapping[int, int] | None) -> list[tuple[Line, int]]:
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
def undo_parcel(*, parcel: Parcel, by, at) -> Order:
    """The parcel was noted by mistake: its goods are unsent again, and the order waits for shipment.

    Raises TooLate after PARCEL_UNDO_MINUTES, for goods sent again, and once the order was received. A second call
    changes nothing.
    """
    order = locked_order(parcel.order_id)
    parcel = Parcel.including_undone.select_for_update(no_key=True).get(pk=parcel.pk)
    if parcel.undone_at is not None:
        return order
    if not parcel.can_be_undone(at) or not (order.allows("unship") or order.allows("ship")):
        raise TooLate("undo", order.status)
    parcel.undone_at = at
    parcel.save(update_fields=["undone_at"])
    take_back(parcel)
    if order.allows("unship"):
        order.move("unship")
        order.shipped_at = order.confirm_receipt_by = None
        order.save(update_fields=["status", "shipped_at", "confirm_receipt_by"])
    audit.record("parcel.undone", of=order, by=by, parcel=parcel.pk)
    events.announce("parcel_undone", order=order.pk, parcel=parcel.pk)
    return order


def take_back(parcel: Parcel) -> None:
    """What lay in the parcel is promised and unsent as before."""
    contents = list(parcel.lines.select_related("line"))
    stock.take_back(
        stock.Wanted(each.line.stockrecord_id, each.quantity) for each in contents if each.line.stockrecord_id
    )
    for each in contents:
        each.line.num_allocated += each.quantity
    Line.objects.bulk_update([each.line for each in contents], ["num_allocated"])


@transaction.atomic
def correct_parcel(*, parcel: Parcel, carrier: str, tracking_number: str, by, at) -> Parcel:
    """The parcel travels under another number than was noted. The same number again changes nothing.

    Raises IllegalMove once the order was received or closed.
    """
    order = locked_order(parcel.order_id)
    parcel = Parcel.including_undone.select_for_update(no_key=True).get(pk=parcel.pk)
    if parcel.undone_at is not None or not (order.allows("ship") or order.allows("receive") or parcel.is_resend):
        raise IllegalMove("correct", order.status)
    if (parcel.carrier, parcel.tracking_number) != (carrier, tracking_number):
        parcel.carrier, parcel.tracking_number = carrier, tracking_number
        parcel.save(update_fields=["carrier", "tracking_number"])
        audit.record("parcel.corrected", of=order, by=by, at=at, parcel=parcel.pk)
        events.announce("parcel_corrected", order=order.pk, parcel=parcel.pk)
    return parcel


@transaction.atomic
def send_again(*, order: Order, carrier: str, tracking_number: str, quantities: Mapping[int, int], by, at) -> Parcel:
    """Goods that arrived spoilt or not at all are sent once more, from free stock. The order's state stays.

    Raises partner.stock.NotEnough where nothing is left to send, ValueError for nothing at all.
    """
    order = locked_order(order.pk)
    lines = list(order.lines.filter(pk__in=[pk for pk, n in quantities.items() if n > 0]).order_by("id"))
    if not lines:
        raise ValueError("a parcel holds at least one piece")
    parcel = Parcel.objects.create(
        order=order, carrier=carrier, tracking_number=tracking_number, shipped_at=at, shipped_by=by, is_resend=True
    )
    ParcelLine.objects.bulk_create(
        [ParcelLine(parcel=parcel, line=line, quantity=quantities[line.pk]) for line in lines]
    )
    stock.take_out(stock.Wanted(line.stockrecord_id, quantities[line.pk]) for line in lines if line.stockrecord_id)
    stock.tell_shelves(line.product_id for line in lines if line.product_id)
    audit.record("order.sent_again", of=order, by=by, parcel=parcel.pk)
    events.announce("order_shipped", order=order.pk, parcel=parcel.pk)
    return parcel
