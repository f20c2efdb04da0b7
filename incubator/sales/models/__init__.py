"""Sales on every channel: accounts, what files said, and the sale facts counted from it."""

from .accounts import AccountGood, ChannelAccount
from .facts import SaleFact, SaleFactQuerySet, week_of
from .prices import RawPrice
from .sources import ImportState, SalesImport, Sighting, SourceRow
from .sums import AccountDay, GoodWeek, SumQuerySet

__all__ = [
    "AccountDay",
    "AccountGood",
    "ChannelAccount",
    "GoodWeek",
    "ImportState",
    "RawPrice",
    "SaleFact",
    "SaleFactQuerySet",
    "SalesImport",
    "Sighting",
    "SourceRow",
    "SumQuerySet",
    "week_of",
]
