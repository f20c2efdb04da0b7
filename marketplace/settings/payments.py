"""Ways to pay. Cash on delivery and bank transfer are always there; online providers come from ``PAYMENTS``."""

from . import environment
from .environment import PAYMENTS

STRIPE = "marketplace.payment.providers.stripe_checkout.StripeCheckout"
ONLINE_PROVIDERS = {
    "demo": "marketplace.payment.providers.demo.DemoProvider",
    "stripe-demo": STRIPE,
    "stripe": STRIPE,
}
ALWAYS = [
    "marketplace.payment.providers.cash.CashOnDelivery",
    "marketplace.payment.providers.transfer.BankTransfer",
]


def providers(names: list[str]) -> list[str]:
    """Class paths of the providers on offer, online ones first. ``offline`` stands for none; an unknown name is refused."""
    unknown = [name for name in names if name != "offline" and name not in ONLINE_PROVIDERS]
    if unknown:
        raise ValueError(f"PAYMENTS names unknown providers: {', '.join(unknown)}")
    if {"stripe", "stripe-demo"} <= set(names):
        raise ValueError("PAYMENTS names both stripe and stripe-demo")
    return [ONLINE_PROVIDERS[name] for name in names if name != "offline"] + ALWAYS


PAYMENT_PROVIDERS = providers(PAYMENTS)
STRIPE_IS_STAND_IN = "stripe-demo" in PAYMENTS
"""True where our own stand-in answers instead of Stripe: its keys are no secrets."""
STRIPE_SECRET_KEY = environment.STRIPE_SECRET_KEY or ("sk_test_stand_in" if STRIPE_IS_STAND_IN else "")
STRIPE_WEBHOOK_SECRET = environment.STRIPE_WEBHOOK_SECRET or ("whsec_stand_in" if STRIPE_IS_STAND_IN else "")
STRIPE_API_BASE = environment.STRIPE_API_BASE or ("http://127.0.0.1:8425" if STRIPE_IS_STAND_IN else "")
PAST_PROVIDERS = [STRIPE] if STRIPE_SECRET_KEY else []
"""No longer (or not yet) on offer, but purchases paid that way may be there."""
PAYMENT_HOSTS = ([STRIPE_API_BASE] if STRIPE_IS_STAND_IN else []) + (
    ["https://checkout.stripe.com", "https://connect.stripe.com"] if "stripe" in PAYMENTS else []
)
"""Where people may be sent to pay or to be paid: forms of ours may lead there."""
TRANSFER_ACCOUNT_COUNTRY = "HK"
"""Where sellers' accounts with Stripe are opened; it opens none on the mainland, whose sellers are paid by their bank."""
STRIPE_DOOR = "marketplace.settlement.doors.stripe_connect.StripeDoor"
PAYOUT_DOORS = ([STRIPE_DOOR] if STRIPE_SECRET_KEY else []) + ["marketplace.settlement.doors.bank.BankDoor"]
"""Ways to pay sellers out, the preferred one first; the first that reaches a seller is hers."""
SETTLEMENT_GUARD_DAYS = 7
"""So long after receipt a seller's share is still held: the days of the return without reason."""
SAMPLE_ACCOUNT = ["雁行示例平台", "示例银行齐齐哈尔支行", "0000 0000 0000 0000"]
if len(environment.BANK_ACCOUNT) not in (0, len(SAMPLE_ACCOUNT)):
    raise ValueError("BANK_ACCOUNT must be payee, bank and number of the account, comma separated")
BANK_ACCOUNT = dict(zip(("payee", "bank", "account"), environment.BANK_ACCOUNT or SAMPLE_ACCOUNT, strict=True))
"""Shown to buyers who pay by transfer."""
