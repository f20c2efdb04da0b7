"""What can be put right without a person deciding anything: facts the ledger lacks, balances, goods kept for nobody."""

from django.db import transaction
from django.db.models import F, IntegerField, Q
from django.db.models.functions import Coalesce

from marketplace.core import audit
from marketplace.core.money import split, to_fen, to_yuan
from marketplace.order.models import Line, Order
from marketplace.order.states import OrderState
from marketplace.partner.models import StockPool, StockRecord
from marketplace.promotions.models import Promotion
from marketplace.settlement import actions as settlement
from marketplace.settlement import ledger
from marketplace.settlement.models import Posting

from ..models import AttemptState, PaymentAttempt, Refund, RefundLine, RefundState
from ..refunds import paid_for
from . import books
from .orders import pools_with_held, sum_of
from .promotions import miscounted


def post_missing(*, by, at) -> int:
    """Write down every paid order, refund and surplus the ledger lacks, such as those from before there was one; returns how many.

    Each at the time it happened. Running it again changes nothing.
    """
    done = sum(post_order(order, by, at) for order in books.paid_orders().filter(payable=None))
    done += sum(post_surplus(attempt, at) for attempt in PaymentAttempt.objects.filter(state=AttemptState.SURPLUS))
    done += sum(post_refund(refund, at) for refund in Refund.objects.order_by("pk"))
    for order in books.refunded_and_closed():
        settlement.order_closed(order=order, at=order.closed_at or at)
    return done


@transaction.atomic
def post_order(order: Order, by, at) -> int:
    """The order's money arrived when its purchase was paid; cash, when the parcel did."""
    order = Order.objects.select_for_update(of=("self",)).select_related("purchase").get(pk=order.pk)
    attempts = order.purchase.attempts
    attempt = attempts.filter(state=AttemptState.SUCCEEDED).first() or attempts.filter(provider="cash").first()
    if attempt is None:
        return 0
    when = order.purchase.paid_at or order.received_at or at
    settlement.order_paid(order=order, provider=attempt.provider, at=when)
    audit.record("ledger.caught_up", of=order, by=by)
    return 1


def post_surplus(attempt: PaymentAttempt, at) -> int:
    if Posting.objects.filter(cause=f"surplus:{attempt.pk}").exists():
        return 0
    settlement.surplus_arrived(attempt=attempt, at=attempt.finished_at or at)
    return 1


@transaction.atomic
def post_refund(refund: Refund, at) -> int:
    """The refund was decided when it was made, and left when it was done."""
    before = Posting.objects.count()
    if refund.order is not None and not refund.lines.exists():
        name_lines(refund, refund.order)
    settlement.refund_decided(refund=refund, at=refund.created_at)
    if refund.state == RefundState.DONE:
        settlement.refund_sent(refund=refund, by=refund.done_by, at=refund.done_at or at)
    return Posting.objects.count() > before


def name_lines(refund: Refund, order: Order) -> None:
    """A refund of the days before refunds named lines: split over lines and freight by what they cost."""
    paid = paid_for(order)
    weights = [*map(to_fen, paid.lines.values()), to_fen(paid.freight)]
    *parts, freight = split(to_fen(refund.amount), weights)
    RefundLine.objects.bulk_create(
        RefundLine(refund=refund, line_id=line, amount=to_yuan(fen))
        for line, fen in zip(paid.lines, parts, strict=True)
        if fen
    )
    refund.freight = to_yuan(freight)
    refund.save(update_fields=["freight"])


@transaction.atomic
def free_stock(*, by) -> int:
    """Orders that are over keep nothing, and stock records keep what the orders' lines hold; returns how many were wrong.

    A checkout moves stock and lines at the same time, so suspects are locked first, in key order as everywhere, and looked
    at again by a statement of its own: it sees what the checkout it may have waited for has written.
    """
    over = Line.objects.filter(order__status__in=[OrderState.CLOSED, OrderState.COMPLETED], num_allocated__gt=0)
    over.update(num_allocated=0)
    suspects = list(disagreeing().values_list("pk", flat=True))
    list(StockRecord.objects.filter(pk__in=suspects).order_by("pk").select_for_update().values_list("pk"))
    wrong = list(disagreeing().filter(pk__in=suspects))
    for record in wrong:
        audit.record("stock.reconciled", of=record, by=by, before=record.kept, after=record.held)
        StockRecord.objects.filter(pk=record.pk).update(num_allocated=record.held)
    return len(wrong) + free_pools(by)


def free_pools(by) -> int:
    """Pools keep what goes into the packs that are promised; returns how many kept something else. Locked, then looked at again."""
    differing = pools_with_held().exclude(held=F("grams_allocated")).filter(grams__gte=F("held")).order_by("pk")
    suspects = list(differing.values_list("pk", flat=True))
    list(StockPool.objects.filter(pk__in=suspects).order_by("pk").select_for_update().values_list("pk"))
    wrong = list(differing.filter(pk__in=suspects))
    for pool in wrong:
        audit.record("pool.reconciled", of=pool, by=by, before=pool.grams_allocated, after=pool.held)
        StockPool.objects.filter(pk=pool.pk).update(grams_allocated=pool.held)
    return len(wrong)


def disagreeing():
    """Stock records that keep another number than the orders' lines hold and that can keep that one."""
    held = sum_of(Line.objects.all(), "stockrecord", "num_allocated", IntegerField())
    records = StockRecord.objects.annotate(held=held, kept=Coalesce(F("num_allocated"), 0)).exclude(held=F("kept"))
    return records.filter(Q(pool__isnull=False) | Q(num_in_stock__gte=F("held"))).order_by("pk")


@transaction.atomic
def count_uses(*, by) -> int:
    """Promotions count what was used and not returned; returns how many counted something else.

    Suspects are locked first, as a checkout does it that uses them, and looked at again. One that was used beyond its limit stays
    as it is: the database refuses such a number, and a person has to know.
    """
    suspects = [promotion.pk for promotion, _number, _fen in miscounted()]
    list(Promotion.objects.filter(pk__in=suspects).order_by("pk").select_for_update().values_list("pk"))
    wrong = [each for each in miscounted() if each[0].pk in suspects and is_within_limits(*each)]
    for promotion, number, fen in wrong:
        audit.record("promotion.recounted", of=promotion, by=by, before=promotion.used, after=number)
        Promotion.objects.filter(pk=promotion.pk).update(used=number, given_fen=fen)
    return len(wrong)


def is_within_limits(promotion: Promotion, number: int, fen: int) -> bool:
    uses_fit = promotion.max_uses is None or number <= promotion.max_uses
    return uses_fit and (promotion.budget is None or to_yuan(fen) <= promotion.budget)


def all_safe(*, by, at) -> None:
    """Everything of this module."""
    post_missing(by=by, at=at)
    ledger.repair_balances()
    free_stock(by=by)
    count_uses(by=by)
