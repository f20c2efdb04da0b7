"""Paying sellers out: a payout is begun, leaves through one door, and arrives or is taken back."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import audit, events
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove
from marketplace.core.tasks import each_apart, task
from marketplace.partner.models import Partner

from . import doors, ledger, postings, recalls
from .kinds import AccountKind
from .models import BankBatch, Payable, PayableState, Payout, PayoutItem, PayoutState, Posting
from .netting import net

AT_ONCE = 200


class CannotPayOut(Refusal):
    """Nothing was paid out; ``for_people`` says why in the reader's language."""


@transaction.atomic
def begin(*, seller, by, at) -> Payout:
    """Everything available to a seller leaves in one payout, less what she owes. Raises CannotPayOut."""
    door = doors.door_for(seller)
    if door is None:
        raise CannotPayOut(_("Please add a bank account first."))
    shares = list(Payable.objects.of_seller(seller).available().locked())
    if Payout.objects.of_seller(seller).under_way().exists():
        raise CannotPayOut(_("A payout is already under way."))
    debt = debt_to_net(seller)
    leaving = net([share.due_fen for share in shares], debt)
    if not sum(leaving):
        raise CannotPayOut(_("There is nothing to pay out."))
    payout = write(seller, door, shares, leaving, by, at)
    if not door.is_by_hand:
        transaction.on_commit(partial(send.enqueue, payout.pk))
    return payout


def ready():
    """Sellers who have something available and no payout under way."""
    waiting = Partner.objects.filter(payables__state=PayableState.AVAILABLE)
    return waiting.exclude(payouts__in=Payout.objects.under_way()).distinct().order_by("pk")


def begin_all(*, by, at) -> tuple[int, list[tuple[Partner, str]]]:
    """A payout to everybody who is ready; how many were begun, and who could not be paid and why."""
    begun, refused = 0, []
    for seller in ready():
        try:
            begin(seller=seller, by=by, at=at)
            begun += 1
        except CannotPayOut as refusal:
            refused.append((seller, refusal.for_people))
    return begun, refused


def debt_to_net(seller) -> int:
    """What she owes and nobody is asking back another way, in fen."""
    return max(0, -ledger.balance(AccountKind.DEBT, seller.pk) - recalls.outstanding(seller.pk))


def write(seller, door, shares: list[Payable], leaving: list[int], by, at) -> Payout:
    """The payout, its items and its posting; the shares are locked."""
    total, fen = sum(share.due_fen for share in shares), sum(leaving)
    payout = Payout.objects.create(
        seller=seller, door=door.code, fen=fen, netted_fen=total - fen, asked_at=at, asked_by=by
    )
    PayoutItem.objects.bulk_create(
        PayoutItem(payout=payout, payable=share, fen=part) for share, part in zip(shares, leaving, strict=True)
    )
    move(shares, "take")
    ledger.post([postings.payout(payout=payout.pk, seller=seller.pk, total=total, netted=total - fen, at=at)])
    audit.record("payout.begun", of=payout, by=by, fen=fen)
    return payout


def move(shares: list[Payable], name: str) -> None:
    """Take the named step with locked shares."""
    for share in shares:
        share.move(name)
    Payable.objects.bulk_update(shares, ["state"])


@task()
def send(payout_id: int) -> None:
    """Let the door send a payout, outside any transaction; asking again with the same key does no harm."""
    payout = Payout.objects.select_related("seller").get(pk=payout_id)
    if not payout.is_under_way or doors.get(payout.door).is_by_hand:
        return
    mark_sending(payout=payout)
    sent = doors.get(payout.door).send(payout)
    now = timezone.now()
    if sent.fate is doors.Fate.SENT:
        arrive(payout=payout, reference=sent.reference, parts=sent.parts, by=None, at=now)
    elif sent.fate is doors.Fate.REFUSED:
        take_back(payout=payout, reason=sent.reason, by=None, at=now)


def send_outstanding() -> None:
    """Ask again about payouts that no person sends and that are under way."""
    waiting = Payout.objects.under_way().exclude(door__in=doors.by_hand()).order_by("pk")
    each_apart(send.func, waiting.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def mark_sending(*, payout: Payout) -> None:
    """From here on only its door knows whether it left."""
    payout = locked(payout)
    if payout.state == PayoutState.ASKED:
        payout.move("send")
        payout.save(update_fields=["state"])


def locked(payout: Payout) -> Payout:
    return Payout.objects.select_for_update().get(pk=payout.pk)


@transaction.atomic
def export(*, by, at) -> BankBatch | None:
    """All payouts that wait for the bank go into one file; None if there are none."""
    waiting = Payout.objects.filter(state=PayoutState.ASKED, door__in=doors.by_hand())
    payouts = list(waiting.order_by("pk").select_for_update())
    if not payouts:
        return None
    batch = BankBatch.objects.create(made_by=by, made_at=at)
    for payout in payouts:
        payout.move("send")
        payout.batch = batch
    Payout.objects.bulk_update(payouts, ["state", "batch"])
    audit.record("payout.exported", of=batch, by=by, payouts=len(payouts))
    return batch


@transaction.atomic
def arrive(*, payout: Payout, reference: str, by, at, parts=None) -> Payout:
    """The money has left under this receipt number. A second call changes nothing; raises IllegalMove once taken back."""
    payout = locked(payout)
    if payout.state == PayoutState.SENT:
        return payout
    payout.move("arrive")
    finish(payout, at, by, reference=reference)
    note_parts(payout, parts or {})
    move(shares_of(payout), "leave")
    place = doors.get(payout.door).place
    ledger.post([postings.payout_sent(payout=payout.pk, seller=payout.seller_id, fen=payout.fen, place=place, at=at)])
    audit.record("payout.sent", of=payout, by=by)
    events.announce("payout_paid", payout=payout.pk)
    return payout


def finish(payout: Payout, at, by, *, reference: str = "", reason: str = "") -> None:
    """Write the end of a payout whose lock is held."""
    payout.finished_at, payout.finished_by = at, by
    payout.reference, payout.reason = reference, reason
    payout.save(update_fields=["state", "finished_at", "finished_by", "reference", "reason"])


def note_parts(payout: Payout, parts) -> None:
    """The door's own numbers for the parts it sent."""
    items = list(payout.items.filter(pk__in=parts))
    for item in items:
        item.reference = parts[item.pk]
    PayoutItem.objects.bulk_update(items, ["reference"])


def shares_of(payout: Payout) -> list[Payable]:
    """Its shares, locked."""
    return list(Payable.objects.filter(items__payout=payout, items__is_void=False).locked())


@transaction.atomic
def take_back(*, payout: Payout, reason: str, by, at) -> Payout:
    """The money has not left and will not: the shares are available again, and what was netted is owed again.

    A person may take back what she sends by hand or what nobody began to send; while another door is sending, only the
    door itself can say that nothing left. Raises IllegalMove.
    """
    payout = locked(payout)
    if by is not None and payout.state == PayoutState.SENDING and not doors.get(payout.door).is_by_hand:
        raise IllegalMove("take back", payout.state)
    payout.move("take back")
    finish(payout, at, by, reason=reason)
    move(shares_of(payout), "take back")
    payout.items.update(is_void=True)
    ledger.post([ledger.reversal(Posting.objects.get(cause=f"payout:{payout.pk}"), at=at)])
    audit.record("payout.taken_back", of=payout, by=by)
    return payout
