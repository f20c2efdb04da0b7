"""One registration at a time, beside the spreadsheets."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.members.models import EcommercePartner
from marketplace.core import audit
from marketplace.core.refusal import Refusal

from ..models import Fair, FairPartner, FairProduct, Override
from .fairs import ALSO, SAME, free_code, open_for_changes


@transaction.atomic
def register_partner(*, fair: Fair, partner: EcommercePartner, by) -> FairPartner:
    """A member takes part in a fair on the terms we know of it; who is registered already stays as she is. Raises Refusal."""
    fair = open_for_changes(fair)
    known = fair.partners.filter(partner=partner).first()
    if known is not None:
        return known
    if partner.price_from is None or partner.price_to is None or not partner.categories:
        raise Refusal(_("Note first what this partner buys, and at which prices."))
    made = FairPartner.objects.create(
        fair=fair,
        code=free_code(fair.partners, partner.code),
        partner=partner,
        min_volume_t=partner.min_volume_t,
        price_from=partner.price_from,
        price_to=partner.price_to,
        reliability=partner.reliability,
        **{name: getattr(partner, name) for name in (*SAME, *ALSO)},
    )
    audit.record("fair.partner_registered", of=fair, by=by, entry=made.pk)
    return made


@transaction.atomic
def change_slots(*, entry: FairProduct | FairPartner, slots: int, by) -> None:
    """Somebody meets more of the others, or fewer, from the next run on; who cancels meets nobody. Raises Refusal."""
    fair = open_for_changes(entry.fair)
    entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if entry.slots == slots:
        return
    if slots < pins_of(fair, entry):
        raise Refusal(_("%(who)s is pinned to more than that. Take those pins back first.") % {"who": entry})
    audit.record("fair.slots_changed", of=fair, by=by, entry=entry.code, before=entry.slots, after=slots)
    entry.slots = slots
    entry.save(update_fields=["slots"])


def pins_of(fair: Fair, entry: FairProduct | FairPartner) -> int:
    """How many of the others somebody is promised to."""
    side = "product" if isinstance(entry, FairProduct) else "partner"
    return fair.overrides.standing().filter(kind=Override.Kind.PIN, **{side: entry}).count()
