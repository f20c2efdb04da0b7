"""Cash on delivery after the courier has it: handing it over, whole, short or over."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.money import to_fen

from . import ledger, postings
from .kinds import Place
from .models import Payable, Remittance


class NothingToHandOver(Exception):
    """None of the orders named has cash with a courier; ``for_people`` says so."""

    @property
    def for_people(self) -> str:
        return _("Please choose orders whose cash is still with the courier.")


def with_couriers():
    """Payables whose cash nobody has handed over yet."""
    return Payable.objects.filter(place=Place.COURIER, remittance=None).select_related("order__seller").order_by("pk")


@transaction.atomic
def hand_over(*, payables: Sequence[int], received: Decimal, reference: str, by, at) -> Remittance:
    """A courier handed over ``received`` yuan for these payables (ids). Short or over, the sellers get their shares."""
    shares = list(with_couriers().filter(pk__in=payables).select_for_update(of=("self",)))
    if not shares:
        raise NothingToHandOver
    remittance = Remittance.objects.create(
        reference=reference,
        collected_fen=sum(to_fen(share.order.total) for share in shares),
        received_fen=to_fen(received),
        at=at,
        noted_by=by,
    )
    for share in shares:
        share.remittance = remittance
    Payable.objects.bulk_update(shares, ["remittance"])
    ledger.post([plan_of(remittance)])
    audit.record("cash.handed_over", of=remittance, by=by, orders=len(shares))
    return remittance


def plan_of(remittance: Remittance):
    return postings.handed_over(
        remittance=remittance.pk,
        collected=remittance.collected_fen,
        received=remittance.received_fen,
        at=remittance.at,
    )
