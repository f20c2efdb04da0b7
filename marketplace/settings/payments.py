"""Ways to pay. Cash on delivery and bank transfer are always there; online providers come from ``PAYMENTS``."""

from .environment import PAYMENTS

ONLINE_PROVIDERS = {"demo": "marketplace.payment.providers.demo.DemoProvider"}
ALWAYS = [
    "marketplace.payment.providers.cash.CashOnDelivery",
    "marketplace.payment.providers.transfer.BankTransfer",
]


def providers(names: list[str]) -> list[str]:
    """Class paths of the providers on offer, online ones first. ``offline`` stands for none; an unknown name is refused."""
    unknown = [name for name in names if name != "offline" and name not in ONLINE_PROVIDERS]
    if unknown:
        raise ValueError(f"PAYMENTS names unknown providers: {', '.join(unknown)}")
    return [ONLINE_PROVIDERS[name] for name in names if name != "offline"] + ALWAYS


PAYMENT_PROVIDERS = providers(PAYMENTS)
PAYOUT_DOORS = ["marketplace.settlement.doors.bank.BankDoor"]
"""Ways to pay sellers out, the preferred one first; the first that reaches a seller is hers."""
SETTLEMENT_GUARD_DAYS = 7
"""So long after receipt a seller's share is still held: the days of the return without reason."""
BANK_ACCOUNT = {"payee": "雁行示例平台", "bank": "示例银行齐齐哈尔支行", "account": "0000 0000 0000 0000"}
"""Shown to buyers who pay by transfer; the operator sets the real one in production settings."""
