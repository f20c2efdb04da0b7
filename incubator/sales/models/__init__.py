"""Sales on every channel: accounts, what files said, and the sale facts counted from it."""

from .accounts import AccountGood, ChannelAccount
from .facts import SaleFact, SaleFactQuerySet, quarter_of, week_of
from .prices import RawPrice
from .sources import ImportState, SalesImport, Sighting, SourceRow
from .sums import AccountDay, AccountWeek, GoodQuarter, GoodWeek, SumQuerySet

__all__ = [
    "AccountDay",
    "AccountWeek",
    "AccountGood",
    "ChannelAccount",
    "GoodQuarter",
    "GoodWeek",
    "ImportState",
    "RawPrice",
    "SaleFact",
    "SaleFactQuerySet",
    "SalesImport",
    "Sighting",
    "SourceRow",
    "SumQuerySet",
    "quarter_of",
    "week_of",
]
