"""What a buyer paid for each line of an order, and how much of it can still be given back.

A discount on the whole order is borne by its lines in proportion to their prices, to the fen. A box of ¥30.00 and a
bag of ¥10.00 with ¥5.00 off and ¥8.00 freight, paid with ¥43.00:

    box      30.00 − 3.75 = 26.25
    bag      10.00 − 1.25 =  8.75
    freight                  8.00
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from marketplace.core.money import split, to_fen, to_yuan

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Shares:
    """An amount of an order in yuan: what falls to each line (by its id), and what to freight."""

    lines: Mapping[int, Decimal]
    freight: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return sum(self.lines.values(), ZERO) + self.freight

    def __sub__(self, other: "Shares") -> "Shares":
        left = {line: amount - other.lines.get(line, ZERO) for line, amount in self.lines.items()}
        return Shares(left, self.freight - other.freight)

    def holds(self, other: "Shares") -> bool:
        """True if ``other`` asks of each line, and of freight, no more than there is here and never less than nothing."""
        return ZERO <= other.freight <= self.freight and all(
            line in self.lines and ZERO <= amount <= self.lines[line] for line, amount in other.lines.items()
        )


def paid(prices: Mapping[int, Decimal], discount: Decimal, freight: Decimal) -> Shares:
    """What each line cost the buyer when ``discount`` is taken off the lines' prices together."""
    off = split(to_fen(discount), [to_fen(price) for price in prices.values()])
    lines = {line: price - to_yuan(fen) for (line, price), fen in zip(prices.items(), off, strict=True)}
    return Shares(lines, freight)
