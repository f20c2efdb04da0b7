"""Stripe's side against ours: every payment and refund of a period, and what lies there."""

from collections.abc import Iterator
from datetime import datetime

from marketplace.core.money import to_fen
from marketplace.settlement import ledger
from marketplace.settlement.kinds import AccountKind
from marketplace.settlement.models import PayoutItem, PayoutState

from .. import stripe_gateway as gateway
from .. import stripe_transfers as sent
from ..models import AttemptState, PaymentAttempt, Refund, RefundState, StripeSession
from .books import difference
from .differences import Difference, Kind

ARRIVED = [AttemptState.SUCCEEDED, AttemptState.SURPLUS]


def stripe(since: datetime) -> Iterator[Difference]:
    """Nothing where Stripe was never used; a provider that is silent is a difference of its own."""
    if not StripeSession.objects.exists():
        return
    try:
        yield from payments(since)
        yield from refunds(since)
        yield from transfers(since)
        yield from balance()
    except (gateway.Unavailable, gateway.Refused) as error:
        yield Difference(Kind.PROVIDER_SILENT, "stripe", "", str(error))


def payments(since: datetime) -> Iterator[Difference]:
    """Payments that arrived there arrived here with the same sum, and the other way round."""
    theirs = {each.number: each for each in gateway.payments_since(int(since.timestamp()))}
    ours = PaymentAttempt.objects.filter(provider="stripe", state__in=ARRIVED, finished_at__gte=since)
    for attempt in ours.exclude(reference="").select_related("purchase").order_by("pk"):
        payment = theirs.pop(attempt.reference, None) or gateway.payment(attempt.reference)
        if payment is None:
            yield Difference(Kind.PROVIDER_MISSING, attempt.purchase.number, str(attempt.amount), attempt.reference)
        elif payment.fen != to_fen(attempt.amount):
            yield difference(Kind.PROVIDER_SUM, attempt.purchase.number, payment.fen, to_fen(attempt.amount))
    known = PaymentAttempt.objects.filter(provider="stripe", state__in=ARRIVED, reference__in=theirs)
    for number in set(theirs) - set(known.values_list("reference", flat=True)):
        yield difference(Kind.PROVIDER_UNKNOWN, number, theirs[number].fen, 0)


def refunds(since: datetime) -> Iterator[Difference]:
    """Money that went back there went back here with the same sum, and the other way round."""
    theirs = {each.number: each for each in gateway.refunds_since(int(since.timestamp()))}
    ours = Refund.objects.filter(attempt__provider="stripe", state=RefundState.DONE, done_by=None, done_at__gte=since)
    for refund in ours.order_by("pk"):
        made = theirs.pop(refund.reference, None) or gateway.refund_if_known(refund.reference)
        fen = made.fen if made and made.status == "succeeded" else 0
        if fen != to_fen(refund.amount):
            yield difference(Kind.PROVIDER_REFUND, refund.reference, fen, to_fen(refund.amount))
    known = set(Refund.objects.filter(reference__in=theirs, state=RefundState.DONE).values_list("reference", flat=True))
    for number, made in theirs.items():
        if made.status == "succeeded" and number not in known:
            yield difference(Kind.PROVIDER_REFUND, number, made.fen, 0)


def transfers(since: datetime) -> Iterator[Difference]:
    """What left for sellers there left here, less what came back, and the other way round."""
    theirs = {each.number: each for each in sent.transfers_since(int(since.timestamp()))}
    ours = PayoutItem.objects.filter(payout__door="stripe", payout__state=PayoutState.SENT, fen__gt=0)
    for item in ours.filter(payout__finished_at__gte=since).order_by("pk"):
        made = theirs.pop(item.reference, None) or sent.transfer_if_known(item.reference)
        there = made.fen - made.called_back if made else 0
        if there != item.fen - item.recalled_fen:
            yield difference(Kind.PROVIDER_TRANSFER, item.reference, there, item.fen - item.recalled_fen)
    known = set(PayoutItem.objects.filter(reference__in=theirs).values_list("reference", flat=True))
    for number, made in theirs.items():
        if number not in known and made.fen != made.called_back:
            yield difference(Kind.PROVIDER_TRANSFER, number, made.fen - made.called_back, 0)


def balance() -> Iterator[Difference]:
    """Yuan that lie with Stripe are yuan the ledger says lie there. Where Stripe keeps another currency, nothing can be said."""
    there, here = gateway.balance(), -ledger.balance(AccountKind.CLEARING, place="stripe")
    if there is not None and there != here:
        yield difference(Kind.PROVIDER_BALANCE, "stripe", there, here)
