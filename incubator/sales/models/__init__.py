"""Sales on every channel: accounts, what files said, and the sale facts counted from it."""

from .accounts import AccountGood, ChannelAccount
from .facts import SaleFact, SaleFactQuerySet, week_of
from .sources import ImportState, SalesImport, Sighting, SourceRow

__all__ = [
    "AccountGood",
    "ChannelAccount",
    "ImportState",
    "SaleFact",
    "SaleFactQuerySet",
    "SalesImport",
    "Sighting",
    "SourceRow",
    "week_of",
]
