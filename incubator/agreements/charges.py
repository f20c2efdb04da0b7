"""Commission really charged: what the partner kept in a period, against what was agreed of the net sales of that period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from incubator.sales.models import SaleFact
from marketplace.core import audit
from marketplace.core.refusal import Refusal

from .actions import locked
from .fulfilment import goods_of_facts
from .models import Agreement, CommissionCharge

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Charged:
    """One statement beside the sales of its days, in fen; ``net_fen`` 0: nothing was sold, and no percentage exists."""

    charge: CommissionCharge
    net_fen: int

    @property
    def percent(self) -> Decimal | None:
        """What was really kept of net sales, to a tenth; None where nothing was sold."""
        if self.net_fen <= 0:
            return None
        return (HUNDRED * self.charge.fen / self.net_fen).quantize(TENTH, rounding=ROUND_HALF_UP)

    @property
    def agreed_fen(self) -> int:
        share = self.net_fen * self.charge.agreement.commission_percent / HUNDRED
        return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def over_fen(self) -> int:
        """More than agreed; below zero: less."""
        return self.charge.fen - self.agreed_fen


def net_of(agreement: Agreement, since: date, until: date) -> int:
    """Net sales in fen that count for the agreement in these days."""
    facts = SaleFact.objects.current().counted().filter(sold_on__gte=since, sold_on__lte=until)
    sums = facts.filter(Exists(goods_of_facts().filter(agreement=agreement))).sums()
    return sums["gross"] - sums["refunded"]


def charged(agreement: Agreement) -> list[Charged]:
    """All statements of an agreement; nothing recorded is an empty list, and prints 未知."""
    return [
        Charged(charge, net_of(agreement, charge.since, charge.until))
        for charge in agreement.charges.select_related("agreement")
    ]


@transaction.atomic
def record_charge(*, agreement: Agreement, since: date, until: date, fen: int, by, at) -> CommissionCharge:
    """What the partner kept of the sales of these days, by its own statement; the same days a second time correct it.
    Days of two statements never overlap. Raises Refusal."""
    agreement = locked(agreement)
    if not agreement.is_binding:
        raise Refusal(_("Only a signed agreement has sales to keep a commission of."))
    if until < since:
        raise Refusal(_("It cannot end before it begins."))
    others = agreement.charges.filter(since__lte=until, until__gte=since).exclude(Q(since=since, until=until))
    if others.exists():
        raise Refusal(_("These days overlap another statement."))
    charge, made = CommissionCharge.objects.update_or_create(
        agreement=agreement, since=since, until=until, defaults={"fen": fen, "by": by, "at": at}
    )
    audit.record("agreement.charge_recorded" if made else "agreement.charge_corrected", of=charge, by=by, fen=fen)
    return charge
