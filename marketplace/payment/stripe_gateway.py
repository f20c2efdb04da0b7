"""Stripe, as far as we use it: the only module that imports its library. Plain values in, plain values out.

Keys and the address of the server come from the settings. Every call ends within seconds; a call that changes something
carries a key of ours, so that making it again changes nothing.
"""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import stripe
from django.conf import settings

from .silence import Silence

CONNECT_SECONDS, ANSWER_SECONDS = 3, 10
silence = Silence(seconds=15)
"""Whoever waited in vain spares the others that: page after page and purchase after purchase would wait as long."""
TOLERANCE_SECONDS = 300
KEY_REMEMBERED = timedelta(hours=20)
"""Stripe forgets keys after a day; what was asked before that is looked for instead of asked again."""
METHODS = ["card", "alipay", "wechat_pay"]
MONEY = "payment_intent.latest_charge.balance_transaction"


class Unavailable(Exception):
    """No answer, or none that says what happened. Asking again later with the same key does no harm."""


class Refused(Exception):
    """Stripe said no; nothing happened. ``code`` is its word for why."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class BadSignature(Exception):
    """News that Stripe did not send, or did not send now."""


@dataclass(frozen=True)
class Session:
    """A page to pay on. ``arrived`` and ``fee`` are fen; ``fee`` is None where it is not known in yuan."""

    number: str
    url: str
    is_expired: bool
    is_paid: bool
    has_failed: bool
    currency: str
    intent: str
    arrived: int
    fee: int | None


@dataclass(frozen=True)
class Asked:
    """What a page to pay on is made from."""

    key: str
    attempt: str
    fen: int
    words: str
    group: str
    success_url: str
    cancel_url: str
    expires_at: int
    locale: str


@cache
def client_for(key: str, base: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": base} if base else None,
        http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
        max_network_retries=0,
    )


def client() -> stripe.StripeClient:
    return client_for(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@contextmanager
def speaking() -> Iterator[None]:
    """Translates Stripe's errors into our two, and lets nobody wait who can know that it does not answer now."""
    whom, begun = settings.STRIPE_API_BASE, time.monotonic()
    if silence.keeps(whom):
        raise Unavailable("silent")
    try:
        yield
        silence.end(whom)
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        silence.end(whom)
        raise Refused(error.code or "", error.user_message or str(error)) from error
    except stripe.StripeError as error:
        silence.begin(whom) if time.monotonic() - begun >= CONNECT_SECONDS else silence.end(whom)
        raise Unavailable(type(error).__name__) from error


def word(found: Any, name: str) -> str:
    """What we wrote beside a thing of Stripe's when we asked for it; empty if nothing."""
    return (found.to_dict().get("metadata") or {}).get(name, "")


def open_session(asked: Asked) -> Session:
    """A page on which the buyer can pay by card, Alipay or WeChat Pay."""
    line: Any = {
        "quantity": 1,
        "price_data": {"currency": "cny", "unit_amount": asked.fen, "product_data": {"name": asked.words}},
    }
    params: Any = {
        "mode": "payment",
        "payment_method_types": METHODS,
        "payment_method_options": {"wechat_pay": {"client": "web"}},
        "line_items": [line],
        "client_reference_id": asked.attempt,
        "metadata": {"attempt": asked.attempt},
        "payment_intent_data": {"metadata": {"attempt": asked.attempt}, "transfer_group": asked.group},
        "success_url": asked.success_url,
        "cancel_url": asked.cancel_url,
        "expires_at": asked.expires_at,
        "locale": asked.locale,
        "expand": [MONEY],
    }
    with speaking():
        return session_of(client().v1.checkout.sessions.create(params, {"idempotency_key": asked.key}))


def session(number: str) -> Session:
    """How a page stands."""
    with speaking():
        return session_of(client().v1.checkout.sessions.retrieve(number, {"expand": [MONEY]}))


def expire_session(number: str) -> Session:
    """Nobody can pay there any more. Refused for one that was paid or is expired already."""
    with speaking():
        return session_of(client().v1.checkout.sessions.expire(number, {"expand": [MONEY]}))


def session_of(found: stripe.checkout.Session) -> Session:
    plain: dict[str, Any] = found.to_dict()
    intent = plain["payment_intent"] or {}
    is_complete, is_paid = plain["status"] == "complete", plain["payment_status"] == "paid"
    return Session(
        number=plain["id"],
        url=plain["url"] or "",
        is_expired=plain["status"] == "expired",
        is_paid=is_paid,
        has_failed=is_complete and not is_paid and intent.get("status") in {"requires_payment_method", "canceled"},
        currency=plain["currency"],
        intent=intent.get("id", ""),
        arrived=intent.get("amount_received", 0),
        fee=fee_of(intent),
    )


def fee_of(intent: dict[str, Any]) -> int | None:
    """What Stripe kept, where it keeps our money in yuan."""
    moved = (intent.get("latest_charge") or {}).get("balance_transaction")
    return moved["fee"] if isinstance(moved, dict) and moved["currency"] == "cny" else None


@dataclass(frozen=True)
class Refunded:
    """Money on its way back: ``succeeded``, ``pending``, ``failed``…"""

    number: str
    status: str
    fen: int


def give_back(*, key: str, intent: str, fen: int, refund: str) -> Refunded:
    """Ask Stripe to give back a part of a payment."""
    params: Any = {"payment_intent": intent, "amount": fen, "metadata": {"refund": refund}}
    with speaking():
        made = client().v1.refunds.create(params, {"idempotency_key": key})
    return refunded_of(made)


def refund_of(*, intent: str, refund: str) -> Refunded | None:
    """A refund made long ago, when its key may be forgotten."""
    params: Any = {"payment_intent": intent, "limit": 100}
    with speaking():
        found = list(client().v1.refunds.list(params).auto_paging_iter())
    return next((refunded_of(each) for each in found if word(each, "refund") == refund), None)


def refund(number: str) -> Refunded:
    with speaking():
        found = client().v1.refunds.retrieve(number)
    return refunded_of(found)


def refunded_of(found: stripe.Refund) -> Refunded:
    return Refunded(found.id, found.status or "", found.amount)


@dataclass(frozen=True)
class Payment:
    """Money that arrived for an attempt of ours."""

    number: str
    fen: int


def payments_since(moment: int) -> list[Payment]:
    """What arrived since, of what we asked for."""
    params: Any = {"limit": 100, "created": {"gte": moment}}
    with speaking():
        found = list(client().v1.payment_intents.list(params).auto_paging_iter())
    ours = [each for each in found if each.status == "succeeded" and word(each, "attempt")]
    return [Payment(each.id, each.amount_received) for each in ours]


def payment(number: str) -> Payment | None:
    """One payment, whenever it was; None if Stripe does not know it or it did not succeed."""
    try:
        with speaking():
            found = client().v1.payment_intents.retrieve(number)
    except Refused:
        return None
    return Payment(found.id, found.amount_received) if found.status == "succeeded" else None


def refunds_since(moment: int) -> list[Refunded]:
    """What we asked to go back since."""
    params: Any = {"limit": 100, "created": {"gte": moment}}
    with speaking():
        found = list(client().v1.refunds.list(params).auto_paging_iter())
    return [refunded_of(each) for each in found if word(each, "refund")]


def refund_if_known(number: str) -> Refunded | None:
    try:
        return refund(number)
    except Refused:
        return None


def balance() -> int | None:
    """Fen that lie with Stripe; None where it keeps another currency."""
    with speaking():
        plain: dict[str, Any] = client().v1.balance.retrieve().to_dict()
    sums = [each["amount"] for part in ("available", "pending") for each in plain[part] if each["currency"] == "cny"]
    return sum(sums) if sums else None


def event_of(body: bytes, header: str, now: float | None = None) -> dict[str, Any]:
    """What Stripe tells us, if it is Stripe and it is now. Raises BadSignature.

    The library takes news from the future; we check the clock on both sides.
    """
    stamp, signatures = parts_of(header)
    if abs((time.time() if now is None else now) - stamp) > TOLERANCE_SECONDS:
        raise BadSignature("signed at another time")
    secret = settings.STRIPE_WEBHOOK_SECRET
    right = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    if not secret or not any(hmac.compare_digest(right, each) for each in signatures):
        raise BadSignature("signed by somebody else")
    try:
        event = json.loads(body)
    except ValueError as error:
        raise BadSignature("not an event") from error
    if not is_event(event):
        raise BadSignature("not an event")
    return event


def is_event(found: Any) -> bool:
    """True for something with a number, a kind, a time and a thing it is about."""
    return (
        isinstance(found, dict)
        and found.get("object") == "event"
        and isinstance(found.get("id"), str)
        and isinstance(found.get("type"), str)
        and isinstance(found.get("created"), int)
        and isinstance(found.get("data"), dict)
        and isinstance(found["data"].get("object"), dict)
    )


def parts_of(header: str) -> tuple[int, list[str]]:
    """The time and the signatures of ``t=…,v1=…``; there may be several while a secret is being changed."""
    stamps = re.findall(r"(?:^|,)\s*t=(\d{1,12})(?=,|$)", header)
    signatures = re.findall(r"(?:^|,)\s*v1=([0-9a-f]{64})(?=\s*(?:,|$))", header)
    if len(stamps) != 1 or not signatures:
        raise BadSignature("no signature")
    return int(stamps[0]), signatures
