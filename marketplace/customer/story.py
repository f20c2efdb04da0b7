"""What happened to an order so far, newest first, and what comes next, in sentences for its buyer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.templatetags.yanxing import yuan
from marketplace.order.carriers import name_of
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.payment.models import Refund, RefundState


@dataclass(frozen=True)
class Step:
    """One thing that happened; ``state`` is "here" for the latest and "done" for those before."""

    text: str
    at: datetime
    state: str = "done"


def steps(order: Order) -> list[Step]:
    """Everything that happened, newest first. Asks nothing if parcels and refunds were fetched along."""
    happened: list[tuple[str, datetime]] = [(_("Order placed"), order.date_placed)]
    if order.purchase.paid_at:
        happened.append((_("Paid"), order.purchase.paid_at))
    for parcel in order.parcels.all():
        happened.append((_("Handed to %(courier)s") % {"courier": name_of(parcel.carrier)}, parcel.shipped_at))
    if order.received_at:
        happened.append((_("Received"), order.received_at))
    if order.closed_at:
        happened.append((_("Closed"), order.closed_at))
    for refund in order.refunds.all():
        happened += told_of(refund)
    happened.sort(key=lambda each: each[1], reverse=True)
    return [Step(text, at, "done" if number else "here") for number, (text, at) in enumerate(happened)]


def told_of(refund: Refund) -> list[tuple[str, datetime]]:
    """Money on its way back, and arrived."""
    amount = {"amount": yuan(refund.amount)}
    told = [(_("Refund of %(amount)s started") % amount, refund.created_at)]
    if refund.done_at:
        told.append((_("Refund of %(amount)s made") % amount, refund.done_at))
    return told


def outlook(order: Order) -> str:
    """What comes next, with its date where there is one."""
    words = {
        OrderState.AWAITING_PAYMENT: awaiting_payment,
        OrderState.AWAITING_SHIPMENT: awaiting_shipment,
        OrderState.AWAITING_RECEIPT: awaiting_receipt,
        OrderState.COMPLETED: completed,
        OrderState.CLOSED: closed,
    }
    return words[order.state](order)


def moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


def awaiting_payment(order: Order) -> str:
    return _("Until %(moment)s the goods are kept for you.") % {"moment": moment(order.purchase.pay_by)}


def awaiting_shipment(order: Order) -> str:
    if order.parcels.all():
        return _("Part of the goods is on its way, the shop is packing the rest.")
    if order.purchase.paid_at is None:
        return _("The shop is packing. You pay the courier when the parcel arrives.")
    return _("The shop is packing.")


def awaiting_receipt(order: Order) -> str:
    if order.receipt_on_hold:
        return _("While something is being settled, time alone does not count the order as received.")
    parcels = len(order.parcels.all())
    words = ngettext(
        "One parcel is on its way. The order counts as received on %(day)s unless you confirm earlier.",
        "%(n)s parcels are on their way. The order counts as received on %(day)s unless you confirm earlier.",
        parcels,
    )
    return words % {"n": parcels, "day": date_format(localtime(order.confirm_receipt_by), "DATE_FORMAT")}


def completed(order: Order) -> str:
    return _("You have received the goods. Enjoy them!")


def closed(order: Order) -> str:
    refunds = order.refunds.all()
    if not refunds:
        return _("Nothing was charged for this order; the goods are back on the shelf.")
    if all(refund.state == RefundState.DONE for refund in refunds):
        return _("What you paid for it has gone back to you.")
    return _("What you paid for it is on its way back to you.")
