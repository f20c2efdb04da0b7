"""Money and purchases. ``complete`` is the one function that ends a payment well; every door calls it.

Nothing here talks to a provider inside a transaction: rows are written and committed first.
"""

import logging
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Sum

from marketplace.core import audit, events
from marketplace.core.money import to_fen
from marketplace.core.states import IllegalMove
from marketplace.core.tasks import task
from marketplace.order import actions as orders
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.states import OrderState, PurchaseState
from marketplace.promotions import counting as promotions
from marketplace.settlement import actions as settlement

from . import providers
from .models import AttemptState, PaymentAttempt
from .refunds import RefundRefused, look_again, mark_refunded, owe, paid_for, refund_lines, refundable, send_refund
from .shares import Shares

__all__ = [
    "RefundRefused",
    "Shares",
    "look_again",
    "mark_refunded",
    "owe",
    "paid_for",
    "refund_lines",
    "refundable",
    "send_refund",
]
"""The verbs of refunds have a module of their own and are called from here like the others."""
LONGEST_SILENCE = timedelta(hours=1)
"""So long an unpaid purchase stays open while its provider cannot say whether it was paid."""

logger = logging.getLogger(__name__)


def open_attempt(*, purchase: Purchase) -> PaymentAttempt:
    """The row that says we are about to ask for money; part of the transaction that places the purchase."""
    return PaymentAttempt.objects.create(purchase=purchase, provider=purchase.payment_method, amount=purchase.total)


def start(*, attempt: PaymentAttempt) -> providers.Next:
    """Where the buyer goes to pay. Talks to the provider: call it after the commit."""
    return providers.get(attempt.provider).start(attempt)


@transaction.atomic
def retry(*, purchase: Purchase, method: str, at) -> PaymentAttempt:
    """The open attempt of an unpaid purchase, or a new one after a failure, by the same or another way to pay.

    Raises IllegalMove when the purchase is no longer waiting to be paid.
    """
    purchase = orders.locked_purchase(purchase.pk)
    if not purchase.is_unpaid or purchase.pay_by <= at:
        raise IllegalMove("pay", purchase.state)
    current = purchase.attempts.filter(state=AttemptState.OPEN).first()
    if current is not None and current.provider == method:
        return current
    if current is not None:
        give_up(current, at)
    purchase.payment_method = providers.get(method).code
    purchase.save(update_fields=["payment_method"])
    return open_attempt(purchase=purchase)


def finish(attempt: PaymentAttempt, move: str, at, reference: str = "") -> None:
    """Move an attempt whose lock is held, and write it."""
    attempt.move(move)
    attempt.finished_at = at
    attempt.reference = reference or attempt.reference
    attempt.save(update_fields=["state", "finished_at", "reference"])


def give_up(attempt: PaymentAttempt, at) -> None:
    """Nobody should pay this attempt any more; its provider hears of it after the commit. Its lock is held."""
    finish(attempt, "cancel", at)
    transaction.on_commit(partial(tell_provider_cancelled.enqueue, attempt.pk))


@transaction.atomic
def complete(
    *, attempt: PaymentAttempt, at, reference: str = "", amount: Decimal | None = None, by=None
) -> PaymentAttempt:
    """Money has arrived for this attempt. Browser return, provider news, operator and reconciler all end here.

    Calling again changes nothing. Money for a purchase that is closed or already paid, or another ``amount`` than was
    asked for, is kept as surplus and given back.
    """
    purchase = orders.locked_purchase(attempt.purchase_id)
    attempt = PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if attempt.state in {AttemptState.SUCCEEDED, AttemptState.SURPLUS}:
        return attempt
    is_right = amount is None or amount == attempt.amount
    if is_right and purchase.paid_at is None and purchase.state != PurchaseState.CLOSED:
        settle(purchase, attempt, at, reference)
    else:
        send_back(attempt, at, reference, attempt.amount if amount is None else amount)
    audit.record("payment.completed", of=attempt, by=by, outcome=attempt.state)
    return attempt


def send_back(attempt: PaymentAttempt, at, reference: str, amount: Decimal) -> None:
    """What arrived is not what is owed: all of it goes back."""
    if amount != attempt.amount:
        attempt.amount = amount
        attempt.save(update_fields=["amount"])
    finish(attempt, "arrive_late", at, reference)
    settlement.surplus_arrived(attempt=attempt, at=at)
    if amount:
        owe(attempt=attempt, order=None, amount=amount, cause=f"surplus:{attempt.pk}")


def settle(purchase: Purchase, attempt: PaymentAttempt, at, reference: str) -> None:
    """The purchase is paid; its orders may be packed (those paid on delivery were packed long ago)."""
    finish(attempt, "succeed", at, reference)
    for other in purchase.attempts.filter(state=AttemptState.OPEN):
        give_up(other, at)
    purchase.paid_at = at
    if purchase.is_unpaid:
        orders.confirm(purchase=purchase, at=at)
    else:
        purchase.save(update_fields=["paid_at"])
    settlement.purchase_paid(purchase=purchase, attempt=attempt, at=at)
    events.announce("purchase_paid", purchase=purchase.pk)


@transaction.atomic
def fail(*, attempt: PaymentAttempt, at) -> PaymentAttempt:
    """The provider refused; the purchase waits for another try. Calling again changes nothing."""
    orders.locked_purchase(attempt.purchase_id)
    attempt = PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if attempt.state == AttemptState.OPEN:
        finish(attempt, "fail", at)
    return attempt


@transaction.atomic
def cancel_purchase(*, purchase: Purchase, by, at) -> Purchase:
    """Nobody will pay this purchase (``by`` None: its time is over): all orders close, stock returns.

    Raises IllegalMove once it is paid, confirmed or closed.
    """
    purchase = orders.locked_purchase(purchase.pk)
    purchase.move("close")
    purchase.closed_at = at
    purchase.save(update_fields=["state", "closed_at"])
    closing = list(purchase.orders.select_for_update(no_key=True).order_by("id"))
    orders.give_back(Line.objects.filter(order__in=closing).order_by("pk"))  # all at once: stock moves in key order
    for order in closing:
        orders.close(order=order, by=by, at=at)
    promotions.give_back(purchase=purchase, at=at)
    for attempt in purchase.attempts.filter(state=AttemptState.OPEN):
        give_up(attempt, at)
    audit.record("purchase.closed", of=purchase, by=by)
    return purchase


@task()
def tell_provider_cancelled(attempt_id: int) -> None:
    """Let the provider know, outside any transaction."""
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    providers.get(attempt.provider).cancel(attempt)


def close_if_overdue(*, purchase: Purchase, at) -> Purchase:
    """Close an unpaid purchase whose time is over, unless its provider says that it was paid after all."""
    if not purchase.is_unpaid or purchase.pay_by > at:
        return purchase
    attempt = purchase.attempts.filter(state=AttemptState.OPEN).first()
    if attempt is not None and not was_left_unpaid(attempt, at):
        purchase.refresh_from_db()
        return purchase
    try:
        return cancel_purchase(purchase=purchase, by=None, at=at)
    except IllegalMove:
        purchase.refresh_from_db()
        return purchase


def was_left_unpaid(attempt: PaymentAttempt, at) -> bool:
    """Ask once more. A provider that gives no answer is waited for; what arrives after that goes back."""
    try:
        return ask(attempt=attempt, at=at).state != AttemptState.SUCCEEDED
    except providers.Unavailable:
        deadline = attempt.purchase.pay_by
        return deadline is None or deadline + LONGEST_SILENCE < at


def close_overdue_of(buyer, now) -> None:
    """Close what this person did not pay in time, so that she sees it as it is."""
    for purchase in Purchase.objects.visible_to(buyer).overdue(now):
        close_if_overdue(purchase=purchase, at=now)


def close_overdue(now) -> int:
    """Close what was not paid in time; returns how many purchases were looked at. Safe to run at any time, twice.

    One purchase that cannot be closed keeps no other from it.
    """
    overdue = list(Purchase.objects.overdue(now).order_by("id")[:500])
    for purchase in overdue:
        try:
            close_if_overdue(purchase=purchase, at=now)
        except Exception:
            logger.exception("purchase %s could not be closed", purchase.pk)
    return len(overdue)


def ask(*, attempt: PaymentAttempt, at) -> PaymentAttempt:
    """Ask the provider how an attempt stands and write down what it says."""
    report = providers.get(attempt.provider).status(attempt)
    if report.outcome is providers.Outcome.FAILED:
        return fail(attempt=attempt, at=at)
    if report.outcome is providers.Outcome.PENDING:
        return attempt
    attempt = complete(attempt=attempt, at=at, reference=report.reference, amount=report.amount)
    if report.fee:
        settlement.fee_taken(cause=report.reference, provider=attempt.provider, fen=to_fen(report.fee), at=at)
    return attempt


@transaction.atomic
def cancel_order(*, order: Order, by, at) -> Order:
    """A confirmed order that was not sent closes; what was paid for it is given back in full."""
    order = orders.locked_order(order.pk)
    if order.status != OrderState.AWAITING_SHIPMENT or order.parcels.exists():
        raise IllegalMove("close", order.status)
    left = refundable(order)
    orders.close(order=order, by=by, at=at)
    promotions.give_back(purchase=order.purchase, at=at)
    if left.total > 0:
        cause = f"order-closed:{order.pk}"
        refund_lines(order=order, amounts=left.lines, freight=left.freight, cause=cause, by=by, at=at)
    settlement.order_closed(order=order, at=at)
    return order


@transaction.atomic
def add_slip(*, attempt: PaymentAttempt, file, at) -> PaymentAttempt:
    """The buyer shows that she sent a transfer. ``file`` is a picture already made safe by ``core.images``."""
    orders.locked_purchase(attempt.purchase_id)
    attempt = PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if attempt.state != AttemptState.OPEN or attempt.provider != "transfer":
        raise IllegalMove("add a slip", attempt.state)
    attempt.slip.save(f"{attempt.key}.webp", file, save=False)
    attempt.slip_at = at
    attempt.save(update_fields=["slip", "slip_at"])
    return attempt


@transaction.atomic
def collect_cash(*, order: Order, at) -> None:
    """The courier brought the money of a received order; when the last one of a purchase did, the purchase is paid."""
    purchase = orders.locked_purchase(order.purchase_id)
    attempt = purchase.attempts.filter(state=AttemptState.OPEN, provider="cash").first()
    if attempt is None:
        return
    if order.status == OrderState.COMPLETED:
        settlement.cash_collected(order=order, at=at)
    if purchase.orders.exclude(status__in=[OrderState.COMPLETED, OrderState.CLOSED]).exists():
        return
    received = purchase.orders.filter(status=OrderState.COMPLETED).aggregate(sum=Sum("total_incl_tax"))["sum"]
    if received is None:
        finish(attempt, "cancel", at)
        return
    attempt.amount = received
    attempt.save(update_fields=["amount"])
    complete(attempt=attempt, at=at)
