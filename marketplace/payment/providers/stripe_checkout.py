"""Stripe's hosted Checkout: card, Alipay and WeChat Pay on a page of Stripe's. The row that asks is written before the call."""

import uuid
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from marketplace.core.money import to_fen, to_yuan

from .. import stripe_gateway as gateway
from ..models import Said, StripeSession
from .interface import Next, Outcome, RefundResult, Report, Unavailable

PAGE_OPEN = timedelta(minutes=61)
"""A page lives at least 30 minutes with Stripe, and a purchase no longer than that here; what is paid later goes back."""
STILL_LONG_ENOUGH = timedelta(minutes=31)


class StripeCheckout:
    """One session of Checkout per attempt."""

    code = "stripe"

    @property
    def time_to_pay(self):
        return timedelta(minutes=settings.UNPAID_ONLINE_MINUTES)

    @property
    def label(self):
        return _("Bank card, Alipay or WeChat Pay")

    @property
    def explanation(self):
        if settings.STRIPE_IS_STAND_IN:
            return _("No money moves: a stand-in takes the provider's place.")
        return _("You pay on a page of our payment provider and come back here.")

    def refuses(self, total: Decimal, province: str | None) -> str:
        return ""

    def start(self, attempt) -> Next:
        """The open page of the attempt, or a new one; once it was paid there, the page that finds out."""
        row = row_for(attempt)
        if row.number:
            found = must(gateway.session, row.number)
            if not found.is_expired:
                return Next(found.url or reverse("payment:back", args=[attempt.key]))
            renew(row)
        made = must(gateway.open_session, asked(row, attempt))
        note(row, made)
        return Next(made.url)

    def status(self, attempt) -> Report:
        row = StripeSession.objects.filter(attempt=attempt).exclude(number="").first()
        if row is None:
            return Report(Outcome.PENDING)
        found = must(gateway.session, row.number)
        note(row, found)
        return report_of(found)

    def cancel(self, attempt) -> None:
        """Close the page. One that was paid meanwhile stays as it is: the money is found by asking."""
        row = StripeSession.objects.filter(attempt=attempt).exclude(number="").first()
        if row is not None:
            with suppress(gateway.Refused):
                ask(gateway.expire_session, row.number)

    def refund(self, refund) -> RefundResult:
        """Through Stripe as long as it can; after the wallet's time is over a person sends it."""
        row = StripeSession.objects.filter(attempt=refund.attempt).exclude(intent="").first()
        if row is None:
            return RefundResult(done=False)
        try:
            answer = ask(returned, refund, row)
        except gateway.Refused:
            return RefundResult(done=False)
        return RefundResult(
            done=answer.status == "succeeded",
            reference=answer.number,
            is_under_way=answer.status in {"pending", "requires_action"},
            has_failed=answer.status in {"failed", "canceled"},
        )


def ask(call, *args):
    """Call Stripe; no answer is Unavailable here as everywhere."""
    try:
        return call(*args)
    except gateway.Unavailable as error:
        raise Unavailable(str(error)) from error


def must(call, *args):
    """Call Stripe for what it cannot refuse us by right; if it does, it cannot say how things stand."""
    try:
        return ask(call, *args)
    except gateway.Refused as refusal:
        raise Unavailable(refusal.code) from refusal


@transaction.atomic
def row_for(attempt) -> StripeSession:
    """The attempt's row. One whose call was never answered long ago gets a new key: nobody was shown what it may have made."""
    end = timezone.now() + PAGE_OPEN
    row, _made = StripeSession.objects.select_for_update().get_or_create(attempt=attempt, defaults={"expires_at": end})
    if not row.number and row.expires_at < timezone.now() + STILL_LONG_ENOUGH:
        renew(row)
    return row


def renew(row: StripeSession) -> None:
    """Another page for the same attempt; the one before it is dead."""
    row.key, row.expires_at = uuid.uuid4(), timezone.now() + PAGE_OPEN
    row.number, row.said, row.settled_at = "", "", None
    row.save(update_fields=["key", "number", "expires_at", "said", "settled_at"])


def asked(row: StripeSession, attempt) -> gateway.Asked:
    """What the page is made from; the same every time for the same key."""
    purchase = attempt.purchase
    with translation.override(purchase.language):
        back, given_up = reverse("payment:back", args=[attempt.key]), purchase.get_absolute_url()
        words = _("Yanxing purchase %(number)s") % {"number": purchase.number}
    return gateway.Asked(
        key=f"pay-{row.key}",
        attempt=str(attempt.key),
        fen=to_fen(attempt.amount),
        words=words,
        group=f"purchase-{purchase.number}",
        success_url=address(back),
        cancel_url=address(given_up),
        expires_at=int(row.expires_at.timestamp()),
        locale="en" if purchase.language.startswith("en") else "zh",
    )


def address(path: str) -> str:
    """A page of ours as the outside names it."""
    return settings.SITE_URL.rstrip("/") + path


def note(row: StripeSession, found: gateway.Session) -> None:
    """Keep the provider's numbers, the page's address, and what was said; nothing of a page that was replaced meanwhile."""
    row.number, row.url, row.intent = found.number, found.url, found.intent or row.intent
    row.said, row.asked_at = said(found), timezone.now()
    StripeSession.objects.filter(pk=row.pk, key=row.key).update(
        number=row.number, url=row.url, intent=row.intent, said=row.said, asked_at=row.asked_at
    )


def said(found: gateway.Session) -> Said:
    if found.is_paid:
        return Said.PAID
    return Said.OVER if found.is_expired or found.has_failed else Said.OPEN


def report_of(found: gateway.Session) -> Report:
    """What a page says of the money. Money in another currency is never taken for ours: staff have to look."""
    if found.is_paid and found.currency == "cny":
        fee = None if found.fee is None else to_yuan(found.fee)
        return Report(Outcome.SUCCEEDED, found.intent, to_yuan(found.arrived), fee)
    if found.is_expired or found.has_failed:
        return Report(Outcome.FAILED)
    return Report(Outcome.PENDING)


def returned(refund, row: StripeSession) -> gateway.Refunded:
    """The refund as Stripe knows it, asked for if it does not."""
    if refund.reference:
        return gateway.refund(refund.reference)
    if refund.created_at < timezone.now() - gateway.KEY_REMEMBERED:
        made = gateway.refund_of(intent=row.intent, refund=str(refund.key))
        if made is not None:
            return made
    key, fen = f"refund-{refund.key}", to_fen(refund.amount)
    return gateway.give_back(key=key, intent=row.intent, fen=fen, refund=str(refund.key))
