"""The struck-out price 划线价: only a price that was really charged, and never a flattering one.

A reduction shows the lowest price of the seven days before it began, as long as it is at most thirty days old:

    charged                         today 49.90 since 1 May     struck out
    59.90 since January                                         59.90
    59.90, on 27 April 55.00                                    55.00    the lowest of the seven days
    59.90, on 28 April 39.90                                    none     it was cheaper just before
    59.90, and today is 1 June                                  none     49.90 is the price by now
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

LOOKS_BACK = timedelta(days=7)
SHOWN_FOR = timedelta(days=30)


def struck_out(history: Iterable[tuple[datetime, Decimal]], now: datetime) -> Decimal | None:
    """The price to strike out beside today's, or None. ``history``: since when which price, the oldest first."""
    *earlier, (began, today) = list(history) or [(now, Decimal(0))]
    if not earlier or now - began > SHOWN_FOR:
        return None
    ends = [since for since, _price in earlier[1:]] + [began]
    charged = [price for (_since, price), end in zip(earlier, ends, strict=True) if end > began - LOOKS_BACK]
    lowest = min(charged)
    return lowest if lowest > today else None
