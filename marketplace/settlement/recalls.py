"""Asking money back that has already left for a seller, as far as its door can."""

from functools import partial

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.tasks import each_apart, task

from . import doors, ledger, postings
from .models import Payable, PayoutItem, Recall, RecallState

AT_ONCE = 200


def ask(*, payable: Payable, fen: int, cause: str, at) -> Recall | None:
    """Note that ``fen`` of a share that was paid out should come back; nothing where its door cannot. The payable is locked."""
    item = PayoutItem.objects.select_related("payout").filter(payable=payable, is_void=False).first()
    if item is None or not recalls(item.payout.door):
        return None
    asked = item.recalls.exclude(state=RecallState.REFUSED).aggregate(sum=Sum("fen"))["sum"] or 0
    possible = min(fen, item.fen - asked)
    if possible <= 0:
        return None
    recall = Recall.objects.create(item=item, cause=cause, fen=possible, asked_at=at)
    transaction.on_commit(partial(send.enqueue, recall.pk))
    return recall


def recalls(code: str) -> bool:
    """True if money that left by this door can be asked back."""
    try:
        return doors.get(code).can_recall
    except KeyError:
        return False


@task()
def send(recall_id: int) -> None:
    """Ask the door, outside any transaction; asking again changes nothing."""
    recall = Recall.objects.select_related("item__payout__seller", "item__payable__order").get(pk=recall_id)
    if recall.state == RecallState.ASKED:
        returned = doors.get(recall.item.payout.door).recall(recall)
        finish(recall=recall, fen=returned.fen, reference=returned.reference, at=timezone.now())


def send_outstanding() -> None:
    """Ask again where a door gave no answer."""
    waiting = Recall.objects.filter(state=RecallState.ASKED).order_by("pk")
    each_apart(send.func, waiting.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def finish(*, recall: Recall, fen: int, reference: str, at) -> Recall:
    """So much came back: it pays the seller's debt. What did not come stays a debt. A second call changes nothing."""
    recall = Recall.objects.select_for_update().select_related("item__payout", "item__payable").get(pk=recall.pk)
    if recall.state != RecallState.ASKED:
        return recall
    recall.state = RecallState.DONE if fen else RecallState.REFUSED
    recall.got_fen, recall.reference, recall.finished_at = fen, reference, at
    recall.save(update_fields=["state", "got_fen", "reference", "finished_at"])
    item = recall.item
    item.recalled_fen += fen
    item.save(update_fields=["recalled_fen"])
    ledger.post([plan_of(recall, at)])
    audit.record("recall.finished", of=recall, fen=fen)
    return recall


def plan_of(recall: Recall, at):
    payout = recall.item.payout
    return postings.recalled(
        recall=recall.pk,
        seller=payout.seller_id,
        fen=recall.got_fen,
        place=doors.get(payout.door).place,
        order=recall.item.payable.order_id,
        at=at,
    )


def outstanding(seller: int) -> int:
    """Fen that may still come back from this seller's account; so much of her debt is not netted meanwhile."""
    waiting = Recall.objects.filter(item__payout__seller=seller, state=RecallState.ASKED)
    return waiting.aggregate(sum=Sum("fen"))["sum"] or 0
