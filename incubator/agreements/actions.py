"""What is done with agreements."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from incubator.sales import rollups
from incubator.sales.models import ChannelAccount
from marketplace.core import audit, events
from marketplace.core.refusal import Refusal
from marketplace.core.states import IllegalMove
from marketplace.partner import actions as supply_grants

from .models import Agreement, AgreementGood, AgreementMove
from .states import BINDING, MOVES


@transaction.atomic
def draw_up(*, by, at, **terms: Any) -> Agreement:
    """A new letter of intent; a proposal that has an agreement already keeps that one."""
    if terms.get("proposal") is not None:
        known = Agreement.objects.filter(proposal=terms["proposal"]).exclude(state="dropped").first()
        if known is not None:
            return known
    made = Agreement.objects.create(by=by, made_at=at, **terms)
    note(made, "draw_up", by=by, at=at)
    return made


@transaction.atomic
def change_terms(*, agreement: Agreement, by, at, **terms: Any) -> Agreement:
    """Change a letter of intent; Refusal for anything that was handed in."""
    agreement = locked(agreement)
    if not agreement.is_open:
        raise Refusal(_("The terms can no longer change. Send it back first, or draw up a new one."))
    for name, value in terms.items():
        setattr(agreement, name, value)
    agreement.save()
    audit.record("agreement.changed", of=agreement, by=by)
    return agreement


def locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def note(agreement: Agreement, move: str, *, by, at, words: str = "") -> None:
    """A row of the timeline and one of the audit trail."""
    AgreementMove.objects.create(agreement=agreement, move=move, state=agreement.state, note=words[:200], by=by, at=at)
    audit.record(f"agreement.{move}", of=agreement, by=by)


@transaction.atomic
def move(
    *, agreement: Agreement, move: str, by, at, words: str = "", on: date | None = None, read: str | None = None
) -> Agreement:
    """One step on. Whoever handed an agreement in cannot check it; signing needs the signed paper, and terms that are those of
    the page (``read`` is its mark). Raises Refusal."""
    agreement = locked(agreement)
    try:
        agreement.state = MOVES.target(move, agreement.state)
    except (IllegalMove, KeyError):
        raise Refusal(_("The agreement has moved on meanwhile. Please look at it again.")) from None
    agreement.refuse_unread(read)
    prepare = {"submit": submit, "send_back": send_back, "sign": sign}.get(move)
    if prepare is not None:
        prepare(agreement, by, on)
    agreement.save()
    note(agreement, move, by=by, at=at, words=words)
    if move == "sign":
        sums_follow(agreement)
        events.announce("agreement_signed", agreement=agreement.pk)
    if move == "end":
        close_supplies(agreement, by=by, at=at)
    return agreement


def close_supplies(agreement: Agreement, *, by, at) -> int:
    """No goods can be ordered under it any more; returns how many grants were open."""
    opened = list(agreement.supplies.filter(grant__revoked_at=None).select_related("grant"))
    for supply in opened:
        supply_grants.revoke_supply(grant=supply.grant, by=by, at=at)
    return len(opened)


def submit(agreement: Agreement, by, _on: date | None) -> None:
    if not agreement.file:
        raise Refusal(_("Upload the signed paper first: the second person has to see it."))
    agreement.submitted_by = by


def send_back(agreement: Agreement, _by, _on: date | None) -> None:
    agreement.submitted_by = None


def sign(agreement: Agreement, by, on: date | None) -> None:
    """Both sides are bound from this day."""
    if by.pk == agreement.submitted_by_id:
        raise Refusal(_("A second person has to check it; you handed it in yourself."))
    if on is None:
        raise Refusal(_("Say on which day it was signed."))
    agreement.checked_by, agreement.signed_on = by, on
    refuse_shared_goods(agreement)


@transaction.atomic
def count_good(*, agreement: Agreement, account: ChannelAccount, code: str, by) -> AgreementGood:
    """Sales of this code by this account count for the agreement; a second time changes nothing. Raises Refusal."""
    agreement = locked(agreement)
    ChannelAccount.objects.select_for_update().get(pk=account.pk)
    good, made = AgreementGood.objects.get_or_create(agreement=agreement, account=account, code=code.strip())
    if made:
        refuse_shared_goods(agreement)
        sums_follow(agreement, account.pk)
        audit.record("agreement.good_counted", of=agreement, by=by, account=account.pk)
    return good


@transaction.atomic
def leave_out_good(*, good: AgreementGood, by) -> None:
    """Its sales count for the agreement no more."""
    agreement = locked(good.agreement)
    if AgreementGood.objects.filter(pk=good.pk).delete()[0]:
        sums_follow(agreement, good.account_id)
        audit.record("agreement.good_left_out", of=agreement, by=by)


def refuse_shared_goods(agreement: Agreement) -> None:
    """No sale may count for two agreements: the same code of the same account in the same days belongs to one of them."""
    if agreement.state not in BINDING:
        return
    for good in agreement.counted.select_related("account"):
        taken = AgreementGood.objects.filter(
            account=good.account,
            code=good.code,
            agreement__state__in=BINDING,
            agreement__begins_on__lte=agreement.ends_on,
            agreement__ends_on__gte=agreement.begins_on,
        ).exclude(agreement=agreement)
        if taken.exists():
            said = _("%(code)s of %(account)s counts for another agreement in these days.")
            raise Refusal(said % {"code": good.code, "account": good.account})


def sums_follow(agreement: Agreement, *accounts: int) -> None:
    """The sums by agreement are brought up to date, of these accounts or of all that count for it."""
    if agreement.is_binding:
        rollups.attribute_anew(accounts or agreement.counted.values_list("account", flat=True))
