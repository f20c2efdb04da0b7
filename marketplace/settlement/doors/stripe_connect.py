"""Stripe Connect: a transfer per share to the seller's own account with Stripe; reversals after a refund.

Separate charges and transfers: one buyer's payment, many sellers, tied together by the purchase's ``transfer_group``.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.payment import stripe_transfers as gateway
from marketplace.payment.stripe_gateway import KEY_REMEMBERED

from ..models import TransferAccount
from .interface import Fate, Returned, Sent


class StripeDoor:
    """Open to sellers whom Stripe has checked."""

    code = "stripe"
    place = "stripe"
    is_by_hand = False
    can_recall = True

    @property
    def label(self):
        return _("Transfer by Stripe")

    def refuses(self, seller) -> str:
        ready = TransferAccount.objects.filter(seller=seller, can_receive=True).exists()
        return "" if ready else _("Please open an account with the payment provider first.")

    def send(self, payout) -> Sent:
        """One transfer per share, all or none: where one is refused, those before it are called back."""
        account = TransferAccount.objects.get(seller=payout.seller_id)
        items = payout.items.filter(fen__gt=0).select_related("payable__order__purchase").order_by("pk")
        parts: dict[int, str] = {}
        try:
            for item in items:
                parts[item.pk] = transfer(payout, item, account.number)
        except gateway.Refused as refusal:
            return undone(payout, parts, refusal)
        except gateway.Unavailable:
            return Sent(Fate.PENDING)
        return Sent(Fate.SENT, next(iter(parts.values())), parts)

    def recall(self, recall) -> Returned:
        """As much as her account covers; the rest stays a debt."""
        number, key = recall.item.reference, f"recall-{recall.key}"
        try:
            return returned(gateway.call_back(key=key, transfer=number, fen=recall.fen))
        except gateway.Refused as refusal:
            if refusal.code != "balance_insufficient":
                return Returned(0)
        earlier = came_back_unheard(recall)
        if earlier:
            return Returned(min(earlier, recall.fen))
        account = TransferAccount.objects.get(seller=recall.item.payout.seller_id)
        covered = min(recall.fen, gateway.balance_of(account.number))
        if covered <= 0:
            return Returned(0)
        try:
            return returned(gateway.call_back(key=f"{key}-{covered}", transfer=number, fen=covered))
        except gateway.Refused:
            return Returned(0)


def transfer(payout, item, account: str) -> str:
    """Send one share; returns Stripe's number for it. One that may have been sent long ago is looked for first."""
    order = item.payable.order
    group = f"purchase-{order.purchase.number}" if order else f"payout-{payout.number}"
    if payout.asked_at < timezone.now() - KEY_REMEMBERED:
        made = gateway.transfer_of(group=group, item=str(item.pk))
        if made:
            return made
    key = f"payout-{payout.key}-{item.pk}"
    return gateway.transfer(key=key, account=account, fen=item.fen, group=group, item=str(item.pk))


def undone(payout, parts: dict[int, str], refusal: gateway.Refused) -> Sent:
    """Call back what was sent before one share was refused; while that fails, nothing is certain."""
    fen = dict(payout.items.filter(pk__in=parts).values_list("pk", "fen"))
    try:
        for item, number in parts.items():
            gateway.call_back(key=f"undo-{payout.key}-{item}", transfer=number, fen=fen[item])
    except (gateway.Refused, gateway.Unavailable):
        return Sent(Fate.PENDING)
    return Sent(Fate.REFUSED, reason=refusal.code or str(refusal)[:200])


def came_back_unheard(recall) -> int:
    """Fen of this part that came back already while the answer was lost on its way: asking again would take them twice."""
    known = gateway.transfer_if_known(recall.item.reference)
    return known.called_back - recall.item.recalled_fen if known else 0


def returned(back: gateway.CalledBack) -> Returned:
    return Returned(back.fen, back.number)
