"""Giving money back: never above what was paid, in total or for any line, whatever is pressed at once."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.tasks import task
from marketplace.order import actions as orders
from marketplace.order.models import Order
from marketplace.order.states import OrderState
from marketplace.settlement import actions as settlement

from . import providers
from .models import AttemptState, PaymentAttempt, Refund, RefundLine, RefundState
from .shares import ZERO, Shares, paid


class RefundRefused(ValueError):
    """This money cannot be given back; nothing was written. ``for_people`` says why in the reader's language."""

    def __init__(self, message: str, for_people: str):
        super().__init__(message)
        self.for_people = for_people


def paid_for(order: Order) -> Shares:
    """What the buyer paid for each line of an order after discounts, and for its freight."""
    prices = dict(order.lines.order_by("id").values_list("pk", "line_price_incl_tax"))
    still_to_take_off = sum(prices.values(), ZERO) - (order.goods_total - order.discount)
    return paid(prices, still_to_take_off, order.freight)


def refunded(order: Order) -> Shares:
    """What was given back so far or is on its way, by line."""
    lines = RefundLine.objects.filter(refund__order=order).order_by("line_id").values_list("line_id")
    freight = order.refunds.aggregate(sum=Sum("freight"))["sum"] or ZERO
    return Shares(dict(lines.annotate(sum=Sum("amount"))), freight)


def refundable(order: Order) -> Shares:
    """What can still be given back, by line. Empty of money for an order nobody has paid yet."""
    bought = paid_for(order)
    return bought - refunded(order) if paying_attempt(order) else bought - bought


def paying_attempt(order: Order) -> PaymentAttempt | None:
    """The attempt that brought the order's money; cash comes with the parcel, so a received order has been paid."""
    attempts = order.purchase.attempts
    succeeded = attempts.filter(state=AttemptState.SUCCEEDED).first()
    if succeeded is None and order.status == OrderState.COMPLETED:
        return attempts.filter(state=AttemptState.OPEN, provider="cash").first()
    return succeeded


@transaction.atomic
def refund_lines(
    *, order: Order, amounts: Mapping[int, Decimal], freight: Decimal = ZERO, cause: str, by, at
) -> Refund:
    """Give back ``amounts`` in yuan by line id, and so much of the freight; once per ``cause``.

    A repeated cause answers with the refund there is. Raises RefundRefused for an order that is not paid, for no money
    at all, and for more than is left of a line, of the freight or of the order.
    """
    order = orders.locked_order(order.pk)
    existing = Refund.objects.filter(cause=cause).first()
    if existing is not None:
        return existing
    asked = Shares({line: amount for line, amount in amounts.items() if amount}, freight)
    attempt = paying_attempt(order)
    if attempt is None:
        raise RefundRefused("the order is not paid", _("Nothing has been paid for this order yet."))
    refuse_unless_left(order, asked)
    refund = owe(attempt=attempt, order=order, amount=asked.total, cause=cause, freight=freight)
    RefundLine.objects.bulk_create(
        [RefundLine(refund=refund, line_id=line, amount=amount) for line, amount in asked.lines.items()]
    )
    settlement.refund_decided(refund=refund, at=at)
    audit.record("refund.owed", of=refund, by=by, at=at, amount=refund.amount)
    return refund


def refuse_unless_left(order: Order, asked: Shares) -> None:
    """Raise RefundRefused unless the order has that much left; the caller holds its lock."""
    if not asked.total:
        raise RefundRefused("a refund needs an amount", _("Please give an amount above zero."))
    given = order.refunds.aggregate(sum=Sum("amount"))["sum"] or ZERO
    if not refundable(order).holds(asked) or given + asked.total > order.total:
        raise RefundRefused(
            "a refund cannot exceed what was paid",
            _("This is more than was paid for these goods and not yet refunded."),
        )


def owe(
    *, attempt: PaymentAttempt, order: Order | None, amount: Decimal, cause: str, freight: Decimal = ZERO
) -> Refund:
    """Money to give back, once per ``cause`` and never above what the attempt brought. The caller holds the purchase's lock."""
    existing = Refund.objects.filter(cause=cause).first()
    if existing is not None:
        return existing
    given = attempt.refunds.aggregate(sum=Sum("amount"))["sum"] or ZERO
    if given + amount > attempt.amount:
        raise ValueError("a refund cannot exceed what was paid")
    refund = Refund.objects.create(attempt=attempt, order=order, amount=amount, cause=cause, freight=freight)
    transaction.on_commit(partial(send_refund.enqueue, refund.pk))
    return refund


@task()
def send_refund(refund_id: int) -> None:
    """Ask the provider to give the money back; where only a person can, it stays on the operators' list."""
    refund = Refund.objects.select_related("attempt__purchase").get(pk=refund_id)
    if refund.state == RefundState.DONE or refund.came_back_at:
        return
    result = providers.get(refund.attempt.provider).refund(refund)
    if result.has_failed:
        note_failure(refund=refund, at=timezone.now())
    elif result.done:
        mark_refunded(refund=refund, reference=result.reference, by=None, at=timezone.now())
    elif result.is_under_way and not refund.reference:
        refund.reference = result.reference
        refund.save(update_fields=["reference"])


@transaction.atomic
def mark_refunded(*, refund: Refund, reference: str, by, at) -> Refund:
    """The money has gone back, under this receipt number. A second call changes nothing."""
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    if refund.state == RefundState.OWED:
        refund.state, refund.reference, refund.done_at = RefundState.DONE, reference, at
        refund.done_by = by
        refund.save(update_fields=["state", "reference", "done_at", "done_by"])
        settlement.refund_sent(refund=refund, by=by, at=at)
        audit.record("refund.made", of=refund, by=by)
        events.announce("refund_made", refund=refund.pk)
    return refund


def look_again(*, refund: Refund, at) -> Refund:
    """A provider that gave money back by itself may find out days later that it did not arrive: ask, and write that down."""
    if refund.state != RefundState.DONE or refund.done_by_id is not None or not refund.reference:
        return refund
    has_failed = providers.get(refund.attempt.provider).refund(refund).has_failed
    return note_failure(refund=refund, at=at) if has_failed else refund


@transaction.atomic
def note_failure(*, refund: Refund, at) -> Refund:
    """The money lies with the provider again and is owed: a person has to send it another way. A second call changes nothing."""
    refund = Refund.objects.select_for_update(no_key=True).get(pk=refund.pk)
    if refund.came_back_at or refund.done_by_id is not None:
        return refund
    if refund.state == RefundState.DONE:
        settlement.refund_came_back(refund=refund, at=at)
    failed = refund.reference
    refund.state, refund.done_at, refund.reference, refund.came_back_at = RefundState.OWED, None, "", at
    refund.save(update_fields=["state", "done_at", "reference", "came_back_at"])
    audit.record("refund.came_back", of=refund, number=failed)
    return refund
