"""Money that goes back to buyers: never more than came, and never after the wallet's time is over."""

from typing import Any

from . import shapes
from .refusals import Refusal, missing, whole
from .shapes import Resource
from .store import Store

DAY = 24 * 60 * 60
DAYS = {"alipay": 90, "wechat_pay": 180}
"""How long each wallet takes money back."""


def create(store: Store, values: dict[str, Any]) -> Resource:
    """Give back some or all of a payment."""
    charge = charge_of(store, values)
    amount = whole(values, "amount") if "amount" in values else charge["amount"] - charge["amount_refunded"]
    refuse_unless_possible(store, charge, amount)
    number = store.new_id("refund")
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    refund = shapes.refund(
        id=number,
        amount=amount,
        balance_transaction=store.move("refund", number, -amount),
        charge=charge["id"],
        created=store.now(),
        currency="cny",
        destination_details=destination(charge),
        metadata=values.get("metadata", {}),
        payment_intent=charge["payment_intent"],
        reason=values.get("reason"),
    )
    store.keep(refund)
    store.announce("charge.refunded", charge)
    store.announce("refund.updated", refund)
    return refund


def destination(charge: Resource) -> Resource:
    kind = charge["payment_method_details"]["type"]
    return {"type": kind, kind: {"type": "refund"} if kind == "card" else {}}


def charge_of(store: Store, values: dict[str, Any]) -> Resource:
    """The money a refund is asked of."""
    number = values.get("payment_intent", "")
    intent = store.get("payment_intent", number)
    if intent is None or not intent["latest_charge"]:
        raise missing("payment_intent", number)
    return store.state["objects"][intent["latest_charge"]]


def refuse_unless_possible(store: Store, charge: Resource, amount: int) -> None:
    method = charge["payment_method_details"]["type"]
    left = charge["amount"] - charge["amount_refunded"]
    if amount > left:
        code = "charge_already_refunded" if left == 0 else "parameter_invalid"
        raise Refusal(f"Refund amount {amount} is greater than what is left: {left}", code=code)
    if store.now() - charge["created"] > DAYS.get(method, 3650) * DAY:
        raise Refusal("This charge is too old to be refunded", code="charge_expired_for_refund")


def fail(store: Store, number: str) -> Resource:
    """The buyer's bank sends a refund back, days after it succeeded: the money lies here again."""
    refund = get(store, number)
    refund["status"], refund["failure_reason"] = "failed", "expired_or_canceled_card"
    refund["failure_balance_transaction"] = store.move("refund_failure", number, refund["amount"])
    charge = store.state["objects"][refund["charge"]]
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    store.announce("refund.failed", refund)
    return refund


def get(store: Store, number: str) -> Resource:
    found = store.get("refund", number)
    if found is None:
        raise missing("refund", number)
    return found
