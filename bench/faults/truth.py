"""What must be true of money when everything has come to rest, whatever died on the way."""

from collections import Counter
from datetime import timedelta

import requests
from django.conf import settings
from django.db import connection
from django.utils import timezone

from marketplace.core.models import Delivery
from marketplace.order.models import Purchase
from marketplace.order.states import OrderState
from marketplace.payment.models import AttemptState, PaymentAttempt, ProviderEvent, Refund, RefundState, StripeSession
from marketplace.payment.reconciliation import differences
from marketplace.settlement.models import Payout, Recall, RecallState


def at_rest() -> bool:
    """Nothing is under way any more that happens by itself."""
    under_way = (
        ProviderEvent.objects.filter(state="new"),
        Delivery.objects.filter(delivered_at=None),
        Refund.objects.filter(state=RefundState.OWED),
        Payout.objects.under_way(),
        Recall.objects.filter(state=RecallState.ASKED),
        StripeSession.objects.unsettled().exclude(number="").exclude(attempt__state=AttemptState.OPEN),
        PaymentAttempt.objects.filter(state=AttemptState.OPEN, stripe_session__said="paid"),
    )
    return not any(rows.exists() for rows in under_way)


def wrongs() -> list[str]:
    """Sentences on everything that is not as it should be; empty if all is well."""
    payments = paid_there()
    said = [str(each) for each in differences(timezone.now() - timedelta(days=1))]
    known = {str(attempt.key): attempt for attempt in PaymentAttempt.objects.select_related("purchase")}
    for key, times in Counter(payments).items():
        if times > 1:
            said.append(f"paid {times} times: {key}")
    said += [f"payment without order or refund: {key}" for key in payments if not is_answered(known[key])]
    waiting = [OrderState.AWAITING_PAYMENT, OrderState.CLOSED]
    for purchase in Purchase.objects.exclude(orders__status__in=waiting).filter(payment_method="stripe").distinct():
        if not any(str(attempt.key) in payments for attempt in purchase.attempts.all()):
            said.append(f"order paid without payment: {purchase.number}")
    return said


def is_answered(attempt: PaymentAttempt) -> bool:
    """The payment has its orders, or all of it went back."""
    if attempt.state == AttemptState.SUCCEEDED and attempt.purchase.paid_at:
        return not attempt.purchase.orders.filter(status=OrderState.AWAITING_PAYMENT).exists()
    given = sum(refund.amount for refund in attempt.refunds.filter(state=RefundState.DONE))
    return attempt.state == AttemptState.SURPLUS and given == attempt.amount


def paid_there() -> list[str]:
    """Keys of attempts by the payments the provider has, as it says itself."""
    found: list[dict] = []
    more = True
    while more:
        after = {"starting_after": found[-1]["id"]} if found else {}
        page = requests.get(
            f"{settings.STRIPE_API_BASE}/v1/payment_intents",
            {"limit": 100} | after,
            headers={"Authorization": f"Bearer {settings.STRIPE_SECRET_KEY}"},
            timeout=60,
        ).json()
        found, more = found + page["data"], page["has_more"]
    return [each["metadata"]["attempt"] for each in found if each["status"] == "succeeded"]


def forget_connection() -> None:
    """A fresh one: the server may have ended ours, and a snapshot of long ago proves nothing."""
    connection.close()
