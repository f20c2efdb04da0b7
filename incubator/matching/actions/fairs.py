"""A fair as a whole: planned, moved on, and the members it brought."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.members.models import Cooperative, EcommercePartner
from marketplace.accounts import roles
from marketplace.core import audit
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from ..models import Fair, FairPartner, FairProduct


def locked(fair: Fair) -> Fair:
    """The fair as it stands, and nobody else changes it meanwhile."""
    return Fair.objects.select_for_update().get(pk=fair.pk)


def open_for_changes(fair: Fair) -> Fair:
    """The locked fair; Refusal once it has met."""
    fair = locked(fair)
    if not fair.may_change:
        raise Refusal(_("This fair has moved on to its meetings. Registrations, pins and runs can no longer change."))
    return fair


@transaction.atomic
def plan_fair(*, by, **values: Any) -> Fair:
    """A new fair; the same name, place and day a second time is the fair that is there already."""
    key = {name: values.pop(name) for name in ("name", "area", "held_on")}
    fair, made = Fair.objects.get_or_create(**key, defaults=values | {"by": by})
    if made:
        audit.record("fair.planned", of=fair, by=by)
    return fair


@transaction.atomic
def move(*, fair: Fair, move: str, by) -> Fair:
    """Move a fair on to its next part; meetings need an approved run. Raises Refusal."""
    fair = locked(fair)
    if move == "meet" and fair.plan_id is None:
        raise Refusal(_("Approve a match run first: meetings are made from it."))
    try:
        fair.move(move)
    except (IllegalMove, KeyError):
        raise Refusal(_("The fair has moved on meanwhile. Please look at it again.")) from None
    fair.save(update_fields=["state"])
    audit.record(f"fair.{move}", of=fair, by=by)
    return fair


@transaction.atomic
def enrol_strangers(*, fair: Fair, by) -> int:
    """Make members of everybody registered whom we do not know yet; returns how many. A second time there is nobody left."""
    fair = locked(fair)
    made = enrol_cooperatives(fair) + enrol_partners(fair)
    if made:
        audit.record("fair.members_enrolled", of=fair, by=by, made=made)
    return made


def enrol_cooperatives(fair: Fair) -> int:
    """One cooperative for each name and county."""
    made = 0
    for row in fair.products.filter(cooperative=None).order_by("code"):
        same = list(Cooperative.objects.active().filter(name=row.cooperative_name, area=row.county)[:2])
        if len(same) > 1 or not row.county.startswith(roles.stem(fair.area)):
            continue  # two of one name, or another place's member: staff there say which
        member = same[0] if same else None
        if member is None:
            member = Cooperative.objects.create(
                code=free_code(Cooperative.objects, row.code),
                name=row.cooperative_name,
                area=row.county,
                is_weak=row.is_weak,
                is_sample=fair.is_sample,
            )
            made += 1
        if row.category not in member.categories:
            member.categories = [*member.categories, row.category]
            member.save(update_fields=["categories"])
        FairProduct.objects.filter(pk=row.pk).update(cooperative=member)
    return made


SAME = ("name", "kind", "outlets", "categories", "regions", "required_schemes", "has_cold_chain", "season_from")
ALSO = ("season_to", "commission_percent", "slots")


def enrol_partners(fair: Fair) -> int:
    """One e-commerce partner for each entry; whoever comes from elsewhere is noted at the place of the fair."""
    made = 0
    for row in fair.partners.filter(partner=None).order_by("code"):
        same = list(EcommercePartner.objects.active().filter(name=row.name, area=fair.area)[:2])
        if len(same) > 1:
            continue
        member = same[0] if same else None
        if member is None:
            member = EcommercePartner.objects.create(
                code=free_code(EcommercePartner.objects, row.code),
                area=fair.area,
                min_volume_t=round(row.min_volume_t, 1),
                price_from=round(row.price_from, 2),
                price_to=round(row.price_to, 2),
                reliability=None if row.reliability is None else round(row.reliability, 1),
                is_sample=fair.is_sample,
                **{name: getattr(row, name) for name in (*SAME, *ALSO)},
            )
            made += 1
        FairPartner.objects.filter(pk=row.pk).update(partner=member)
    return made


def free_code(rows, wanted: str) -> str:
    """The code itself, or with a number behind it if one of these rows has it."""
    taken = set(rows.filter(code__startswith=wanted[:14]).values_list("code", flat=True))
    candidates = [wanted, *(f"{wanted[:14]}-{number}" for number in range(2, len(taken) + 3))]
    return next(code for code in candidates if code not in taken)
