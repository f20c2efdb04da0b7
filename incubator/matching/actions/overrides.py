"""Pins and bans: what staff decide by hand, with a reason, and a second person where a hard rule is broken."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal

from ..engine.feasibility import broken, codes
from ..engine.market import build
from ..inputs import partner_of, product_of, read_partner, read_product
from ..models import Fair, FairPartner, FairProduct, Override
from .entries import pins_of
from .fairs import open_for_changes


@transaction.atomic
def place_override(
    *, fair: Fair, kind: str, product: FairProduct, partner: FairPartner, reason: str, by, at
) -> Override:
    """Pin or ban a pair from the next run on; the same a second time is the one that stands. Raises Refusal."""
    fair = open_for_changes(fair)
    standing = fair.overrides.standing().filter(product=product, partner=partner).first()
    if standing is not None and standing.kind == kind:
        return standing
    if standing is not None:
        raise Refusal(_("This pair is pinned or banned already. Take that back first."))
    if kind == Override.Kind.PIN:
        refuse_more_pins_than_slots(fair, product, partner)
    rules = rules_broken(product, partner) if kind == Override.Kind.PIN else []
    made = Override.objects.create(
        fair=fair,
        kind=kind,
        product=product,
        partner=partner,
        reason=reason,
        broken=rules,
        needs_second=bool(rules),
        by=by,
        at=at,
    )
    audit.record(f"fair.{kind}", of=made, by=by, rules=",".join(rules))
    return made


def rules_broken(product: FairProduct, partner: FairPartner) -> list[str]:
    """The hard rules this pair breaks."""
    market = build([read_product(product_of(product))], [read_partner(partner_of(partner))])
    return codes(int(broken(*market.pairs)[0, 0]))


def refuse_more_pins_than_slots(fair: Fair, product: FairProduct, partner: FairPartner) -> None:
    """Nobody is promised to more than she can serve."""
    for side in (product, partner):
        if pins_of(fair, side) >= side.slots:
            raise Refusal(_("%(who)s has no slot left for another pin.") % {"who": side})


@transaction.atomic
def approve_override(*, override: Override, by, at) -> Override:
    """A second person says yes to a pin against a hard rule. Raises Refusal for whoever placed it."""
    open_for_changes(override.fair)
    override = Override.objects.select_for_update().get(pk=override.pk)
    if not override.waits_for_second:
        return override
    if override.by_id == by.pk:
        raise Refusal(_("A second person has to approve this; you placed it yourself."))
    override.approved_by, override.approved_at = by, at
    override.save(update_fields=["approved_by", "approved_at"])
    audit.record("fair.override_approved", of=override, by=by)
    return override


@transaction.atomic
def remove_override(*, override: Override, by, at) -> Override:
    """Take a pin or ban back; runs made with it stay as they are."""
    open_for_changes(override.fair)
    override = Override.objects.select_for_update().get(pk=override.pk)
    if override.removed_at is None:
        override.removed_by, override.removed_at = by, at
        override.save(update_fields=["removed_by", "removed_at"])
        audit.record("fair.override_removed", of=override, by=by)
    return override
