"""Bank transfer 对公转账: the buyer names a code, uploads a slip, an operator confirms the money."""

import hashlib
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from .interface import Next, Outcome, RefundResult, Report

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_of(attempt) -> str:
    """The six characters 汇款识别码 a buyer writes on the transfer; none that look alike."""
    digest = hashlib.sha256(attempt.key.bytes).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:6])


class BankTransfer:
    """Goods are kept for 72 hours; money is confirmed by a person."""

    code = "transfer"

    @property
    def time_to_pay(self):
        return timedelta(hours=settings.UNPAID_TRANSFER_HOURS)

    @property
    def label(self):
        return _("Bank transfer")

    @property
    def explanation(self):
        return _("We keep the goods for %(hours)s hours; please name the code on the transfer.") % {
            "hours": settings.UNPAID_TRANSFER_HOURS
        }

    def refuses(self, total: Decimal, province: str | None) -> str:
        return ""

    def start(self, attempt) -> Next:
        return Next(attempt.purchase.get_absolute_url())

    def status(self, attempt) -> Report:
        """Only a person knows; a slip alone is not money."""
        return Report(Outcome.PENDING)

    def cancel(self, attempt) -> None:
        """No bank was asked for anything."""

    def refund(self, refund) -> RefundResult:
        """An operator sends the money back."""
        return RefundResult(done=False)
