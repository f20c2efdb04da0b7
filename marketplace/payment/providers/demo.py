"""A pretended wallet for demonstrations and tests: it can succeed, fail, or answer late. Never in production."""

from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.translation import gettext as _

from .interface import Next, Outcome, RefundResult, Report


class DemoProvider:
    """What it was told on its page is what it answers."""

    code = "demo"

    def __init__(self):
        if not settings.DEMO:
            raise ImproperlyConfigured("The demo payment provider is for demonstrations only.")

    @property
    def time_to_pay(self):
        return timedelta(minutes=settings.UNPAID_ONLINE_MINUTES)

    @property
    def label(self):
        return _("Demonstration payment")

    @property
    def explanation(self):
        return _("No money moves; you choose whether it succeeds.")

    def refuses(self, total: Decimal, province: str | None) -> str:
        return ""

    def start(self, attempt) -> Next:
        return Next(reverse("payment:demo", args=[attempt.key]))

    def status(self, attempt) -> Report:
        answers = {"succeed": Outcome.SUCCEEDED, "late": Outcome.SUCCEEDED, "fail": Outcome.FAILED}
        return Report(answers.get(attempt.simulated, Outcome.PENDING))

    def cancel(self, attempt) -> None:
        """There is nothing outside to cancel."""

    def refund(self, refund) -> RefundResult:
        return RefundResult(done=True, reference=f"demo-{refund.key}")
