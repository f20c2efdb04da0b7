"""Putting a seller's money right by hand: one person proposes, another agrees."""

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit

from . import ledger, postings
from .models import Adjustment, Payable, PayableState


class NeedsAnother(Exception):
    """Who proposed cannot agree; ``for_people`` says so."""

    @property
    def for_people(self) -> str:
        return _("Somebody else has to agree to what you proposed.")


@transaction.atomic
def propose(*, seller, fen: int, reason: str, by, at) -> Adjustment:
    """Ask for ``fen`` more (below zero: less) for a seller. Nothing moves yet."""
    adjustment = Adjustment.objects.create(seller=seller, fen=fen, reason=reason, proposed_by=by, proposed_at=at)
    audit.record("adjustment.proposed", of=adjustment, by=by, fen=fen)
    return adjustment


@transaction.atomic
def decide(*, adjustment: Adjustment, agree: bool, by, at) -> Adjustment:
    """A second person agrees, and it is posted, or refuses. Deciding again changes nothing. Raises NeedsAnother."""
    adjustment = Adjustment.objects.select_for_update().get(pk=adjustment.pk)
    if adjustment.decided_at is not None:
        return adjustment
    if adjustment.proposed_by_id == by.pk:
        raise NeedsAnother
    adjustment.decided_by, adjustment.decided_at, adjustment.is_agreed = by, at, agree
    adjustment.save(update_fields=["decided_by", "decided_at", "is_agreed"])
    if agree:
        carry_out(adjustment, at)
    audit.record("adjustment.decided", of=adjustment, by=by, agreed=agree)
    return adjustment


def carry_out(adjustment: Adjustment, at) -> None:
    """What is given can be paid out; what is taken is owed."""
    if adjustment.fen > 0:
        Payable.objects.create(
            seller_id=adjustment.seller_id,
            adjustment=adjustment,
            share_fen=adjustment.fen,
            due_fen=adjustment.fen,
            state=PayableState.AVAILABLE,
            made_at=at,
            available_at=at,
        )
    ledger.post([postings.adjustment(adjustment=adjustment.pk, seller=adjustment.seller_id, fen=adjustment.fen, at=at)])
