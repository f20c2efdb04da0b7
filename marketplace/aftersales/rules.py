"""Who may ask for what, and until when: plain rules over an order and the goods a buyer names.

nothing sent yet                      refund only
on its way or received                refund, return and refund, re-send, compensation
changed her mind                      return and refund, 7 days from receipt, not for goods whose exemption she confirmed
spoilt, short, different, wrong       with a photo
15 days after receipt                 nothing more
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.order.models import Line, Order
from marketplace.order.states import OrderState

from .states import Kind, Reason

OPEN_FOR = timedelta(days=15)
CHANGE_OF_MIND_FOR = timedelta(days=7)
NEEDS_PHOTO = frozenset({Reason.DAMAGED, Reason.SHORT, Reason.DIFFERENT, Reason.WRONG})
MOST_PHOTOS = 6


@dataclass(frozen=True)
class Wish:
    """So many pieces of an order's line, and what the buyer asks for them in yuan."""

    line: Line
    quantity: int
    amount: Decimal


def is_open_for_cases(order: Order, at: datetime) -> bool:
    """True while something can be asked about the order at all."""
    if order.received_at is not None and order.status == OrderState.COMPLETED:
        return at <= order.received_at + OPEN_FOR
    return order.status in {OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT}


def kinds_for(order: Order, *, something_sent: bool) -> list[Kind]:
    """What can be asked for now."""
    return list(Kind) if something_sent else [Kind.REFUND]


def refusal(
    order: Order, kind: str, reason: str, wishes: Iterable[Wish], *, something_sent: bool, photos: int, at
) -> str:
    """Why this cannot be asked for, as a sentence for the buyer; empty if it can."""
    if not is_open_for_cases(order, at):
        return _("The time for requests about this order is over.")
    if kind not in kinds_for(order, something_sent=something_sent):
        return _("Nothing has been sent yet: you can ask for a refund.")
    wishes = list(wishes)
    if not wishes:
        return _("Please choose at least one of the goods.")
    if any(not 0 < wish.quantity <= wish.line.quantity for wish in wishes):
        return _("Please check the quantities: more than was bought, or none.")
    if reason in NEEDS_PHOTO and not photos:
        return _("Please add a photo, so that the shop can see it.")
    return refusal_of_changed_mind(order, kind, wishes, at) if reason == Reason.CHANGED_MIND else ""


def refusal_of_changed_mind(order: Order, kind: str, wishes: list[Wish], at) -> str:
    """No reason is needed within seven days, but the goods come back, and fresh ones cannot."""
    if kind != Kind.RETURN:
        return _("Without a reason the goods have to be sent back: please choose return and refund.")
    if any(wish.line.return_exempt for wish in wishes):
        return _("You confirmed at purchase that these fresh goods cannot be returned without a reason.")
    if order.received_at and at > order.received_at + CHANGE_OF_MIND_FOR:
        return _("The seven days for returns without a reason are over.")
    return ""
