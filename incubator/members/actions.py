"""What is done with bodies, their members, and strategic partners with their programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from .models import Body, Cooperative, EcommercePartner, Membership, MembershipChange, Programme, StrategicPartner
from .models.bodies import MEMBERSHIP_MOVES, MembershipState

Member = Cooperative | EcommercePartner


@transaction.atomic
def link_shop(*, member: Member, by, **links: Any) -> None:
    """Say which shop a member sells in, and which producer a cooperative stands behind; None for none. Sales and goods opened by
    agreement follow from it. Refusal where somebody else stands behind this producer."""
    if all(getattr(member, name) == link for name, link in links.items()):
        return
    for name, link in links.items():
        setattr(member, name, link)
    try:
        with transaction.atomic():
            member.save(update_fields=list(links))
    except IntegrityError:
        raise Refusal(_("Another cooperative stands behind this producer.")) from None
    audit.record("member.shop_linked", of=member, by=by, **{name: link and link.pk for name, link in links.items()})


@transaction.atomic
def found_body(*, by, **values: Any) -> Body:
    """A new federation or association; the same name again is the one that is there."""
    body, made = Body.objects.get_or_create(name=values.pop("name"), defaults=values)
    if made:
        audit.record("body.founded", of=body, by=by)
    return body


@transaction.atomic
def join(*, body: Body, member: Member, role: str, on: date, by) -> Membership:
    """A member applies to a body; whoever belongs to it already is refused, whoever left may come back."""
    column = "cooperative" if isinstance(member, Cooperative) else "partner"
    if body.kind == Body.Kind.FEDERATION and column != "cooperative":
        raise Refusal(_("Only cooperatives join a federation."))
    try:
        with transaction.atomic():
            made = Membership.objects.create(body=body, role=role, state=MembershipState.APPLIED, **{column: member})
    except IntegrityError:
        raise Refusal(_("It belongs to this body already.")) from None
    write_down(made, "applied", on, by)
    return made


@transaction.atomic
def move(*, membership: Membership, move: str, on: date, by) -> Membership:
    """One step of a membership, from this day on. A day before its last step is refused: past rosters never change."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    last = membership.changes.order_by("-on", "-pk").first()
    if last is not None and on < last.on:
        raise Refusal(_("This day lies before the last change of the membership."))
    try:
        membership.state = MEMBERSHIP_MOVES.target(move, membership.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("The membership has changed meanwhile. Please look at it again.")) from None
    membership.save(update_fields=["state"])
    write_down(membership, move, on, by)
    return membership


def write_down(membership: Membership, move: str, on: date, by) -> None:
    """A row of the history that rosters are read from, and one of the audit trail."""
    MembershipChange.objects.create(membership=membership, state=membership.state, on=on, by=by)
    audit.record(f"membership.{move}", of=membership, by=by, on=on)


@transaction.atomic
def enlist(*, by, **values: Any) -> StrategicPartner:
    """A new strategic partner; the same name again is the one that is there."""
    partner, made = StrategicPartner.objects.get_or_create(name=values.pop("name"), defaults=values)
    if made:
        audit.record("strategic_partner.enlisted", of=partner, by=by)
    return partner


@transaction.atomic
def offer(*, partner: StrategicPartner, by, **values: Any) -> Programme:
    """A programme of a strategic partner; the same name again is the one that is there."""
    programme, made = Programme.objects.get_or_create(partner=partner, name=values.pop("name"), defaults=values)
    if made:
        audit.record("programme.offered", of=programme, by=by)
    return programme


@transaction.atomic
def take_part(*, programme: Programme, member: Member, by) -> None:
    """A member takes part; a second time changes nothing."""
    members: Any = programme.cooperatives if isinstance(member, Cooperative) else programme.ecommerce_partners
    members.add(member)
    audit.record("programme.joined", of=programme, by=by, member=f"{member._meta.model_name}:{member.pk}")


@transaction.atomic
def leave_programme(*, programme: Programme, member: Member, by) -> None:
    """It takes part no more."""
    members: Any = programme.cooperatives if isinstance(member, Cooperative) else programme.ecommerce_partners
    members.remove(member)
    audit.record("programme.left", of=programme, by=by, member=f"{member._meta.model_name}:{member.pk}")
