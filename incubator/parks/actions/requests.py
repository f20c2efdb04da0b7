"""What teams ask for: goods to sell lead to a fair, capital to a referral."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.matching import actions as matching
from incubator.matching.models import Fair
from incubator.members.models import StrategicPartner
from marketplace.accounts import roles
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove

from ..models import Referral, RequestKind, ServiceRequest, Tenancy
from ..states import NEEDS_REASON, REFERRAL_MOVES, REQUEST_MOVES, ReferralState, RequestState
from .tenancies import locked, note


def open_fairs(place: str, on: date):
    """Fairs of this place, or of one it lies in, that one can still register for; the next one first."""
    fairs = Fair.objects.filter(state__in=["planned", "registration", "matched"], held_on__gte=on)
    return [fair for fair in fairs.order_by("held_on", "pk") if place.startswith(roles.stem(fair.area))]


@transaction.atomic
def ask_for(
    *, tenancy: Tenancy, kind: str, words: str, key: UUID, by, at, on: date, amount: Decimal | None = None
) -> ServiceRequest:
    """A team asks for something. Capital opens a referral at once; goods to sell register it for the next open fair where
    that can be done already. The same ``key`` again is the same request."""
    tenancy = locked(tenancy)
    known = ServiceRequest.objects.filter(key=key, tenancy=tenancy).first()
    if known is not None:
        return known
    if not tenancy.is_housed:
        raise Refusal(_("Only a team that was approved can ask for services."))
    made = ServiceRequest.objects.create(tenancy=tenancy, kind=kind, words=words, key=key, asked_at=at)
    note(tenancy, "asked", by=by, at=at, subject=kind)
    if kind == RequestKind.CAPITAL:
        Referral.objects.create(request=made, amount=amount)
    if kind == RequestKind.SUPPLY:
        open_supply(made, by, at, on)
    return made


def open_supply(request: ServiceRequest, by, at, on: date) -> None:
    """Register the team for the next fair if it trades as a partner whose terms are known; otherwise staff do it later."""
    fairs = open_fairs(request.tenancy.park.area, on)
    if fairs and request.tenancy.partner_id:
        try:
            register_for_fair(request=request, fair=fairs[0], by=by, at=at)
        except Refusal:
            return


@transaction.atomic
def register_for_fair(*, request: ServiceRequest, fair: Fair, by, at) -> ServiceRequest:
    """The team takes part in this fair as the partner it trades as. A second time changes nothing. Raises Refusal."""
    tenancy = locked(request.tenancy)
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.kind != RequestKind.SUPPLY:
        raise Refusal(_("Only a request for goods to sell leads to a fair."))
    if tenancy.partner is None:
        raise Refusal(_("Say first as which e-commerce partner this team trades."))
    if request.fair_entry_id and request.fair_entry.fair_id == fair.pk:
        return request
    request.fair_entry = matching.register_partner(fair=fair, partner=tenancy.partner, by=by)
    request.owner, request.state = request.owner or by, RequestState.IN_PROGRESS
    request.save()
    note(tenancy, "registered", by=by, at=at, subject=f"fair:{fair.pk}")
    return request


@transaction.atomic
def move_request(*, request: ServiceRequest, move: str, owner, words: str, by, at) -> ServiceRequest:
    """One step on; whoever takes it is its owner. Raises Refusal."""
    tenancy = locked(request.tenancy)
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    try:
        request.state = REQUEST_MOVES.target(move, request.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("The request has moved on meanwhile. Please look at it again.")) from None
    if move in NEEDS_REASON and not words.strip():
        raise Refusal(_("Say why, in a few words."))
    request.owner = owner or request.owner or by
    request.save()
    note(tenancy, f"request_{move}", by=by, at=at, subject=request.kind, words=words)
    return request


@transaction.atomic
def move_referral(
    *, referral: Referral, move: str, lender: StrategicPartner | None, amount: Decimal | None, on: date, by, at
) -> Referral:
    """Sent to a lender, granted or declined; the request goes along. Raises Refusal."""
    tenancy = locked(referral.request.tenancy)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("request").get(pk=referral.pk)
    try:
        referral.state = REFERRAL_MOVES.target(move, referral.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("The referral has moved on meanwhile. Please look at it again.")) from None
    referral.lender, referral.amount = lender or referral.lender, amount or referral.amount
    if referral.state == ReferralState.SENT:
        if referral.lender is None:
            raise Refusal(_("Say to whom it is sent."))
        referral.sent_on, referral.answered_on = on, None
    else:
        referral.answered_on = on
    referral.save()
    carry_request_along(referral, by)
    note(tenancy, f"referral_{move}", by=by, at=at, subject="capital")
    return referral


AFTER_REFERRAL = {
    ReferralState.SENT: RequestState.IN_PROGRESS,
    ReferralState.GRANTED: RequestState.DONE,
    ReferralState.DECLINED: RequestState.UNMET,
}


def carry_request_along(referral: Referral, by) -> None:
    """The request stands where its referral leads it."""
    request = referral.request
    request.state, request.owner = AFTER_REFERRAL[ReferralState(referral.state)], request.owner or by
    request.save(update_fields=["state", "owner"])
