"""Cash on delivery 货到付款: the courier collects."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from .interface import Next, Outcome, RefundResult, Report

TOO_FAR = frozenset({"54", "65", "71", "81", "82"})
"""Provinces where couriers do not collect for our sellers: Xizang, Xinjiang, and the three beyond the customs line."""


class CashOnDelivery:
    """Confirmed at once; the money is there when the parcel is."""

    code = "cash"
    time_to_pay = None

    @property
    def label(self):
        return _("Cash on delivery")

    @property
    def explanation(self):
        return _("You pay the courier when the parcels arrive.")

    def refuses(self, total: Decimal, province: str | None) -> str:
        if total > settings.CASH_ON_DELIVERY_LIMIT:
            return _("Only up to ¥%(limit)s.") % {"limit": settings.CASH_ON_DELIVERY_LIMIT}
        if province in TOO_FAR:
            return _("Not offered in this region.")
        return ""

    def start(self, attempt) -> Next:
        return Next(attempt.purchase.get_absolute_url())

    def status(self, attempt) -> Report:
        return Report(Outcome.PENDING)

    def cancel(self, attempt) -> None:
        """Nobody was asked for money yet."""

    def refund(self, refund) -> RefundResult:
        """Collected cash goes back by hand."""
        return RefundResult(done=False)
