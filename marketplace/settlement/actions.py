"""What payments tell the ledger. Each is called by name in the transaction of its fact, and posts it once."""

from django.db import transaction

from marketplace.core.money import to_fen
from marketplace.order.models import Order
from marketplace.order.states import OrderState

from . import ledger, postings, recalls
from .kinds import AccountKind, Place, place_of
from .models import LineTerms, Payable, PayableState, Posting
from .plans import Plan, of
from .shares import Back
from .terms import shares_of


@transaction.atomic
def purchase_paid(*, purchase, attempt, at) -> None:
    """The money of a purchase has arrived: each order's share is held for its seller."""
    orders = [order for order in purchase.orders.order_by("pk") if order.status != OrderState.CLOSED]
    place = place_of(attempt.provider)
    plans = sales(orders, place, at)
    missing = to_fen(attempt.amount) - sum(to_fen(order.total) for order in orders)
    if missing:
        plans.append(postings.unexplained(purchase=purchase.pk, fen=missing, place=place, at=at))
    ledger.post(plans)


def cash_collected(*, order: Order, at) -> None:
    """The courier has the money of a received order; the rest of its purchase may still be on the road."""
    order_paid(order=order, provider="cash", at=at)


@transaction.atomic
def order_paid(*, order: Order, provider: str, at) -> None:
    """The money of this order alone is written down, whatever became of the order since."""
    ledger.post(sales([order], place_of(provider), at))


def sales(orders: list[Order], place: str, at) -> list[Plan]:
    """Plans for orders that are not written down yet, and the payables that come with them."""
    there = set(Payable.objects.filter(order__in=orders).values_list("order", flat=True))
    shares = shares_of([order for order in orders if order.pk not in there])
    Payable.objects.bulk_create(payable_of(order, share, place, at) for order, share in shares)
    return [
        postings.sale(order=order.pk, seller=order.seller_id, share=share, place=place, at=at)
        for order, share in shares
    ]


def payable_of(order: Order, share, place: str, at) -> Payable:
    return Payable(
        seller_id=order.seller_id,
        order=order,
        place=place,
        share_fen=share.share,
        due_fen=share.share,
        freight_fen=share.freight,
        made_at=at,
    )


def surplus_arrived(*, attempt, at) -> None:
    """Money came when nothing was owed any more; it is the buyer's."""
    ledger.post(
        [postings.surplus(attempt=attempt.pk, fen=to_fen(attempt.amount), place=place_of(attempt.provider), at=at)]
    )


@transaction.atomic
def refund_decided(*, refund, at) -> None:
    """Money of an order goes back to its buyer, with the seller, the commission and the platform's discount bearing their parts.

    The caller holds the order's lock and has written the refund's lines. A surplus is the buyer's already.
    """
    cause = f"refund:{refund.pk}"
    if refund.order is None or Posting.objects.filter(cause=cause).exists():
        return
    amounts = {line: to_fen(amount) for line, amount in refund.lines.values_list("line_id", "amount")}
    give_back(refund.order, cause=cause, amounts=amounts, freight=to_fen(refund.freight), at=at)


@transaction.atomic
def order_closed(*, order: Order, at) -> None:
    """A paid order will not be sent. What it had to pay back is decided as a refund; what the platform paid for it comes back."""
    payable = Payable.objects.filter(order=order).first()
    if payable is not None and payable.due_fen:
        give_back(order, cause=f"closed:order:{order.pk}", amounts={}, freight=0, at=at, gone=True)


def give_back(order: Order, *, cause: str, amounts: dict[int, int], freight: int, at, gone: bool = False) -> None:
    """Note what goes back on lines and freight, take it from where the seller's share lies, and post it."""
    payable = locked_payable(order, at)
    back = back_of(order, amounts, gone) + Back(refunded=freight)
    payable.freight_refunded_fen += freight
    source = source_of(payable)
    if payable.state in {PayableState.HELD, PayableState.AVAILABLE}:
        payable.due_fen -= back.from_seller
    payable.save(update_fields=["freight_refunded_fen", "due_fen"])
    ledger.post([postings.refund(cause=cause, order=order.pk, source=source, back=back, at=at)])
    if payable.state == PayableState.PAID:
        recalls.ask(payable=payable, fen=back.from_seller, cause=cause, at=at)


def locked_payable(order: Order, at) -> Payable:
    """The order's payable, locked. Cash that a buyer wants back before the rest of her purchase arrived is collected now."""
    if not Payable.objects.filter(order=order).exists():
        cash_collected(order=order, at=at)
    return Payable.objects.locked().get(order=order)


def back_of(order: Order, amounts: dict[int, int], gone: bool) -> Back:
    """Note on each line's terms what goes back; returns the sum."""
    touched = [
        terms
        for terms in LineTerms.objects.filter(line__order=order).order_by("pk").select_for_update()
        if gone or amounts.get(terms.line_id)
    ]
    total = Back()
    for terms in touched:
        total += terms.give_back(amounts.get(terms.line_id, 0), gone=gone)
    LineTerms.objects.bulk_update(touched, ["refunded_fen", "is_gone"])
    return total


def source_of(payable: Payable):
    """Where the seller's share lies; once it has left or is leaving, she owes it."""
    kinds = {PayableState.HELD: AccountKind.HELD, PayableState.AVAILABLE: AccountKind.AVAILABLE}
    return of(kinds.get(PayableState(payable.state), AccountKind.DEBT), payable.seller_id)


def refund_sent(*, refund, by, at) -> None:
    """The money of a refund has left: from its provider, or from our bank where a person sent it."""
    place = Place.BANK if by is not None or refund.attempt.provider == "cash" else place_of(refund.attempt.provider)
    cause = f"refund-sent{'-again' if refund.came_back_at else ''}:{refund.pk}"
    ledger.post([postings.refund_sent(cause, fen=to_fen(refund.amount), place=place, order=refund.order_id, at=at)])


def refund_came_back(*, refund, at) -> None:
    """The provider could not deliver a refund that was written down as sent: it lies there again, owed to the buyer."""
    ledger.post([ledger.reversal(Posting.objects.get(cause=f"refund-sent:{refund.pk}"), at=at)])


def fee_taken(*, cause: str, provider: str, fen: int, at) -> None:
    """A provider kept ``fen`` for a payment, a refund or a transfer; ``cause`` is its own number for that."""
    ledger.post([postings.fee(cause=cause, fen=fen, place=place_of(provider), at=at)])
