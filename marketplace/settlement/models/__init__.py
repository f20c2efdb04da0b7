"""The nouns of money after the payment."""

from .ledger import Account, Entry, Posting

__all__ = ["Account", "Entry", "Posting"]
