"""An agreement opens the cooperative's goods to the partner's seller on our storefront, and closes them again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.sales.storefront import account_of
from marketplace.core import audit
from marketplace.core.refusal import Refusal
from marketplace.order.models import Line
from marketplace.partner import actions as partners
from marketplace.partner.models import Partner, StockPool

from . import actions
from .actions import locked
from .models import Agreement, AgreementSupply
from .states import AgreementState

OPEN_STATES = (AgreementState.SIGNED, AgreementState.ACTIVE)


def pools_of(agreement: Agreement):
    """Piles of loose goods of the cooperative: of the seller or the producer it stands behind."""
    cooperative = agreement.cooperative
    pools = StockPool.objects.none()
    if cooperative.seller_id:
        pools |= StockPool.objects.filter(seller=cooperative.seller_id)
    if cooperative.producer_id:
        pools |= StockPool.objects.filter(producer=cooperative.producer_id)
    return pools


@transaction.atomic
def open_goods(
    *, agreement: Agreement, pool: StockPool | None, kg: int | None, floor: Decimal | None, by, at, on: date
) -> AgreementSupply:
    """The partner's seller may sell these goods until the agreement ends, for not less than the floor price (by default the
    agreed one). Without a pool a new one of ``kg`` is made. Open already: nothing changes. Raises Refusal."""
    agreement = locked(agreement)
    known = agreement.supplies.filter(grant__revoked_at=None).first()
    if known is not None:
        return known
    seller = shop_of(agreement, on)
    floor = floor or agreement.price
    if not floor:
        raise Refusal(_("Say the floor price per kg: the agreement names none."))
    pool = pool or new_pool(agreement, kg, by)
    grant = partners.grant_supply(
        pool=pool,
        seller=seller,
        floor_per_kg=floor,
        starts_on=max(on, agreement.begins_on),
        ends_on=agreement.ends_on,
        by=by,
        at=at,
    )
    made = AgreementSupply.objects.create(agreement=agreement, grant=grant, by=by, at=at)
    actions.note(agreement, "open_goods", by=by, at=at)
    return made


def shop_of(agreement: Agreement, on: date) -> Partner:
    """The partner's shop; Refusal where nothing can be opened to it."""
    if agreement.state not in OPEN_STATES or agreement.ends_on < on:
        raise Refusal(_("Only an agreement in force can open goods."))
    if agreement.partner.seller is None:
        raise Refusal(_("Note first which shop of our storefront the partner runs."))
    return agreement.partner.seller


def new_pool(agreement: Agreement, kg: int | None, by) -> StockPool:
    """A pile of the cooperative's goods, as much as was said."""
    cooperative = agreement.cooperative
    if not kg:
        raise Refusal(_("Choose the loose goods, or say how many kilograms there are."))
    if cooperative.seller is None and cooperative.producer is None:
        raise Refusal(_("Note first which shop or producer the cooperative stands behind."))
    owner = {"seller": cooperative.seller} if cooperative.seller else {"producer": cooperative.producer}
    return partners.make_pool(name=agreement.goods, grams=kg * 1000, by=by, **owner)


@transaction.atomic
def close_goods(*, agreement: Agreement, by, at) -> int:
    """Nobody can order them under this agreement any more; what was ordered is still sent. Returns how many were open."""
    agreement = locked(agreement)
    closed = actions.close_supplies(agreement, by=by, at=at)
    if closed:
        actions.note(agreement, "close_goods", by=by, at=at)
    return closed


def count_lines(lines) -> None:
    """What was bought under a grant of an agreement counts for it: the pack's code at this shop, from now on. Safe to repeat."""
    found = Line.objects.filter(pk__in=lines).select_related("order__seller", "stockrecord__grant")
    supplies = {
        supply.grant_id: supply.agreement
        for supply in AgreementSupply.objects.filter(grant__in=[line.stockrecord.grant_id for line in found if line.stockrecord])
        .select_related("agreement")
    }  # fmt: skip
    for line in found:
        agreement = supplies.get(line.stockrecord.grant_id) if line.stockrecord else None
        if agreement is not None and line.order.seller is not None:
            count_line(agreement, line)


def count_line(agreement: Agreement, line: Line) -> None:
    """One of them. A code that counts for another agreement already stays there; staff see it on the page of both."""
    account = account_of(line.order.seller)
    try:
        actions.count_good(agreement=agreement, account=account, code=line.partner_sku, by=None)
    except Refusal:
        audit.record("agreement.good_taken", of=agreement, account=account.pk)
