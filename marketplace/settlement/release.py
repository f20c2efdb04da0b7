"""From held to available: after receipt and the guard time, while nobody disputes the order."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from marketplace.order.models import Order

from . import cases, ledger, postings
from .kinds import Place
from .models import Payable, PayableState

logger = logging.getLogger(__name__)
AT_ONCE = 500


def ripe(now):
    """Payables whose time has come, disputes aside: received long enough ago, and cash handed over."""
    return (
        Payable.objects.held()
        .filter(order__received_at__lte=now - timedelta(days=settings.SETTLEMENT_GUARD_DAYS))
        .filter(~Q(place=Place.COURIER) | Q(remittance__isnull=False))
    )


def release_ripe(now) -> int:
    """Release what is ripe and undisputed; returns how many. Safe to run at any time, twice."""
    found = dict(ripe(now).order_by("pk").values_list("pk", "order"))
    disputed = cases.disputed(found.values())
    free = [pk for pk, order in found.items() if order not in disputed][:AT_ONCE]
    return sum(release(payable_id=pk, at=now) for pk in free)


@transaction.atomic
def release(*, payable_id: int, at) -> bool:
    """One share becomes available; False if it already was or a case was opened meanwhile.

    The order is locked before its payable, as a refund does it, so the two wait for each other and not in a circle.
    """
    order = Order.objects.select_for_update(of=("self",)).get(payable=payable_id)
    payable = Payable.objects.locked().get(pk=payable_id)
    if payable.state != PayableState.HELD or cases.disputed([order.pk]):
        return False
    payable.move("release")
    payable.available_at = at
    payable.save(update_fields=["state", "available_at"])
    ledger.post([postings.release(order=order.pk, seller=payable.seller_id, fen=payable.due_fen, at=at)])
    return True
