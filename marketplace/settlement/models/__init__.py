"""The nouns of money after the payment."""

from .bank import BankAccount
from .ledger import Account, Entry, Posting
from .payouts import (
    Adjustment,
    BankBatch,
    Payable,
    PayableState,
    Payout,
    PayoutItem,
    PayoutState,
    Recall,
    RecallState,
    Remittance,
)
from .terms import HIGHEST_PERCENT, CommissionRate, LineTerms, Scope
from .transfers import TransferAccount

__all__ = [
    "HIGHEST_PERCENT",
    "Account",
    "Adjustment",
    "BankAccount",
    "BankBatch",
    "CommissionRate",
    "Entry",
    "LineTerms",
    "Payable",
    "PayableState",
    "Payout",
    "PayoutItem",
    "PayoutState",
    "Posting",
    "Recall",
    "RecallState",
    "Remittance",
    "Scope",
    "TransferAccount",
]
