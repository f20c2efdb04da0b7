"""How much of what is supplied goes to which agreed pair of a fair."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from incubator.matching.engine.tonnes import Pair, Split, split_kg
from incubator.matching.models import Fair
from marketplace.core import audit

from .actions import change_terms
from .models import Agreement
from .states import AgreementState

HUNDRED, KG_PER_TONNE = Decimal(100), 1000


@dataclass(frozen=True)
class Share:
    """One agreement with what it says now and what would bring most."""

    agreement: Agreement
    kg: int

    @property
    def is_fixed(self) -> bool:
        return not self.agreement.is_open

    @property
    def is_change(self) -> bool:
        return not self.is_fixed and self.kg > 0 and self.kg != self.agreement.volume_kg


def agreements_of(fair: Fair) -> list[Agreement]:
    """Of the fair's proposals, whatever run they come from; dropped ones are gone."""
    found = Agreement.objects.filter(proposal__run__fair=fair).exclude(state=AgreementState.DROPPED)
    chosen = found.select_related("cooperative", "partner", "proposal__product", "proposal__partner")
    return list(chosen.order_by("pk"))


def pair_of(agreement: Agreement) -> Pair:
    """What a kilogram brings: the agreed price, or where the market decides the middle of what the partner pays."""
    entry = agreement.proposal.partner
    price = agreement.price or (entry.price_from + entry.price_to) / 2
    net = price * (HUNDRED - agreement.commission_percent)
    fixed = None if agreement.is_open else agreement.volume_kg
    return Pair(agreement.pk, agreement.proposal.product_id, agreement.proposal.partner_id, int(net), fixed)


def capacity_of(agreement: Agreement) -> int | None:
    """Kilograms a year: what the partner takes a month, in the months in which both trade; None where nobody knows."""
    monthly = agreement.partner.monthly_capacity_t
    if monthly is None:
        return None
    months = agreement.proposal.partner.season
    return int(monthly * KG_PER_TONNE * len(months))


def shares(fair: Fair) -> tuple[list[Share], Split]:
    """The best split of today's agreements of a fair."""
    found = agreements_of(fair)
    split = split_kg(
        [pair_of(each) for each in found],
        {each.proposal.product_id: int(each.proposal.product.volume_t * KG_PER_TONNE) for each in found},
        {each.proposal.partner_id: capacity_of(each) for each in found},
    )
    return [Share(each, split.kg[each.pk]) for each in found], split


@transaction.atomic
def take_over(*, fair: Fair, by, at) -> int:
    """Write the split into the letters of intent that are still open; returns how many changed. Nothing becomes less than 1 kg:
    an agreement for which nothing is left keeps its volume, for staff to drop."""
    Fair.objects.select_for_update().get(pk=fair.pk)
    changes = [share for share in shares(fair)[0] if share.is_change]
    for share in changes:
        change_terms(agreement=share.agreement, volume_kg=share.kg, by=by, at=at)
    if changes:
        audit.record("fair.tonnes_split", of=fair, by=by, agreements=len(changes))
    return len(changes)
