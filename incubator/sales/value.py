"""Value added: what a kilogram brought on the channels, beside what its raw good is worth at the field.

    net ¥ 1,200.00 for 100 kg of rice               →  12.00 a kg
    paddy ¥ 2.60 a kg, 65 kg of rice from 100 kg    →   4.00 a kg of rice
    value added                                     →   8.00 a kg, ¥ 800.00 in all, 3.0 times the raw price

Before costs of milling, packing, freight and commission: it is no income. Goods without a raw price are unknown, not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from marketplace.core.money import KG_G, to_yuan

from .figures import Sums
from .models import RawPrice

CENT, TENTH = Decimal("0.01"), Decimal("0.1")


@dataclass(frozen=True)
class Value:
    """One good. ``raw`` None: nobody noted a raw price."""

    sums: Sums
    raw: RawPrice | None

    @property
    def per_kg(self) -> Decimal | None:
        """Net yuan a kilogram; None where no weight is known."""
        return rounded(self.sums.net_fen * KG_G / Decimal(self.sums.grams) / 100) if self.sums.grams else None

    @property
    def raw_per_kg(self) -> Decimal | None:
        return rounded(self.raw.fen_per_kg / 100) if self.raw else None

    @property
    def added_fen(self) -> int | None:
        """Fen in all: net sales less the worth of the raw good in them."""
        if self.raw is None or not self.sums.grams or self.sums.weights_unknown:
            return None
        worth = self.raw.fen_per_kg * self.sums.grams / KG_G
        return self.sums.net_fen - int(worth.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def added(self) -> Decimal | None:
        return None if self.added_fen is None else to_yuan(self.added_fen)

    @property
    def added_per_kg(self) -> Decimal | None:
        if self.added_fen is None:
            return None
        return rounded(self.added_fen * KG_G / Decimal(self.sums.grams) / 100)

    @property
    def times(self) -> Decimal | None:
        """How many times the raw price it brought."""
        if self.added_fen is None or self.raw is None:
            return None
        worth = self.raw.fen_per_kg * self.sums.grams / KG_G
        return (self.sums.net_fen / worth).quantize(TENTH, ROUND_HALF_UP)


def rounded(yuan: Decimal) -> Decimal:
    return yuan.quantize(CENT, ROUND_HALF_UP)


def values(goods: Iterable[Sums], prices: Iterable[RawPrice]) -> list[Value]:
    """Every good with the latest raw price there is of it (``prices`` come in the order of their days)."""
    latest = {price.good: price for price in prices}
    return [Value(good, latest.get(good.key)) for good in goods]


def added_in_all(found: Sequence[Value]) -> tuple[int, int]:
    """Fen added by goods whose raw price is known, and how many goods are unknown."""
    known = [each.added_fen for each in found if each.added_fen is not None]
    return sum(known), len(found) - len(known)
