"""Sellers' accounts, money sent to them, and money called back."""

from typing import Any

from . import shapes
from .refusals import Refusal, missing, whole
from .shapes import Resource
from .store import Store

LINK_SECONDS = 300


def create_account(store: Store, values: dict[str, Any]) -> Resource:
    number = store.new_id("account")
    return store.keep(
        shapes.account(
            id=number,
            created=store.now(),
            country=values.get("country", "HK"),
            type=values.get("type", "express"),
            metadata=values.get("metadata", {}),
        )
    )


def account(store: Store, number: str) -> Resource:
    found = store.get("account", number)
    if found is None:
        raise missing("account", number)
    return found


def create_link(store: Store, values: dict[str, Any], base: str) -> Resource:
    """A page on which the seller says who she is."""
    number = account(store, values.get("account", ""))["id"]
    store.state["covers"][number] = {"return_url": values.get("return_url", "")}
    return shapes.account_link(created=store.now(), expires_at=store.now() + LINK_SECONDS, url=f"{base}/setup/{number}")


def submit_details(store: Store, number: str) -> Resource:
    """The seller filled in her page: money can be sent to her."""
    found = account(store, number)
    found |= {
        "details_submitted": True,
        "payouts_enabled": True,
        "capabilities": {"transfers": "active"},
        "requirements": shapes.requirements([]),
    }
    store.announce("account.updated", found)
    return found


def create_transfer(store: Store, values: dict[str, Any]) -> Resource:
    """Send money that lies here to a seller's account."""
    amount, to = whole(values, "amount"), account(store, values.get("destination", ""))
    if to["capabilities"].get("transfers") != "active":
        raise Refusal("The destination account cannot receive transfers yet", code="account_invalid")
    if amount > store.lying_here():
        raise Refusal("You have insufficient available funds", code="balance_insufficient")
    number = store.new_id("transfer")
    sent = shapes.transfer(
        id=number,
        amount=amount,
        balance_transaction=store.move("transfer", number, -amount),
        created=store.now(),
        currency="cny",
        destination=to["id"],
        destination_payment=f"py_{number[3:]}",
        metadata=values.get("metadata", {}),
        transfer_group=values.get("transfer_group"),
    )
    store.keep(sent)
    store.announce("transfer.created", sent)
    return sent


def transfer(store: Store, number: str) -> Resource:
    found = store.get("transfer", number)
    if found is None:
        raise missing("transfer", number)
    return found


def received(store: Store, number: str) -> int:
    """What lies on a seller's account: all that was sent, less what was called back and what she withdrew."""
    sent = sum(t["amount"] - t["amount_reversed"] for t in store.all("transfer") if t["destination"] == number)
    return sent - store.state["covers"].get(number, {}).get("withdrawn", 0)


def withdraw(store: Store, number: str, amount: int) -> None:
    """The seller's bank has so much of it now; it cannot be called back."""
    store.state["covers"].setdefault(number, {})["withdrawn"] = amount


def reverse(store: Store, number: str, values: dict[str, Any]) -> Resource:
    """Call money back, as far as the seller's account covers it."""
    sent = transfer(store, number)
    amount = whole(values, "amount")
    if amount > sent["amount"] - sent["amount_reversed"]:
        raise Refusal("Reversal amount is greater than what is left of the transfer", code="parameter_invalid")
    if amount > received(store, sent["destination"]):
        raise Refusal("The account's balance does not cover this reversal", code="balance_insufficient")
    back = shapes.transfer_reversal(
        id=(own := store.new_id("transfer_reversal")),
        amount=amount,
        balance_transaction=store.move("transfer_refund", own, amount),
        created=store.now(),
        currency="cny",
        metadata=values.get("metadata", {}),
        transfer=number,
    )
    store.keep(back)
    sent["amount_reversed"] += amount
    sent["reversed"] = sent["amount_reversed"] == sent["amount"]
    sent["reversals"]["data"].insert(0, back)
    store.announce("transfer.reversed", sent)
    return back
