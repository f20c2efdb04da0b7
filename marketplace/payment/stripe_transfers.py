"""Stripe Connect as far as we use it: sellers' accounts, money sent to them, and money called back."""

from dataclasses import dataclass
from typing import Any

from .stripe_gateway import Refused, Unavailable, client, speaking, word

__all__ = ["Account", "CalledBack", "Refused", "Transfer", "Unavailable"]


@dataclass(frozen=True)
class Account:
    """A seller's account; ``can_receive`` once Stripe knows enough about her."""

    number: str
    can_receive: bool


@dataclass(frozen=True)
class CalledBack:
    """So many fen came back."""

    number: str
    fen: int


@dataclass(frozen=True)
class Transfer:
    """What was sent, and what of it came back."""

    number: str
    fen: int
    called_back: int


def open_account(*, key: str, country: str, seller: str) -> Account:
    """An account that Stripe looks after: its pages ask for papers, its dashboard shows the money."""
    params: Any = {
        "type": "express",
        "country": country,
        "capabilities": {"transfers": {"requested": True}},
        "metadata": {"seller": seller},
    }
    with speaking():
        return account_of(client().v1.accounts.create(params, {"idempotency_key": key}))


def account(number: str) -> Account:
    with speaking():
        return account_of(client().v1.accounts.retrieve(number))


def account_of(found) -> Account:
    plain: dict[str, Any] = found.to_dict()
    return Account(plain["id"], (plain.get("capabilities") or {}).get("transfers") == "active")


def account_page(*, number: str, return_url: str) -> str:
    """Where the seller tells Stripe who she is; good for minutes and for one visit."""
    params: Any = {
        "account": number,
        "type": "account_onboarding",
        "return_url": return_url,
        "refresh_url": return_url,
    }
    with speaking():
        return client().v1.account_links.create(params).url


def transfer(*, key: str, account: str, fen: int, group: str, item: str) -> str:
    """Send money that lies with Stripe to a seller's account; returns Stripe's number for it."""
    params: Any = {
        "amount": fen,
        "currency": "cny",
        "destination": account,
        "transfer_group": group,
        "metadata": {"item": item},
    }
    with speaking():
        return client().v1.transfers.create(params, {"idempotency_key": key}).id


def transfer_of(*, group: str, item: str) -> str:
    """Stripe's number for a transfer made long ago, when its key may be forgotten; empty if there is none."""
    params: Any = {"transfer_group": group, "limit": 100}
    with speaking():
        found = list(client().v1.transfers.list(params).auto_paging_iter())
    numbers = [each.id for each in found if word(each, "item") == item and not each.reversed]
    return numbers[0] if numbers else ""


def call_back(*, key: str, transfer: str, fen: int) -> CalledBack:
    """Call money of a transfer back; refused where her account does not cover it."""
    params: Any = {"amount": fen}
    with speaking():
        back = client().v1.transfers.reversals.create(transfer, params, {"idempotency_key": key})
    return CalledBack(back.id, back.amount)


def balance_of(account: str) -> int:
    """Fen that lie on a seller's account."""
    with speaking():
        plain: dict[str, Any] = client().v1.balance.retrieve(options={"stripe_account": account}).to_dict()
    return sum(each["amount"] for each in plain["available"] if each["currency"] == "cny")


def transfers_since(moment: int) -> list[Transfer]:
    """What was sent to sellers since, of what we sent."""
    params: Any = {"limit": 100, "created": {"gte": moment}}
    with speaking():
        found = list(client().v1.transfers.list(params).auto_paging_iter())
    return [Transfer(t.id, t.amount, t.amount_reversed) for t in found if word(t, "item")]


def transfer_if_known(number: str) -> Transfer | None:
    """One transfer, whenever it was."""
    try:
        with speaking():
            found = client().v1.transfers.retrieve(number)
    except Refused:
        return None
    return Transfer(found.id, found.amount, found.amount_reversed)
