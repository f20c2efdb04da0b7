"""Checkout sessions: made, paid or declined on the stand-in's own page, expired; and the money that follows."""

from typing import Any

from . import shapes
from .refusals import Refusal, missing, whole
from .shapes import Resource
from .store import Store

METHODS = ("card", "alipay", "wechat_pay")
SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60
FEE_PER_MILLE = 29


def create(store: Store, values: dict[str, Any], base: str) -> Resource:
    """A page to pay on."""
    total = total_of(values)
    methods = values.get("payment_method_types") or ["card"]
    refuse_odd_methods(methods, values)
    number = store.new_id("checkout.session")
    session = shapes.checkout_session(
        id=number,
        amount_subtotal=total,
        amount_total=total,
        cancel_url=values.get("cancel_url"),
        client_reference_id=values.get("client_reference_id"),
        created=store.now(),
        currency="cny",
        expires_at=end_of(store, values),
        locale=values.get("locale"),
        metadata=values.get("metadata", {}),
        payment_method_options=values.get("payment_method_options", {}),
        payment_method_types=methods,
        success_url=values.get("success_url"),
        url=f"{base}/c/pay/{number}",
    )
    store.state["covers"][number] = values.get("payment_intent_data", {})
    return store.keep(session)


def total_of(values: dict[str, Any]) -> int:
    """What the lines add up to; each must be in yuan."""
    lines = values.get("line_items") or []
    if values.get("mode") != "payment" or not lines:
        raise Refusal("A session in payment mode needs line_items", code="parameter_missing")
    for line in lines:
        if line.get("price_data", {}).get("currency") != "cny":
            raise Refusal("This stand-in takes cny only", code="parameter_invalid")
    return sum(whole(line["price_data"], "unit_amount") * whole(line, "quantity") for line in lines)


def refuse_odd_methods(methods: list[str], values: dict[str, Any]) -> None:
    if unknown := set(methods) - set(METHODS):
        raise Refusal(f"Unknown payment method types: {sorted(unknown)}", code="parameter_invalid")
    options = values.get("payment_method_options", {})
    if "wechat_pay" in methods and options.get("wechat_pay", {}).get("client") != "web":
        raise Refusal("payment_method_options[wechat_pay][client] must be web", code="parameter_missing")


def end_of(store: Store, values: dict[str, Any]) -> int:
    """When the page closes: half an hour to a day from now."""
    end = whole(values, "expires_at") if "expires_at" in values else store.now() + LONGEST
    if not SHORTEST <= end - store.now() <= LONGEST:
        raise Refusal("expires_at must lie 30 minutes to 24 hours ahead", code="parameter_invalid")
    return end


def get(store: Store, number: str) -> Resource:
    """The session as it stands; one whose time is over is expired by looking at it."""
    session = store.get("checkout.session", number)
    if session is None:
        raise missing("checkout.session", number)
    if session["status"] == "open" and session["expires_at"] <= store.now():
        close(store, session)
    return session


def expire(store: Store, number: str) -> Resource:
    """Nobody may pay any more. Refused for a session that is complete or expired already."""
    session = get(store, number)
    if session["status"] != "open":
        raise Refusal(f"Only open sessions can be expired; this one is {session['status']}")
    return close(store, session)


def close(store: Store, session: Resource) -> Resource:
    session["status"], session["url"] = "expired", None
    store.announce("checkout.session.expired", session)
    return session


def pay(store: Store, number: str, method: str = "card", amount: int | None = None) -> Resource:
    """The buyer pays (``amount``: a wrong sum, which a real provider does not let happen)."""
    session = still_open(store, number)
    intent = intent_of(store, session, method)
    paid = session["amount_total"] if amount is None else amount
    charge = charged(store, intent, method, paid)
    intent |= {"amount_received": paid, "latest_charge": charge["id"], "status": "succeeded"}
    session |= {"status": "complete", "payment_status": "paid", "url": None}
    store.announce("charge.succeeded", charge)
    store.announce("payment_intent.succeeded", intent)
    store.announce("checkout.session.completed", session)
    store.announce("charge.updated", charge)
    return session


def decline(store: Store, number: str, method: str = "card") -> Resource:
    """The buyer's bank says no; she may try again on the same page."""
    session = still_open(store, number)
    intent = intent_of(store, session, method)
    intent["last_payment_error"] = {"type": "card_error", "code": "card_declined", "message": "Your card was declined."}
    store.announce("payment_intent.payment_failed", intent)
    return session


def still_open(store: Store, number: str) -> Resource:
    session = get(store, number)
    if session["status"] != "open":
        raise Refusal(f"This page is {session['status']}", status=409)
    return session


def intent_of(store: Store, session: Resource, method: str) -> Resource:
    """The session's payment intent, made at the first try."""
    if session["payment_intent"]:
        return store.state["objects"][session["payment_intent"]]
    asked = store.state["covers"][session["id"]]
    number = store.new_id("payment_intent")
    intent = shapes.payment_intent(
        id=number,
        amount=session["amount_total"],
        client_secret=f"{number}_secret_{store.new_id('event')[4:]}",
        created=store.now(),
        currency="cny",
        description=asked.get("description"),
        metadata=asked.get("metadata", {}),
        payment_method_types=session["payment_method_types"],
        transfer_group=asked.get("transfer_group"),
    )
    session["payment_intent"] = store.keep(intent)["id"]
    store.announce("payment_intent.created", intent)
    return intent


def charged(store: Store, intent: Resource, method: str, paid: int) -> Resource:
    """The money arrives, less what the provider keeps."""
    number = store.new_id("charge")
    charge = shapes.charge(
        id=number,
        amount=paid,
        amount_captured=paid,
        balance_transaction=store.move("charge", number, paid, fee=round(paid * FEE_PER_MILLE / 1000)),
        created=store.now(),
        currency="cny",
        metadata=intent["metadata"],
        payment_intent=intent["id"],
        payment_method_details={"type": method},
        refunds=shapes.listed([], f"/v1/charges/{number}/refunds"),
        transfer_group=intent["transfer_group"],
    )
    return store.keep(charge)
