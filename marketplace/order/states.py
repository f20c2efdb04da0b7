"""What can happen to an order, in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.states import Workflow


class OrderState(models.TextChoices):
    """Where an order stands; the words are the buyer's."""

    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
    AWAITING_SHIPMENT = "awaiting_shipment", _("Awaiting shipment")
    AWAITING_RECEIPT = "awaiting_receipt", _("Awaiting receipt")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")


class PurchaseState(models.TextChoices):
    """Where a purchase stands. Confirmed: paid, or to be paid to the courier."""

    AWAITING_PAYMENT = "awaiting_payment", _("Awaiting payment")
    CONFIRMED = "confirmed", _("Confirmed")
    CLOSED = "closed", _("Closed")


ORDER_MOVES = Workflow(
    {
        "confirm": (frozenset({OrderState.AWAITING_PAYMENT}), OrderState.AWAITING_SHIPMENT),
        "ship": (frozenset({OrderState.AWAITING_SHIPMENT}), OrderState.AWAITING_RECEIPT),
        "receive": (frozenset({OrderState.AWAITING_RECEIPT}), OrderState.COMPLETED),
        # The only parcel was a mistake and is taken back.
        "unship": (frozenset({OrderState.AWAITING_RECEIPT}), OrderState.AWAITING_SHIPMENT),
        "close": (frozenset({OrderState.AWAITING_PAYMENT, OrderState.AWAITING_SHIPMENT}), OrderState.CLOSED),
        # Everything was given back before the buyer confirmed anything: lost or returned on the way.
        "give_up": (frozenset({OrderState.AWAITING_SHIPMENT, OrderState.AWAITING_RECEIPT}), OrderState.CLOSED),
    }
)

PURCHASE_MOVES = Workflow(
    {
        "confirm": (frozenset({PurchaseState.AWAITING_PAYMENT}), PurchaseState.CONFIRMED),
        "close": (frozenset({PurchaseState.AWAITING_PAYMENT}), PurchaseState.CLOSED),
    }
)
