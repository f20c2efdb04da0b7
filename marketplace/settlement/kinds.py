"""The names of accounts, postings and entries. What they mean is written in docs/money.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    """An account that belongs to somebody is above zero when she is owed money; a place is below zero by what lies there."""

    CLEARING = "clearing", _("Where money lies")
    BUYERS = "buyers", _("Owed to buyers")
    HELD = "held", _("Held until delivery")
    AVAILABLE = "available", _("Available balance")
    LEAVING = "leaving", _("Payout under way")
    DEBT = "debt", _("Debt to the platform")
    COMMISSION = "commission", _("Platform commission")
    PROMOTION = "promotion", _("Discounts paid by the platform")
    FEES = "fees", _("Payment fees")
    DIFFERENCES = "differences", _("Cash differences")
    ADJUSTMENTS = "adjustments", _("Adjustments")
    ROUNDING = "rounding", _("Rounding")


OF_SELLERS = frozenset({AccountKind.HELD, AccountKind.AVAILABLE, AccountKind.LEAVING, AccountKind.DEBT})
"""Kinds of which every seller has one of her own."""
NEVER_BELOW_ZERO = frozenset({AccountKind.HELD, AccountKind.AVAILABLE, AccountKind.LEAVING})


class Place(models.TextChoices):
    """Where money can lie besides an online provider, whose place is its own code."""

    BANK = "bank", _("Our bank account")
    COURIER = "courier", _("With couriers")


def place_of(provider: str) -> str:
    """Where the money of a payment by this provider arrives."""
    return {"transfer": Place.BANK, "cash": Place.COURIER}.get(provider, provider)


class PostingKind(models.TextChoices):
    """Which fact a posting writes down."""

    PAID = "paid", _("Purchase paid")
    SURPLUS = "surplus", _("Paid too late or twice")
    HANDED_OVER = "handed_over", _("Cash handed over by the courier")
    FEE = "fee", _("Payment fee")
    REFUND = "refund", _("Refund decided")
    REFUND_SENT = "refund_sent", _("Refund sent")
    RELEASE = "release", _("Released after receipt")
    PAYOUT = "payout", _("Payout begun")
    PAYOUT_SENT = "payout_sent", _("Payout sent")
    PAYOUT_TAKEN_BACK = "payout_back", _("Payout taken back")
    RECALLED = "recalled", _("Transfer called back")
    ADJUSTMENT = "adjustment", _("Adjustment")
    REVERSAL = "reversal", _("Reversal")


class Label(models.TextChoices):
    """What one entry is for; the words a seller reads on her statement."""

    GOODS = "goods", _("Goods sold")
    OWN_PROMOTION = "own_promotion", _("Your discount")
    FREIGHT = "freight", _("Delivery fee")
    COMMISSION = "commission", _("Platform commission")
    PROMOTION = "promotion", _("Discount paid by the platform")
    MONEY = "money", _("Money received or sent")
    REFUND = "refund", _("Refund reversal")
    COMMISSION_BACK = "commission_back", _("Platform commission given back")
    RELEASE = "release", _("Released after receipt")
    PAYOUT = "payout", _("Payout")
    NETTED = "netted", _("Debt netted from a payout")
    RECALL = "recall", _("Called back from your account")
    ADJUSTMENT = "adjustment", _("Adjustment")
    DIFFERENCE = "difference", _("Cash difference")
    FEE = "fee", _("Payment fee")
